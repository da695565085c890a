import { z } from 'zod';
import type { ChainId } from '#shared/kernel/ids.ts';
import { base64Schema, idSchema, instantSchema } from '../values.ts';
import { answerFields } from './control.ts';

/** A device asks for a nonce to sign. */
export const nonceRequestSchema = z.strictObject({ chainId: idSchema<ChainId>() });

/** One nonce, good for one assertion. */
export const nonceAnswerSchema = z.strictObject({
  nonce: z.string().min(16).max(128),
  expiresInSeconds: z.int().positive(),
  serverTime: instantSchema,
});

/** The audience of every assertion. */
export const ASSERTION_AUDIENCE = 'counterfoil-central';

/**
 * A device proves that it holds its key (RFC 7523, private_key_jwt).
 *
 * `assertion` is a JWT with `alg` EdDSA, `iss` and `sub` the chain's id, `aud` ASSERTION_AUDIENCE,
 * `nonce` from the central, `iat` and `exp` by the central's time.
 */
export const deviceTokenRequestSchema = z.strictObject({
  chainId: idSchema<ChainId>(),
  assertion: z.string().min(20).max(4_000),
  /** Random bytes that the central's proof must cover, so that both sides are authenticated. */
  challenge: base64Schema(32),
});

/** What a token is good for. A stopped device may still deliver what it has sold. */
export const tokenScopeSchema = z.enum(['full', 'upload-only']);

export type TokenScope = z.infer<typeof tokenScopeSchema>;

/** A short-lived access token, to be sent as `Authorization: Bearer …`. */
export const deviceTokenAnswerSchema = z.strictObject({
  accessToken: z.string().min(20).max(4_000),
  scope: tokenScopeSchema,
  expiresInSeconds: z.int().positive(),
  proof: base64Schema(64),
  ...answerFields,
});
