import { isDeepStrictEqual } from 'node:util';
import type { SignatureVerifier } from '#main/ports/keys.ts';
import { type ChainPlace, walkChain } from '#shared/contract/journal/chain-walk.ts';
import type { EntryBody, EntryBodyOf } from '#shared/contract/journal/entry-body.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import type { JournalRow } from '../chain-rows.ts';
import type { AnyDatabase } from '../open-database.ts';
import { createSaleReader } from './stored-sale.ts';

/** Takes the rows of a journal one after the other and compares them with what they must be. */
export interface EntryFollower {
  /** Checks the next row. Throws `IntegrityFault`, in words, at the first that is wrong. */
  next(row: JournalRow): EntryBody;
  /** Where the chain has come to. */
  place(): ChainPlace;
}

/**
 * Follows the chain from `start`: each entry continues the one before, carries a good signature where
 * its kind demands one, and, if it is a sale, has rows that say exactly the same (GLI-31 3.4.2).
 */
export function createEntryFollower(
  database: AnyDatabase,
  { isSignedBy }: SignatureVerifier,
  start: ChainPlace,
): EntryFollower {
  const walk = walkChain(start, isSignedBy);
  const readSale = createSaleReader(database);
  const { chainId } = start;

  const assertSameSale = (
    { at, operatorId, payload }: EntryBodyOf<'sale.completed'>,
    seq: number,
  ) => {
    if (!isDeepStrictEqual(readSale(seq), { at, operatorId, payload })) {
      throw new IntegrityFault(`the rows of the sale in entry ${seq} differ from the entry`);
    }
  };

  return {
    place: () => walk.place() ?? start,
    next: (row) => {
      const next = walk.next({ chainId, ...row });
      if (!next.ok) throw new IntegrityFault(`entry ${row.seq}: ${next.failure}`);
      const { reading } = next.value;
      if (!reading.ok) throw new IntegrityFault(`entry ${row.seq}: ${reading.failure}`);
      if (reading.value.kind !== row.kind) {
        throw new IntegrityFault(`entry ${row.seq} is filed as ${row.kind}`);
      }
      if (reading.value.kind === 'sale.completed') assertSameSale(reading.value, row.seq);
      return reading.value;
    },
  };
}
