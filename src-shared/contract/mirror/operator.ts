import { z } from 'zod';
import type { OperatorId } from '#shared/kernel/ids.ts';
import { base64Schema, idSchema, instantSchema, textSchema } from '../values.ts';

/** What a person at the till may do. */
export const operatorRoleSchema = z.enum(['seller', 'supervisor', 'technician']);

export type OperatorRole = z.infer<typeof operatorRoleSchema>;

/**
 * A PIN as scrypt output (GLI-31 5.2.2): never the PIN itself.
 *
 * `cost` is scrypt's N, `blockSize` r, `parallelism` p.
 */
export const pinCredentialSchema = z.strictObject({
  algorithm: z.literal('scrypt'),
  salt: base64Schema(16),
  hash: base64Schema(32),
  cost: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  blockSize: z.int().min(1).max(32),
  parallelism: z.int().min(1).max(4),
});

export type PinCredential = z.infer<typeof pinCredentialSchema>;

/** A person who may sign in at a till, without the credential. */
export const operatorSchema = z.strictObject({
  operatorId: idSchema<OperatorId>(),
  displayName: textSchema(60),
  /** The short number that a person can type instead of choosing a name. */
  number: z.string().regex(/^\d{1,6}$/),
  /** What the person's badge scans as; null without a badge. */
  badge: textSchema(64).nullable(),
  role: operatorRoleSchema,
  mustChangePin: z.boolean(),
  /** After this instant the credential is refused, also offline; null if it does not expire. */
  expiresAt: instantSchema.nullable(),
  isEnabled: z.boolean(),
});

export type Operator = z.infer<typeof operatorSchema>;

/** A person with the credential wrapped by the till's storage key: as it is journaled and kept. */
export const storedOperatorSchema = z.strictObject({
  ...operatorSchema.shape,
  wrappedCredential: base64Schema(),
});

export type StoredOperator = z.infer<typeof storedOperatorSchema>;
