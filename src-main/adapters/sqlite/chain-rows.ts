import { and, asc, desc, eq, gt, lte, sql } from 'drizzle-orm';
import type { ChainTotals } from '#main/ports/terminal-rows.ts';
import type { ChainPlace } from '#shared/contract/journal/chain-walk.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { packEntry } from '#shared/contract/journal/sealed-entry.ts';
import { type ChainHead, genesisHash } from '#shared/domain/journal-chain.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import type { AnyDatabase } from './open-database.ts';
import { checkouts, device, journal } from './schema.ts';

/** The head before any chain is open: no entry has this as its previous hash. */
export const NO_CHAIN: ChainHead = { seq: 0, hash: '0'.repeat(64) as Sha256 };

/** One entry as a row. */
export type JournalRow = typeof journal.$inferSelect;

/** What can be read of the chain itself. */
export interface ChainRows {
  /** The last entry; `NO_CHAIN` when there is none. */
  head(): ChainHead;
  /** The enrolled chain at its head; `undefined` before enrolment. */
  place(): ChainPlace | undefined;
  /** The hash of one entry; of the genesis for 0; `undefined` beyond the head. */
  hashAt(seq: number): Sha256 | undefined;
  /** Entries after `after`, in order, at most `most` of them. */
  entriesAfter(after: number, most: number): readonly JournalEntry[];
  /** The same as rows. */
  rowsAfter(after: number, most: number): readonly JournalRow[];
  /** Whether an entry after `seq` tells of a rebuild. */
  hasRebuiltAfter(seq: number): boolean;
  /** Whether the journal tells of any start. */
  hasStarted(): boolean;
  /** What the sales add up to. */
  totals(): ChainTotals;
  /** What the sales up to `seq` add up to. */
  totalsAt(seq: number): ChainTotals;
}

/** Reads the chain of one database. */
export function createChainRows(database: AnyDatabase): ChainRows {
  const findLast = database.orm
    .select({ seq: journal.seq, hash: journal.hash })
    .from(journal)
    .orderBy(desc(journal.seq))
    .limit(1)
    .prepare();
  const findHash = database.orm
    .select({ hash: journal.hash })
    .from(journal)
    .where(eq(journal.seq, sql.placeholder('seq')))
    .prepare();
  const findAfter = database.orm
    .select()
    .from(journal)
    .where(gt(journal.seq, sql.placeholder('after')))
    .orderBy(asc(journal.seq))
    .limit(sql.placeholder('most'))
    .prepare();
  const findChain = database.orm
    .select({ chainId: device.chainId, devicePublicKey: device.devicePublicKey })
    .from(device)
    .prepare();
  const findStarted = database.orm
    .select({ seq: journal.seq })
    .from(journal)
    .where(eq(journal.kind, 'terminal.started'))
    .orderBy(asc(journal.seq))
    .limit(1)
    .prepare();
  const findRebuilt = database.orm
    .select({ seq: journal.seq })
    .from(journal)
    .where(and(eq(journal.kind, 'terminal.rebuilt'), gt(journal.seq, sql.placeholder('after'))))
    .limit(1)
    .prepare();
  const findTotals = database.orm
    .select({ orderCount: checkouts.runningOrderCount, grossMinor: checkouts.runningGrossMinor })
    .from(checkouts)
    .where(lte(checkouts.seq, sql.placeholder('seq')))
    .orderBy(desc(checkouts.seq))
    .limit(1)
    .prepare();

  const genesis = (): Sha256 | undefined => {
    const chain = findChain.get();
    return chain && genesisHash(chain.chainId, chain.devicePublicKey);
  };
  const totalsAt = (seq: number): ChainTotals =>
    findTotals.get({ seq }) ?? { orderCount: 0, grossMinor: 0 };

  const head = (): ChainHead => findLast.get() ?? NO_CHAIN;
  return {
    head,
    place: () => {
      const chain = findChain.get();
      return chain && { ...chain, head: head() };
    },
    hashAt: (seq) => (seq === 0 ? genesis() : findHash.get({ seq })?.hash),
    entriesAfter: (after, most) => {
      const chain = findChain.get();
      if (chain === undefined) return [];
      return findAfter.all({ after, most }).map((row) => entryOfRow(chain.chainId, row));
    },
    rowsAfter: (after, most) => findAfter.all({ after, most }),
    hasRebuiltAfter: (after) => findRebuilt.get({ after }) !== undefined,
    hasStarted: () => findStarted.get() !== undefined,
    totals: () => totalsAt(Number.MAX_SAFE_INTEGER),
    totalsAt,
  };
}

/** A row as the entry that is sent and kept in the second file. */
export function entryOfRow(chainId: ChainId, row: JournalRow): JournalEntry {
  return packEntry({ chainId, ...row });
}
