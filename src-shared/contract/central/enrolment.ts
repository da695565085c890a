import { z } from 'zod';
import type { ChainId, OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import { softwareSchema } from '../journal/terminal-entries.ts';
import { base64Schema, idSchema, instantSchema, sha256Schema, textSchema } from '../values.ts';

/** The central's own key. Its fingerprint is what a person compares when enrolling a till. */
export const identityAnswerSchema = z.strictObject({
  publicKey: base64Schema(32),
  serverTime: instantSchema,
});

/** A till asks to become the RSU that the code was issued for. */
export const enrolmentRequestSchema = z.strictObject({
  /** As typed: letters, digits and dashes. */
  code: z.string().min(6).max(40),
  chainId: idSchema<ChainId>(),
  devicePublicKey: base64Schema(32),
  machineFingerprint: sha256Schema,
  software: softwareSchema,
  /** Random bytes that the central's proof must cover. */
  challenge: base64Schema(32),
});

export type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>;

/** The same code and key again get the same answer. */
export const enrolmentAnswerSchema = z.strictObject({
  rsuId: idSchema<RsuId>(),
  rsuName: textSchema(30),
  organisationId: idSchema<OrganisationId>(),
  organisationName: textSchema(80),
  serverTime: instantSchema,
  epoch: z.int().positive(),
  /** The central's signature: see `centralProofBytes`. */
  proof: base64Schema(64),
});

export type EnrolmentAnswer = z.infer<typeof enrolmentAnswerSchema>;
