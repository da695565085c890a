import type { EventFrame } from '#shared/contract/terminal/frames.ts';
import { SNAPSHOT_EVENT } from '#shared/contract/terminal/operations.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Terminal } from './terminal.ts';

/** Where one terminal stands among those that follow each other behind one screen. */
export interface Turn {
  /** 0 for the first. */
  readonly generation: number;
  /** Ends this terminal soon, and starts the one that follows it without what is left of its data. */
  startOver(): void;
}

/** More snapshots than one terminal ever makes. */
const REVISIONS_PER_TURN = 1_000_000_000_000;

/** The revision that the snapshots of a terminal follow: the screen takes none that is older. */
export function firstRevisionOf({ generation }: Turn): number {
  return generation * REVISIONS_PER_TURN;
}

/** How each terminal of a succession is started. */
export interface SuccessionParts {
  start(turn: Turn): Promise<Result<Terminal, string>>;
  /** What takes the place of a terminal that could not be started, and shows why. */
  standStill(turn: Turn, detail: string): Terminal;
}

/**
 * Starts a terminal that another one can follow while the same screen stays connected. Refuses as the
 * start of the first one does.
 */
export async function startSuccession(parts: SuccessionParts): Promise<Result<Terminal, string>> {
  const listeners = new Set<(event: EventFrame) => void>();
  const tell = (event: EventFrame): void => {
    for (const listener of listeners) listener(event);
  };
  let endingOf = 0;
  let unsubscribe = (): void => {};

  const turnOf = (generation: number): Turn => ({
    generation,
    startOver() {
      if (endingOf !== generation) return;
      endingOf += 1;
      present = present.then((ending) => replace(ending, turnOf(generation + 1)));
    },
  });
  const install = (terminal: Terminal): Terminal => {
    unsubscribe = terminal.transport.subscribe(tell);
    return terminal;
  };
  const startOrStandStill = async (turn: Turn): Promise<Terminal> => {
    try {
      const started = await parts.start(turn);
      return started.ok ? started.value : parts.standStill(turn, started.failure);
    } catch (error) {
      return parts.standStill(turn, String(error));
    }
  };
  const replace = async (ending: Terminal, turn: Turn): Promise<Terminal> => {
    unsubscribe();
    await ending.stop();
    const next = install(await startOrStandStill(turn));
    const shown = await next.transport.handle({
      kind: 'request',
      id: 0,
      operation: 'terminal.show',
      input: {},
    });
    if (shown.outcome.ok) {
      tell({ kind: 'event', name: SNAPSHOT_EVENT, payload: shown.outcome.value });
    }
    return next;
  };

  const first = await parts.start(turnOf(0));
  if (!first.ok) return first;
  let present = Promise.resolve(install(first.value));
  return ok({
    transport: {
      handle: async (frame) => (await present).transport.handle(frame),
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    stop: async () => (await present).stop(),
  });
}
