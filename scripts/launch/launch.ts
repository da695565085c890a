import path from 'node:path';
import { ok, type Result } from '#shared/kernel/result.ts';
import { clearLeftovers, type NotedProcess, noteProcesses } from './leftovers.ts';
import { linkLine, type ReadyLine } from './part-lines.ts';
import { type Part, type Program, startPart } from './start-part.ts';

/** How long the till's first link lives when nothing here can open it. */
const PRINTED_LINK_MINUTES = 15;

/** What to start, and whom to tell. */
export interface Launch {
  readonly dataDirectory: string;
  readonly central: (data: string) => Program;
  readonly terminal: (surroundings: TerminalSurroundings) => Program;
  /** Whether a person has to open the till's link, because nothing here can. */
  readonly printsLink: boolean;
  readonly say: (line: string) => void;
  /** Aborted when everything shall stop. */
  readonly stopping: AbortSignal;
  /** Called once, when the till runs, with what asks it for a fresh link. */
  readonly onLinkPrinter: (askForLink: () => void) => void;
}

/** What a till has to know about its place and its central. */
export interface TerminalSurroundings {
  readonly data: string;
  readonly central: string;
  /** The central's invitation for this till. */
  readonly demo: ReadyLine['demo'];
}

/**
 * Runs the central and a till until either the till ends or everything shall stop; then stops the
 * till before the central. Returns the exit code.
 *
 * A central that ends alone does not stop the till: selling on without it is what a till is for.
 */
export async function launch(wishes: Launch): Promise<number> {
  const { dataDirectory, say, stopping } = wishes;
  await clearLeftovers(dataDirectory, say);
  const parts: Part[] = [];
  const start = partStarter(wishes, parts);
  try {
    const both = await startBoth(wishes, start);
    if (both.ok) return await untilTheEnd(both.value, wishes);
    if (stopping.aborted) return 0;
    say(both.failure);
    return 1;
  } finally {
    for (const part of parts.toReversed()) await part.stop();
    noteProcesses(dataDirectory, []);
  }
}

interface Both {
  readonly central: Part;
  readonly till: Part;
}

async function untilTheEnd({ central, till }: Both, { say, stopping }: Launch): Promise<number> {
  let isSelling = true;
  void central.ended.then((code) => {
    if (isSelling) say(`The central has ended with code ${code}; the till sells on`);
  });
  const code = await Promise.race([till.ended, whenAborted(stopping).then(() => 0)]);
  isSelling = false;
  say(stopping.aborted ? 'Stopping' : 'The till has ended');
  return code;
}

type PartStarter = (program: Program) => Promise<Result<Part, string>>;

/** Starts one part after the other; `parts` has those that run, and the note on disk every process. */
function partStarter({ dataDirectory, say, stopping }: Launch, parts: Part[]): PartStarter {
  const processes: NotedProcess[] = [];
  const onLine = (value: unknown) => {
    const answer = linkLine.safeParse(value);
    if (answer.success) sayLink(say, answer.data.link, answer.data.expiresInMinutes);
  };
  const onSpawned = (processId: number) => {
    processes.push({ processId, program: dataDirectory });
    noteProcesses(dataDirectory, processes);
  };
  const listeners = { onSpawned, onLine, onWords: say };
  return async (program) => {
    const logs = path.join(dataDirectory, 'logs');
    const started = await startPart(program, logs, listeners, stopping);
    if (started.ok) parts.push(started.value);
    return started;
  };
}

async function startBoth(wishes: Launch, start: PartStarter): Promise<Result<Both, string>> {
  const { dataDirectory, say } = wishes;
  say('Starting the central and its database');
  const central = await start(wishes.central(path.join(dataDirectory, 'central')));
  if (!central.ok) return central;
  const { url, demo } = central.value.ready;
  say(`  ready at ${url}`);

  say('Starting the till');
  const data = path.join(dataDirectory, 'terminal');
  const till = await start(wishes.terminal({ data, central: url, demo }));
  if (!till.ok) return till;
  say('  ready');
  if (wishes.printsLink) {
    sayLink(say, till.value.ready.url, PRINTED_LINK_MINUTES);
    wishes.onLinkPrinter(() => till.value.send('link'));
  } else {
    say('The till opens in its own window. Ctrl-C stops everything.');
  }
  return ok({ central: central.value, till: till.value });
}

function sayLink(say: Launch['say'], link: string, minutes: number): void {
  say(`\nOpen this link on this computer within ${minutes} minutes:\n  ${link}`);
  say('Enter prints a fresh one, Ctrl-C stops everything.');
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
