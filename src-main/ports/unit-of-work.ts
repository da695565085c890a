import type { Failure } from '#shared/contract/failures.ts';
import type { EntryBody } from '#shared/contract/journal/entry-body.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { DeviceKey } from './keys.ts';
import type { TerminalNotes, TerminalNotesView } from './terminal-notes.ts';
import type { TerminalRows } from './terminal-rows.ts';

/** What work inside one transaction may do. */
export interface Transaction {
  /** The rows as this transaction sees them, its own entries applied. */
  readonly rows: TerminalRows;
  /** What is kept beside the journal. */
  readonly notes: TerminalNotes;
  /**
   * Freezes a fact as the next entry of the chain and applies it to the rows.
   *
   * The only way to change a row. Throws if no chain is open or the body is too large.
   */
  append(body: EntryBody): JournalEntry;
}

/** The one writer of the terminal's database. */
export interface UnitOfWork {
  /**
   * Runs `work` in one IMMEDIATE transaction. A refusal or a throw rolls everything back.
   *
   * Committed is not yet safe to tell: the second file comes first (`Ledger`). Refuses with
   * `disk.full` when the disk is, and throws `IntegrityFault` on a damaged database.
   */
  run<Value>(work: (transaction: Transaction) => Result<Value, Failure>): Result<Value, Failure>;
  /**
   * Takes back entries of the open chain that were made earlier and lost here, in order after the
   * head, all or none. Refuses with `disk.full` when the disk is. Throws `IntegrityFault` if they do
   * not continue the chain.
   */
  adopt(entries: readonly JournalEntry[]): Result<undefined, Failure>;
  /**
   * Calls `listener` after each commit with the entries it appended, in order, before `run` or
   * `adopt` returns; not at all for a commit without entries. Until the returned function is called.
   *
   * This is how the ledger learns what the second file must have before anything leaves.
   */
  onCommitted(listener: (entries: readonly JournalEntry[]) => void): () => void;
  /** Reads outside a transaction. */
  readonly rows: TerminalRows;
  /** Reads notes outside a transaction. */
  readonly notes: TerminalNotesView;
  /** Writes notes outside a sale, in a transaction of their own. */
  note(work: (notes: TerminalNotes) => void): void;
  /** The chain that `append` continues: set once at enrolment or start. */
  openChain(chainId: ChainId, key: DeviceKey): void;
}
