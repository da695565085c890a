import type { Brand } from './brand.ts';
import { toHex } from './bytes.ts';
import { invariant } from './invariant.ts';

/** A lower-case UUID. Every id in the product has this form; each entity has a brand of its own. */
export type Uuid = Brand<string, 'Uuid'>;

export type OrganisationId = Uuid & Brand<string, 'OrganisationId'>;
export type VenueId = Uuid & Brand<string, 'VenueId'>;
export type ProfileId = Uuid & Brand<string, 'ProfileId'>;
export type PackageTemplateId = Uuid & Brand<string, 'PackageTemplateId'>;
export type PrizeTemplateId = Uuid & Brand<string, 'PrizeTemplateId'>;
export type RaffleEventId = Uuid & Brand<string, 'RaffleEventId'>;
export type PackageId = Uuid & Brand<string, 'PackageId'>;
export type PrizeId = Uuid & Brand<string, 'PrizeId'>;
export type RsuId = Uuid & Brand<string, 'RsuId'>;
export type OperatorId = Uuid & Brand<string, 'OperatorId'>;
export type AllocationId = Uuid & Brand<string, 'AllocationId'>;
export type ValidationBlockId = Uuid & Brand<string, 'ValidationBlockId'>;
export type ChainId = Uuid & Brand<string, 'ChainId'>;
export type CheckoutId = Uuid & Brand<string, 'CheckoutId'>;
export type OrderId = Uuid & Brand<string, 'OrderId'>;
export type PaymentId = Uuid & Brand<string, 'PaymentId'>;
export type PrintJobId = Uuid & Brand<string, 'PrintJobId'>;
export type ShiftId = Uuid & Brand<string, 'ShiftId'>;
export type BootId = Uuid & Brand<string, 'BootId'>;
export type RequestId = Uuid & Brand<string, 'RequestId'>;
export type CommandId = Uuid & Brand<string, 'CommandId'>;
export type CorruptionId = Uuid & Brand<string, 'CorruptionId'>;
export type MissingReportId = Uuid & Brand<string, 'MissingReportId'>;
export type DrawExecutionId = Uuid & Brand<string, 'DrawExecutionId'>;
export type DrawResultId = Uuid & Brand<string, 'DrawResultId'>;
export type SecondDrawRequestId = Uuid & Brand<string, 'SecondDrawRequestId'>;
export type CounterfoilPrintId = Uuid & Brand<string, 'CounterfoilPrintId'>;
export type ClaimId = Uuid & Brand<string, 'ClaimId'>;
export type WinnerId = Uuid & Brand<string, 'WinnerId'>;
export type QuarantineId = Uuid & Brand<string, 'QuarantineId'>;
export type VoidRequestId = Uuid & Brand<string, 'VoidRequestId'>;
export type UserId = Uuid & Brand<string, 'UserId'>;
export type PersonSessionId = Uuid & Brand<string, 'PersonSessionId'>;

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `text` is a lower-case UUID. */
export function isUuid(text: string): text is Uuid {
  return FORM.test(text);
}

/** Brands a UUID as the id of one kind of entity. Throws if it is not a lower-case UUID. */
export function idOf<Id extends Uuid>(text: string): Id {
  invariant(isUuid(text), `not a lower-case UUID: ${text}`);
  return text as Id;
}

/**
 * A UUID version 7 (RFC 9562) from its parts, so that ids sort by the time they were made.
 *
 * `epochMilliseconds` fills the first 48 bits; `random` gives ten bytes for the rest.
 */
export function uuidV7(epochMilliseconds: number, random: Uint8Array): Uuid {
  invariant(random.length === 10, 'a version 7 UUID takes ten random bytes');
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(0, Math.floor(epochMilliseconds / 2 ** 16));
  new DataView(bytes.buffer).setUint16(4, epochMilliseconds % 2 ** 16);
  bytes.set(random, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = toHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Uuid;
}
