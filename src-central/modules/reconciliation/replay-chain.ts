import { sql } from 'drizzle-orm';
import type { EntryBody } from '#shared/contract/journal/entry-body.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { rowsOf } from '../../db/rows.ts';
import { type Doubt, readEntry } from '../journal/journal-entry-facts.ts';
import { type EntryContext, judgeEntry } from '../journal/judge-entry.ts';
import { judgeAcceptedSale } from '../journal/judge-sale.ts';
import { loadEntryContext } from '../journal/load-entry-context.ts';
import { joinProjections, type Projection } from '../journal/projection.ts';
import type { ChainRow, StoredEntry } from '../journal/repository.ts';

/** What the entries of a chain that count say, worked out anew from their bytes alone. */
export interface ReplayedChain {
  readonly entryCount: number;
  readonly projection: Projection;
  /** Sales that count and cannot be projected, and entries that nobody can read: there should be none. */
  readonly faults: readonly { readonly seq: number; readonly doubt: Doubt }[];
  /** Other entries whose rules ask for what they themselves have changed since. */
  readonly notAskedAgain: readonly number[];
}

/**
 * Judges the entries of a chain that count once more, as if none of their rows were there.
 *
 * Whether they count was decided before and is not asked again.
 */
export async function replayChain(
  central: Central,
  transaction: Transaction,
  chain: ChainRow,
): Promise<ReplayedChain> {
  const entries = (await readCountedEntries(transaction, chain.id)).map((entry) => ({
    entry,
    body: readEntry(entry.body),
  }));
  const bodies = entries.flatMap(({ body }) => (body.ok ? [body.value] : []));
  const context = startOver(await loadEntryContext(central, transaction, chain, bodies));
  const projections: Projection[] = [];
  const faults: { seq: number; doubt: Doubt }[] = [];
  const notAskedAgain: number[] = [];
  for (const { entry, body } of entries) {
    const judged = body.ok ? replay(entry, body.value, context) : body;
    if (!judged.ok) {
      if (body.ok && body.value.kind !== 'sale.completed') notAskedAgain.push(entry.seq);
      else faults.push({ seq: entry.seq, doubt: judged.failure });
      continue;
    }
    const { projection, soldNumbers = [], validationNumbers = [] } = judged.value;
    for (const number of soldNumbers) context.soldNumbers.add(number);
    for (const number of validationNumbers) context.usedValidationNumbers.add(number);
    for (const { id } of projection.printJobs) context.knownPrintJobs.add(id);
    for (const { id } of projection.orders) context.knownOrders.add(id);
    projections.push(projection);
  }
  return {
    entryCount: entries.length,
    projection: joinProjections(projections),
    faults,
    notAskedAgain,
  };
}

interface ReplayContext extends EntryContext {
  readonly soldNumbers: Set<string>;
  readonly usedValidationNumbers: Set<string>;
  readonly knownPrintJobs: Set<string>;
  readonly knownOrders: Set<string>;
}

/** What is known besides this chain: an order or a print job may be of an earlier enrolment. */
function startOver(loaded: EntryContext): ReplayContext {
  const raffleEvents = [...loaded.raffleEvents].map(
    ([id, known]) => [id, { ...known, isReconciled: false }] as const,
  );
  return {
    ...loaded,
    raffleEvents: new Map(raffleEvents),
    soldNumbers: new Set(),
    usedValidationNumbers: new Set(),
    usedIds: new Set(),
    salesEnds: new Map(),
    knownPrintJobs: new Set(loaded.knownPrintJobs),
    knownOrders: new Set(loaded.knownOrders),
  };
}

function replay(entry: StoredEntry, body: EntryBody, context: ReplayContext) {
  if (body.kind === 'sale.completed') return judgeAcceptedSale(body, entry.seq, context);
  const isReprint = body.kind === 'reprint.ordered';
  return judgeEntry(entry, body, isReprint ? { ...context, knownPrintJobs: new Set() } : context);
}

/** Entries that were accepted, by the rules or by a person, or voided by one. */
function readCountedEntries(
  transaction: Transaction,
  chainId: string,
): Promise<readonly StoredEntry[]> {
  return rowsOf<StoredEntry & { readonly hash: Sha256 }>(
    transaction,
    sql`SELECT entry.seq, encode(entry.hash, 'hex') AS hash,
        encode(entry.previous_hash, 'hex') AS "previousHash", entry.body, entry.signature
      FROM journal_entries entry
      JOIN journal_verdicts verdict ON verdict.chain_id = entry.chain_id
        AND verdict.seq = entry.seq AND verdict.hash = entry.hash
      LEFT JOIN journal_quarantine resolved ON resolved.chain_id = entry.chain_id
        AND resolved.seq = entry.seq AND resolved.hash = entry.hash
      WHERE entry.chain_id = ${chainId}
        AND (verdict.outcome = 'accepted' OR resolved.is_projected)
      ORDER BY entry.seq, entry.received_at`,
  );
}
