import { createListeners } from '#renderer/transport/listeners.ts';
import type { TerminalClient } from '#renderer/transport/terminal-client.ts';
import type { LinkState } from '#renderer/transport/terminal-link.ts';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';

/** A request that waits for the test to answer it. */
export interface PendingRequest {
  readonly operation: string;
  readonly input: unknown;
  /** Answers, and lets the screen act on it. */
  answer(outcome: unknown): Promise<void>;
}

/** A terminal under the test's hand: every request waits in `pending` until it is answered. */
export interface ScriptedTerminal {
  readonly client: TerminalClient;
  readonly pending: PendingRequest[];
  /** Takes the oldest request out of `pending`, once the screen has come to rest. */
  next(): Promise<PendingRequest>;
  show(snapshot: Snapshot): void;
  setLink(state: LinkState): void;
}

/** A connected terminal that has said nothing yet. */
export function createScriptedTerminal(): ScriptedTerminal {
  const pending: PendingRequest[] = [];
  const snapshots = createListeners<Snapshot>();
  const links = createListeners<LinkState>();
  const request = (operation: string, input: unknown) =>
    new Promise((resolve) => {
      pending.push({
        operation,
        input,
        async answer(outcome) {
          resolve(outcome);
          await settle();
        },
      });
    });
  return {
    client: {
      request: request as TerminalClient['request'],
      onSnapshot: snapshots.add,
      linkState: () => 'connected',
      onLinkStateChanged: links.add,
      start: () => undefined,
    },
    pending,
    async next() {
      await settle();
      const first = pending.shift();
      if (first === undefined) throw new Error('the screen has asked nothing');
      return first;
    },
    show: snapshots.tell,
    setLink: links.tell,
  };
}

/** Lets everything run that is not waiting for an answer. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
