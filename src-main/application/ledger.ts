import type { Failure } from '#shared/contract/failures.ts';
import type { EntryBody } from '#shared/contract/journal/entry-body.ts';
import {
  ENTRY_KINDS,
  type EntryKind,
  type EntryPayload,
} from '#shared/contract/journal/entry-kinds.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import type { BootId, OperatorId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { MachineVault } from '../ports/keys.ts';
import type { SecondJournal } from '../ports/second-journal.ts';
import type { SyncLink } from '../ports/sync-link.ts';
import type { TerminalNotes } from '../ports/terminal-notes.ts';
import type { TerminalRows } from '../ports/terminal-rows.ts';
import type { Transaction, UnitOfWork } from '../ports/unit-of-work.ts';
import type { TrustedTime } from './clock/trusted-time.ts';
import { significantEvent } from './significant-event.ts';

/** What work inside one commit may do. */
export interface Commit {
  /** Trusted time of this commit: the one that every check in it uses and its entries carry. */
  readonly at: Instant;
  /** The rows as this commit sees them, its own entries applied. */
  readonly rows: TerminalRows;
  readonly notes: TerminalNotes;
  /** Freezes a fact as the next entry of the chain. */
  record<Kind extends EntryKind>(kind: Kind, payload: EntryPayload<Kind>): JournalEntry;
}

/** The one way to change what the till keeps. */
export interface Ledger {
  /**
   * Runs `work` in one transaction and waits until its entries are in the second journal file, or
   * until that file is known to have failed. Only then may anything leave: a reply, a print byte,
   * an upload.
   *
   * `actor` is who was signed in; null for what the till does by itself. Refuses with
   * `terminal.not-enrolled` or `terminal.comparing-heads` while nothing may be appended, with
   * `disk.full`, and with whatever `work` refuses; each leaves nothing behind.
   */
  commit<Value>(
    actor: OperatorId | null,
    work: (commit: Commit) => Result<Value, Failure>,
  ): Promise<Result<Value, Failure>>;
  /**
   * Records the enrolment: the first entry of a chain, and the only one that is taken before there
   * is a device. Refuses with `disk.full`.
   */
  recordEnrolment(payload: EntryPayload<'terminal.enrolled'>): Promise<Result<unknown, Failure>>;
  /** Records one fact that the till noticed by itself; does nothing while nothing may be appended. */
  recordByItself<Kind extends EntryKind>(kind: Kind, payload: EntryPayload<Kind>): Promise<void>;
  /** Resolves when everything committed so far may be told. */
  settled(): Promise<void>;
  /** The second journal file did not take the last entries. */
  hasSecondCopyFailed(): boolean;
  /**
   * Tries a failed second journal file once more. To be called now and then: where nothing is sold
   * without that file, there may be no next entry to try it with.
   */
  retrySecondCopy(): void;
}

/** What a ledger works with. */
export interface LedgerDependencies {
  readonly unitOfWork: UnitOfWork;
  readonly secondJournal: SecondJournal;
  readonly vault: Pick<MachineVault, 'noteHead'>;
  readonly sync: Pick<SyncLink, 'wake'>;
  readonly clock: Pick<Clock, 'wall'>;
  readonly time: Pick<TrustedTime, 'now' | 'offsetMs'>;
  readonly bootId: BootId;
  /** Why nothing may be appended: no chain, or its latest entries may still be at the central only. */
  appendRefusal(): Failure | undefined;
  /** Called after every commit. */
  onChanged(): void;
  /** Called when something throws after a commit: too late to tell any caller. */
  onFault(error: unknown): void;
}

/** Makes the ledger of one run. */
export function createLedger(dependencies: LedgerDependencies): Ledger {
  const { unitOfWork, secondJournal, sync, vault } = dependencies;
  let hasFailed = false;
  let lastFlush: Promise<void> = Promise.resolve();
  let lastEntries: readonly JournalEntry[] = [];

  unitOfWork.onCommitted((entries) => {
    lastEntries = entries;
    const flush = flushEntries(entries);
    lastFlush = Promise.all([lastFlush, flush]).then(() => undefined);
  });

  async function flushEntries(entries: readonly JournalEntry[]): Promise<void> {
    const last = entries.at(-1);
    invariant(last !== undefined, 'a commit without entries has nothing to flush');
    const told = secondJournal.append(entries).then((isFlushed) => {
      noteSecondCopy(isFlushed);
      if (isFlushed) vault.noteHead(last.chainId, { seq: last.seq, hash: last.hash });
      sync.wake(last.seq);
    });
    // What goes wrong here may not undo what is committed: no caller hears of it.
    const safelyTold = told.catch(dependencies.onFault);
    // A path that is known to have failed is tried, but nobody waits for it again.
    if (!hasFailed) await safelyTold;
  }

  function noteSecondCopy(isFlushed: boolean): void {
    if (isFlushed !== hasFailed || dependencies.appendRefusal() !== undefined) return;
    hasFailed = !isFlushed;
    const code = hasFailed ? 'second-journal.failed' : 'second-journal.recovered';
    unitOfWork.run((transaction) => {
      const { record } = commitOf(dependencies, transaction, null);
      record('significant-event.noted', significantEvent(code, { path: secondJournal.path }));
      return ok(undefined);
    });
    dependencies.onChanged();
  }

  async function commit<Value>(
    actor: OperatorId | null,
    work: (commit: Commit) => Result<Value, Failure>,
  ): Promise<Result<Value, Failure>> {
    const refusal = dependencies.appendRefusal();
    return refusal === undefined ? write(actor, work) : refuse(refusal);
  }

  async function write<Value>(
    actor: OperatorId | null,
    work: (commit: Commit) => Result<Value, Failure>,
  ): Promise<Result<Value, Failure>> {
    const result = unitOfWork.run((transaction) =>
      work(commitOf(dependencies, transaction, actor)),
    );
    if (!result.ok) return result;
    await lastFlush;
    dependencies.onChanged();
    return result;
  }

  return {
    commit,
    recordEnrolment: (payload) =>
      write(null, ({ record }) => ok(record('terminal.enrolled', payload))),
    async recordByItself(kind, payload) {
      await commit(null, ({ record }) => ok(record(kind, payload)));
    },
    settled: () => lastFlush,
    hasSecondCopyFailed: () => hasFailed,
    retrySecondCopy() {
      if (hasFailed) void flushEntries(lastEntries);
    },
  };
}

function commitOf(
  { clock, time, bootId }: LedgerDependencies,
  transaction: Transaction,
  operatorId: OperatorId | null,
): Commit {
  const circumstances = {
    at: time.now(),
    wall: clock.wall(),
    offsetMs: time.offsetMs(),
    bootId,
    operatorId,
  };
  return {
    at: circumstances.at,
    rows: transaction.rows,
    notes: transaction.notes,
    record(kind, payload) {
      const version = ENTRY_KINDS[kind].version;
      return transaction.append({ kind, version, payload, ...circumstances } as EntryBody);
    },
  };
}
