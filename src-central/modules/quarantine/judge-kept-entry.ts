import type { Result } from '#shared/kernel/result.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import type { Doubt } from '../journal/journal-entry-facts.ts';
import { type JudgedEntry, judgeEntry } from '../journal/judge-entry.ts';
import { judgeAcceptedSale } from '../journal/judge-sale.ts';
import { loadEntryContext } from '../journal/load-entry-context.ts';
import type { ChainRow } from '../journal/repository.ts';
import type { KeptEntry } from './repository.ts';

/**
 * Whether a kept entry can count if a person wants it to, and which rows it then adds.
 *
 * Refuses what no person can decide: bytes that say nothing, numbers that are not this till's or are
 * sold already, and everything about a raffle event that is reconciled.
 */
export async function judgeKeptEntry(
  central: Central,
  transaction: Transaction,
  chain: ChainRow,
  { entry, reading }: KeptEntry,
): Promise<Result<JudgedEntry, Doubt>> {
  if (!reading.ok) return reading;
  const context = await loadEntryContext(central, transaction, chain, [reading.value]);
  return reading.value.kind === 'sale.completed'
    ? judgeAcceptedSale(reading.value, entry.seq, context)
    : judgeEntry(entry, reading.value, context);
}
