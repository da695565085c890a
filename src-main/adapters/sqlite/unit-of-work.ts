import type { SignatureVerifier } from '#main/ports/keys.ts';
import type { UnitOfWork } from '#main/ports/unit-of-work.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { type ChainHead, genesisHash } from '#shared/domain/journal-chain.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { NO_CHAIN } from './chain-rows.ts';
import { createJournalWriter, type OpenChain } from './journal-writer.ts';
import type { WritableDatabase } from './open-database.ts';
import { adoptEntries } from './replay-entries.ts';
import { guardReads, isDiskFull, withDamageAsFault } from './sqlite-errors.ts';
import { createTerminalNotes } from './terminal-notes.ts';
import { createTerminalRows } from './terminal-rows.ts';

/** Carries a refusal out of SQLite's transaction, which only a throw rolls back. */
class RolledBack extends Error {
  readonly failure: Failure;

  constructor(refused: Failure) {
    super(refused.code);
    this.failure = refused;
  }
}

/** The one writer of the terminal's database, over its one writable connection. */
export function createUnitOfWork(
  database: WritableDatabase,
  verifier: SignatureVerifier,
): UnitOfWork {
  const writer = createJournalWriter(database);
  const notes = guardReads(createTerminalNotes(database));
  const listeners = new Set<(entries: readonly JournalEntry[]) => void>();
  let chain: OpenChain | undefined;

  const emptyHead = (): ChainHead =>
    chain === undefined
      ? NO_CHAIN
      : { seq: 0, hash: genesisHash(chain.chainId, chain.key.publicKey) };
  const { rows: unguarded, forget } = createTerminalRows(database, emptyHead);
  const rows = guardReads(unguarded);

  /** Runs `work` in a transaction of its own; whatever it throws rolls everything back. */
  const transact = <Value>(work: () => Value): Value => {
    try {
      return withDamageAsFault(() => database.client.transaction(work).immediate());
    } catch (error) {
      forget();
      throw error;
    }
  };
  const announce = (entries: readonly JournalEntry[]): void => {
    if (entries.length === 0) return;
    for (const listener of listeners) listener(entries);
  };

  return {
    rows,
    notes,
    run: (work) => {
      const appended: JournalEntry[] = [];
      const append = (body: Parameters<typeof writer.freeze>[2]): JournalEntry => {
        invariant(chain !== undefined, 'no chain is open');
        const entry = writer.freeze(chain, rows.head(), body);
        appended.push(entry);
        return entry;
      };
      const result = refusing(() =>
        transact(() => {
          const outcome = work({ rows, notes, append });
          if (!outcome.ok) throw new RolledBack(outcome.failure);
          return outcome;
        }),
      );
      if (result.ok) announce(appended);
      return result;
    },
    adopt: (entries) => {
      const result = refusing(() =>
        transact(() => {
          adoptEntries(database, writer, verifier, entries);
          return ok(undefined);
        }),
      );
      if (result.ok) announce(entries);
      return result;
    },
    onCommitted: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    note: (work) => transact(() => work(notes)),
    openChain: (chainId, key) => {
      chain = { chainId, key };
    },
  };
}

/** Turns the throws that mean a refusal into one. */
function refusing<Value>(transact: () => Result<Value, Failure>): Result<Value, Failure> {
  try {
    return transact();
  } catch (error) {
    if (error instanceof RolledBack) return refuse(error.failure);
    if (isDiskFull(error)) return refuse(failure('disk.full'));
    throw error;
  }
}
