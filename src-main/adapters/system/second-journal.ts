import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { SecondJournal, SecondJournalState } from '#main/ports/second-journal.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { journalLine } from './journal-line.ts';
import { createWriterThread } from './writer-thread.ts';

/** A sale waits no longer than this for its second copy. */
const LONGEST_WAIT_MS = 2_000;

/** Entries that are read and sent at once while the file catches up. */
const ENTRIES_AT_ONCE = 500;

/** Where the entries come from that a file has missed. */
export interface JournalSource {
  hashAt(seq: number): string | undefined;
  entriesAfter(after: number, most: number): readonly JournalEntry[];
}

/** What a second journal is made from. */
export interface SecondJournalOptions {
  readonly directory: string;
  /** The chain it continues; without one, that of the first entry it is given. */
  readonly chainId: ChainId | undefined;
  /** Holds the database: the second copy should lie on another disk. */
  readonly dataDirectory: string;
  readonly source: JournalSource;
  /** The program of the writer thread: `journal-writer-worker`. */
  readonly writerScript: URL;
}

/** Where a chain's second journal file lies. */
export function secondJournalPath(directory: string, chainId: ChainId): string {
  return join(directory, `journal-${chainId}.ndjson`);
}

/** The append-only file, written by a thread of its own. */
export function createSecondJournal(options: SecondJournalOptions): SecondJournal {
  const { directory, source } = options;
  const isSameDisk = liesOnSameDisk(options);
  const writer = createWriterThread(options.writerScript);
  const waiters = new Set<Waiter>();
  let chainId = options.chainId;
  let failure: string | undefined;
  /** The last entry given to the writer since the file was opened; `undefined` while it is closed. */
  let sentSeq: number | undefined;
  /** The last entry that this run saw flushed; `undefined` before the first. */
  let flushedSeq: number | undefined;
  let wantedSeq = 0;
  let isCatchingUp = false;

  const path = () => (chainId === undefined ? directory : secondJournalPath(directory, chainId));

  function settle(waiter: Waiter, isFlushed: boolean): void {
    clearTimeout(waiter.timer);
    waiters.delete(waiter);
    waiter.resolve(isFlushed);
  }

  function fail(cause: string): void {
    failure = cause;
    for (const waiter of [...waiters]) settle(waiter, false);
  }

  /** After an error nobody knows what the file holds: it has to be opened again. */
  function lose(cause: string): void {
    sentSeq = undefined;
    fail(cause);
  }

  function markFlushed(through: number): void {
    failure = undefined;
    flushedSeq = through;
    for (const waiter of [...waiters]) if (waiter.seq <= through) settle(waiter, true);
  }

  /** Answers with why the writer could not; `undefined` once the entries are flushed. */
  async function send(
    entries: readonly JournalEntry[],
    through: number,
  ): Promise<string | undefined> {
    sentSeq = through;
    const lines = entries.map(journalLine).join('');
    const answer = await writer.ask({ kind: 'append', lines });
    if (answer.kind === 'failed') return answer.cause;
    markFlushed(through);
    return undefined;
  }

  /** Opens the file and sends what it lacks, until it has all that was asked for. */
  async function catchUp(): Promise<void> {
    const opened = await writer.ask({ kind: 'open', path: path() });
    if (opened.kind !== 'opened')
      return lose(opened.kind === 'failed' ? opened.cause : 'no answer');
    if (!isAncestor(opened.last, source)) return lose('the file belongs to another journal');
    // What a failed flush left may be lost with the next power cut: it is written once more.
    sentSeq = Math.min(opened.last?.seq ?? 0, flushedSeq ?? Number.POSITIVE_INFINITY);
    markFlushed(sentSeq);
    while (sentSeq !== undefined && sentSeq < wantedSeq) {
      const entries = source.entriesAfter(sentSeq, ENTRIES_AT_ONCE);
      const last = entries.at(-1);
      if (last === undefined) return lose('the database lacks entries that should be written');
      const cause = await send(entries, last.seq);
      if (cause !== undefined) return lose(cause);
    }
  }

  async function startCatchUp(): Promise<void> {
    if (isCatchingUp) return;
    isCatchingUp = true;
    try {
      await catchUp();
    } catch (error) {
      lose(String(error));
    }
    isCatchingUp = false;
    // Whoever came after the failure that ended it was told nothing yet.
    if (waiters.size > 0) void startCatchUp();
  }

  async function write(entries: readonly JournalEntry[], first: number, last: number) {
    const canGoOn = !isCatchingUp && failure === undefined && sentSeq === first - 1;
    if (canGoOn && (await send(entries, last)) === undefined) return;
    await startCatchUp();
  }

  return {
    get path() {
      return path();
    },
    state: (): SecondJournalState => {
      if (failure !== undefined) return { kind: 'failed', cause: failure };
      return isSameDisk ? { kind: 'same-disk' } : { kind: 'flushed' };
    },
    append: (entries) => {
      const [first, last] = [entries[0], entries.at(-1)];
      if (first === undefined || last === undefined) return Promise.resolve(true);
      chainId ??= first.chainId;
      wantedSeq = Math.max(wantedSeq, last.seq);
      return new Promise((resolve) => {
        const timer = setTimeout(() => fail('no answer within 2 seconds'), LONGEST_WAIT_MS);
        waiters.add({ seq: last.seq, resolve, timer });
        void write(entries, first.seq, last.seq);
      });
    },
    close: () => writer.close(LONGEST_WAIT_MS),
  };
}

interface Waiter {
  readonly seq: number;
  readonly resolve: (isFlushed: boolean) => void;
  readonly timer: NodeJS.Timeout;
}

/** Whether the database continues from what the file ends with. */
function isAncestor(last: ChainHead | undefined, source: JournalSource): boolean {
  return last === undefined || source.hashAt(last.seq) === last.hash;
}

/** A folder that is gone is on no disk; appending to it fails and says so. */
function liesOnSameDisk({ directory, dataDirectory }: SecondJournalOptions): boolean {
  const folder = statSync(directory, { throwIfNoEntry: false });
  return folder?.dev === statSync(dataDirectory).dev;
}
