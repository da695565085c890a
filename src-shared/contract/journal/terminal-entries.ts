import { z } from 'zod';
import type {
  BootId,
  ChainId,
  OperatorId,
  OrganisationId,
  RaffleEventId,
  RsuId,
} from '#shared/kernel/ids.ts';
import {
  base64Schema,
  idSchema,
  instantSchema,
  jsonValueSchema,
  sha256Schema,
  textSchema,
} from '../values.ts';

/** Which program is running, and the checksum over its files (GLI-31 3.5.1). */
export const softwareSchema = z.strictObject({
  version: textSchema(40),
  checksum: sha256Schema,
});

export type Software = z.infer<typeof softwareSchema>;

/** The first entry of every chain: this till belongs to this RSU from now on. */
export const terminalEnrolledSchema = z.strictObject({
  chainId: idSchema<ChainId>(),
  rsuId: idSchema<RsuId>(),
  rsuName: textSchema(30),
  organisationId: idSchema<OrganisationId>(),
  devicePublicKey: base64Schema(32),
  machineFingerprint: sha256Schema,
  centralUrl: textSchema(300),
  centralPublicKey: base64Schema(32),
  software: softwareSchema,
});

/** The program started and checked what it keeps. */
export const terminalStartedSchema = z.strictObject({
  bootId: idSchema<BootId>(),
  software: softwareSchema,
  configurationHash: sha256Schema,
  /** The last run did not stop in order: power cut, crash or kill. */
  wasUnclean: z.boolean(),
  /** What the comprehensive check of critical memory looked at (GLI-31 3.4.3). */
  memoryCheck: z.strictObject({
    durationMs: z.number().nonnegative(),
    checks: z.array(
      z.strictObject({ name: textSchema(60), isPassed: z.boolean(), detail: textSchema(400) }),
    ),
  }),
});

/** The program is about to stop in order. */
export const terminalStoppedSchema = z.strictObject({});

/** The database was rebuilt from a copy of the journal. */
export const terminalRebuiltSchema = z.strictObject({
  source: z.enum(['second-file', 'central']),
  recoveredThroughSeq: z.int().nonnegative(),
  reason: textSchema(200),
});

/** A technician accepted a configuration file that had changed since the last start. */
export const configurationApprovedSchema = z.strictObject({
  operatorId: idSchema<OperatorId>(),
  configurationHash: sha256Schema,
});

/** Why the clock may not be trusted. */
export const clockDoubtSchema = z.enum([
  'behind-watermark',
  'too-far-ahead',
  'disagrees-with-wall',
  'not-confirmed',
]);

export type ClockDoubt = z.infer<typeof clockDoubtSchema>;

/** Selling stopped because the clock may be wrong. */
export const clockDoubtedSchema = z.strictObject({
  doubt: clockDoubtSchema,
  wall: instantSchema,
  expected: instantSchema,
});

/** Somebody said what time it is. Only the central may set it below an earlier entry. */
export const clockConfirmedSchema = z.strictObject({
  by: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('central') }),
    z.strictObject({ kind: z.literal('supervisor'), operatorId: idSchema<OperatorId>() }),
  ]),
  now: instantSchema,
  wall: instantSchema,
});

/**
 * Significant events that change nothing but must be known (GLI-31 5.6.1).
 *
 * The list is closed so that reports and searches can rely on it.
 */
export const significantEventCodeSchema = z.enum([
  'central.connected',
  'central.disconnected',
  'central.refused-device',
  'central.authentication-mismatch',
  'clock.skewed',
  'disk.low',
  'memory.corrupt',
  'offline-limit.near',
  'offline-limit.reached',
  'numbers.low',
  'numbers.exhausted',
  'numbers.refused',
  'printer.fault',
  'printer.recovered',
  'program.error',
  'raffle-event.changed-after-start',
  'request.refused',
  'second-journal.failed',
  'second-journal.recovered',
  'sync.stalled',
  'totals.disagree',
]);

export type SignificantEventCode = z.infer<typeof significantEventCodeSchema>;

/** One significant event. */
export const significantEventSchema = z.strictObject({
  code: significantEventCodeSchema,
  severity: z.enum(['information', 'warning', 'error']),
  detail: z.record(z.string().max(60), jsonValueSchema),
});

/**
 * The chain up to here, summed up and signed: start-up need not look further back before selling.
 */
export const checkpointSignedSchema = z.strictObject({
  raffleEventId: idSchema<RaffleEventId>().nullable(),
  throughSeq: z.int().positive(),
  headHash: sha256Schema,
  orderCount: z.int().nonnegative(),
  grossMinor: z.int().nonnegative(),
});
