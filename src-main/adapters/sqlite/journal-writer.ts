import type { DeviceKey } from '#main/ports/keys.ts';
import {
  type EntryBody,
  LARGEST_ENTRY_BYTES,
  readEntryBody,
} from '#shared/contract/journal/entry-body.ts';
import { ENTRY_KINDS } from '#shared/contract/journal/entry-kinds.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { type ChainHead, entryHash } from '#shared/domain/journal-chain.ts';
import { fromHex, utf8 } from '#shared/kernel/bytes.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { createApplyEntry } from './apply-entry.ts';
import { entryOfRow, type JournalRow } from './chain-rows.ts';
import type { WritableDatabase } from './open-database.ts';
import { prepareInsert } from './prepare-insert.ts';
import { journal } from './schema.ts';

/** The chain that is being written, and the key that signs it. */
export interface OpenChain {
  readonly chainId: ChainId;
  readonly key: DeviceKey;
}

/** Writes entries and the rows that follow from them. Only inside a transaction. */
export interface JournalWriter {
  /** Freezes a new fact after `head`. Throws if it is too large or does not fit its kind. */
  freeze(chain: OpenChain, head: ChainHead, body: EntryBody): JournalEntry;
  /** Keeps an entry that was frozen before, here or in another copy, and applies it. */
  keep(row: JournalRow, body: EntryBody): void;
}

/** Makes the writer of one database. */
export function createJournalWriter(database: WritableDatabase): JournalWriter {
  const insertEntry = prepareInsert(database, journal);
  const applyEntry = createApplyEntry(database);

  const keep = (row: JournalRow, body: EntryBody): void => {
    insertEntry(row);
    applyEntry(body, row.seq);
  };

  return {
    keep,
    freeze: (chain, head, fact) => {
      const frozen = utf8(JSON.stringify(fact));
      invariant(
        frozen.length <= LARGEST_ENTRY_BYTES,
        `${fact.kind} of ${frozen.length} bytes is larger than an entry may be`,
      );
      // What is applied is what was frozen, so that a rebuild from the bytes gives the same rows.
      const read = readEntryBody(frozen);
      invariant(read.ok, `${fact.kind} does not fit its kind: ${read.ok ? '' : read.failure}`);
      const row = sealRow(chain, head, fact.kind, frozen);
      keep(row, read.value);
      return entryOfRow(chain.chainId, row);
    },
  };
}

function sealRow(
  { chainId, key }: OpenChain,
  head: ChainHead,
  kind: EntryBody['kind'],
  body: Uint8Array,
): JournalRow {
  const seq = head.seq + 1;
  const previousHash = head.hash;
  const hash = entryHash({ chainId, seq, previousHash, body });
  const signature = ENTRY_KINDS[kind].isSigned ? key.sign(fromHex(hash)) : null;
  return { seq, kind, body, previousHash, hash, signature };
}
