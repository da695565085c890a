import { z } from 'zod';
import type { ChainId } from '#shared/kernel/ids.ts';
import { base64Schema, idSchema, sha256Schema } from '../values.ts';

/**
 * One entry of a chain, as it is stored in the second journal file, sent and rescued: the frozen
 * bytes and what proves their place. Identified by `(chainId, seq, hash)`.
 */
export const journalEntrySchema = z.strictObject({
  chainId: idSchema<ChainId>(),
  /** From 1, without gaps. */
  seq: z.int().positive(),
  /** The hash of the entry before; of the chain's genesis for the first. */
  previousHash: sha256Schema,
  hash: sha256Schema,
  /** The frozen JSON bytes. */
  body: base64Schema(),
  /** Ed25519 over the 32 bytes of `hash`; null for kinds that are not signed. */
  signature: base64Schema(64).nullable(),
});

export type JournalEntry = z.infer<typeof journalEntrySchema>;
