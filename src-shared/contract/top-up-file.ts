import { z } from 'zod';
import { topUpSignedBytes } from '#shared/domain/top-up-proof.ts';
import { fromBase64 } from '#shared/kernel/bytes.ts';
import type { ChainId, RequestId, RsuId } from '#shared/kernel/ids.ts';
import { epochOf, type Instant } from '#shared/kernel/instant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { allocationSchema, validationBlockSchema } from './mirror/numbers.ts';
import { base64Schema, idSchema, instantSchema } from './values.ts';

/** Numbers for one enrolment of one till, which cannot reach the central now. */
export const topUpContentSchema = z.strictObject({
  fileId: idSchema<RequestId>(),
  rsuId: idSchema<RsuId>(),
  chainId: idSchema<ChainId>(),
  issuedAt: instantSchema,
  /** No till takes it from then on. What was taken before stays good. */
  expiresAt: instantSchema,
  allocations: z.array(allocationSchema),
  validationBlocks: z.array(validationBlockSchema),
});

export type TopUpContent = z.infer<typeof topUpContentSchema>;

/** The file: the content as the very bytes that were signed, and the central's signature. */
export const topUpFileSchema = z
  .strictObject({
    format: z.literal('counterfoil.top-up.1'),
    content: base64Schema(),
    signature: base64Schema(64),
  })
  .meta({ id: 'TopUpFile' });

export type TopUpFile = z.infer<typeof topUpFileSchema>;

/** Why a till does not take a top-up file. */
export type TopUpRefusal = 'unreadable' | 'not-signed-by-central' | 'for-another-till' | 'expired';

/** The largest file that is read: a random allocation of 20,000 numbers is far smaller. */
const LARGEST_FILE_CHARACTERS = 1_000_000;

/**
 * What a top-up file holds for the till whose journal is `chainId`. `isSigned` says whether the
 * central's identity key made a signature.
 *
 * Refuses what is no such file, what this central did not sign, what is for another till or another
 * enrolment of the same, and what has expired at `now`.
 */
export function openTopUpFile(
  text: string,
  reader: {
    readonly chainId: ChainId;
    readonly now: Instant;
    readonly isSigned: (bytes: Uint8Array, signature: Uint8Array) => boolean;
  },
): Result<TopUpContent, TopUpRefusal> {
  const file = topUpFileSchema.safeParse(parseJson(text)).data;
  const bytes = fromBase64(file?.content ?? '');
  const signature = fromBase64(file?.signature ?? '');
  if (file === undefined || bytes === undefined || signature === undefined) {
    return refuse('unreadable');
  }
  if (!reader.isSigned(topUpSignedBytes(bytes), signature)) return refuse('not-signed-by-central');
  const content = topUpContentSchema.safeParse(parseJson(new TextDecoder().decode(bytes))).data;
  if (content === undefined) return refuse('unreadable');
  if (content.chainId !== reader.chainId) return refuse('for-another-till');
  return epochOf(content.expiresAt) <= epochOf(reader.now) ? refuse('expired') : ok(content);
}

function parseJson(text: string): unknown {
  if (text.length > LARGEST_FILE_CHARACTERS) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
