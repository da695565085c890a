import { customType, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { KeptDraft } from '#main/ports/terminal-notes.ts';
import type { DeviceState } from '#shared/contract/journal/download-entries.ts';
import type { EntryKind } from '#shared/contract/journal/entry-kinds.ts';
import type { PaperAnswer, PrintOutcome } from '#shared/contract/journal/print-entries.ts';
import type { Tender } from '#shared/contract/mirror/jurisdiction-profile.ts';
import type { MirrorFacts, Resolution } from '#shared/contract/mirror/mirror.ts';
import type { Allocation } from '#shared/contract/mirror/numbers.ts';
import type { StoredOperator } from '#shared/contract/mirror/operator.ts';
import type { RaffleEvent, RaffleEventState } from '#shared/contract/mirror/raffle-event.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type {
  AllocationId,
  ChainId,
  CheckoutId,
  OperatorId,
  OrderId,
  OrganisationId,
  PackageId,
  PaymentId,
  PrintJobId,
  RaffleEventId,
  RsuId,
  ShiftId,
  ValidationBlockId,
} from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { CurrencyCode, MinorUnits } from '#shared/kernel/money.ts';

/**
 * The terminal's tables as `migrations/terminal` makes them. Constraints and triggers stand in the
 * migrations alone; a test compares the columns.
 */

const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'blob',
  fromDriver: (buffer) => new Uint8Array(buffer),
});

/** JSON text; null stays SQL's null, which drizzle's own JSON mode would write as a word. */
const json = <Value>(name: string) =>
  customType<{ data: Value; driverData: string | null }>({
    dataType: () => 'text',
    toDriver: (value) => (value === null ? null : JSON.stringify(value)),
    fromDriver: (stored) => JSON.parse(stored ?? 'null') as Value,
  })(name);

const flag = (name: string) => integer(name, { mode: 'boolean' }).notNull();

export const journal = sqliteTable('journal', {
  seq: integer('seq').notNull().primaryKey(),
  kind: text('kind').$type<EntryKind>().notNull(),
  body: bytes('body').notNull(),
  previousHash: text('previous_hash').$type<Sha256>().notNull(),
  hash: text('hash').$type<Sha256>().notNull(),
  signature: bytes('signature'),
});

export const device = sqliteTable('device', {
  deviceId: integer('device_id').notNull().primaryKey(),
  chainId: text('chain_id').$type<ChainId>().notNull(),
  rsuId: text('rsu_id').$type<RsuId>().notNull(),
  rsuName: text('rsu_name').notNull(),
  organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
  devicePublicKey: bytes('device_public_key').notNull(),
  machineFingerprint: text('machine_fingerprint').$type<Sha256>().notNull(),
  centralUrl: text('central_url').notNull(),
  centralPublicKey: bytes('central_public_key').notNull(),
  deviceState: text('device_state').$type<DeviceState>().notNull(),
  chosenRaffleEventId: text('chosen_raffle_event_id').$type<RaffleEventId>(),
  signedInOperatorId: text('signed_in_operator_id').$type<OperatorId>(),
  configurationHash: text('configuration_hash').$type<Sha256>(),
  hasStoppedCleanly: flag('has_stopped_cleanly'),
});

export const mirror = sqliteTable('mirror', {
  mirrorId: integer('mirror_id').notNull().primaryKey(),
  seq: integer('seq').notNull(),
  mirrorVersion: text('mirror_version').notNull(),
  content: json<{ readonly asOf: Instant; readonly facts: MirrorFacts }>('content').notNull(),
});

export const raffleEvents = sqliteTable('raffle_events', {
  raffleEventId: text('raffle_event_id').$type<RaffleEventId>().notNull().primaryKey(),
  position: integer('position'),
  content: json<RaffleEvent>('content').notNull(),
  state: text('state').$type<RaffleEventState>().notNull(),
  salesEnd: text('sales_end').$type<Instant>().notNull(),
  frozenHash: text('frozen_hash').$type<Sha256>(),
  endedAt: text('ended_at').$type<Instant>(),
  orderCount: integer('order_count').notNull(),
  grossMinor: integer('gross_minor').notNull(),
});

export const operators = sqliteTable('operators', {
  operatorId: text('operator_id').$type<OperatorId>().notNull().primaryKey(),
  position: integer('position'),
  content: json<StoredOperator>('content').notNull(),
  changedCredential: text('changed_credential'),
  failuresInARow: integer('failures_in_a_row').notNull(),
  delayedUntil: text('delayed_until').$type<Instant>(),
});

export const allocations = sqliteTable('allocations', {
  ordinal: integer('ordinal').notNull().primaryKey(),
  allocationId: text('allocation_id').$type<AllocationId>().notNull(),
  raffleEventId: text('raffle_event_id').$type<RaffleEventId>().notNull(),
  mode: text('mode').$type<Allocation['mode']>().notNull(),
  firstIndex: integer('first_index').notNull(),
  endIndex: integer('end_index').notNull(),
  nextIndex: integer('next_index').notNull(),
  numbers: json<number[]>('numbers'),
});

export const validationBlocks = sqliteTable('validation_blocks', {
  ordinal: integer('ordinal').notNull().primaryKey(),
  validationBlockId: text('validation_block_id').$type<ValidationBlockId>().notNull(),
  raffleEventId: text('raffle_event_id').$type<RaffleEventId>().notNull(),
  prefix: text('prefix').notNull(),
  size: integer('size').notNull(),
  expiresAt: text('expires_at').$type<Instant>(),
  wrappedKey: text('wrapped_key').notNull(),
  nextSequence: integer('next_sequence').notNull(),
});

export const checkouts = sqliteTable('checkouts', {
  seq: integer('seq').notNull().primaryKey(),
  checkoutId: text('checkout_id').$type<CheckoutId>().notNull(),
  raffleEventId: text('raffle_event_id').$type<RaffleEventId>().notNull(),
  shiftId: text('shift_id').$type<ShiftId>(),
  contentHash: text('content_hash').$type<Sha256>().notNull(),
  currency: text('currency').$type<CurrencyCode>().notNull(),
  totalMinor: integer('total_minor').notNull(),
  roundingMinor: integer('rounding_minor').notNull(),
  isOffline: flag('is_offline'),
  soldAt: text('sold_at').$type<Instant>().notNull(),
  operatorId: text('operator_id').$type<OperatorId>(),
  runningOrderCount: integer('running_order_count').notNull(),
  runningGrossMinor: integer('running_gross_minor').notNull(),
});

export const orders = sqliteTable('orders', {
  ordinal: integer('ordinal').notNull().primaryKey(),
  orderId: text('order_id').$type<OrderId>().notNull(),
  seq: integer('seq').notNull(),
  raffleEventId: text('raffle_event_id').$type<RaffleEventId>().notNull(),
  packageId: text('package_id').$type<PackageId>().notNull(),
  packageName: text('package_name').notNull(),
  amountMinor: integer('amount_minor').$type<MinorUnits>().notNull(),
  numberCount: integer('number_count').notNull(),
  drawNumbersHash: text('draw_numbers_hash').$type<Sha256>().notNull(),
  validationNumber: text('validation_number').notNull(),
  validationBlockId: text('validation_block_id').$type<ValidationBlockId>().notNull(),
  validationSequence: integer('validation_sequence').notNull(),
  printJobId: text('print_job_id').$type<PrintJobId>().notNull(),
});

export const orderNumbers = sqliteTable('order_numbers', {
  allocationOrdinal: integer('allocation_ordinal').notNull(),
  firstIndex: integer('first_index').notNull(),
  endIndex: integer('end_index').notNull(),
  orderOrdinal: integer('order_ordinal').notNull(),
  position: integer('position').notNull(),
});

export const payments = sqliteTable('payments', {
  paymentId: text('payment_id').$type<PaymentId>().notNull().primaryKey(),
  seq: integer('seq').notNull(),
  position: integer('position').notNull(),
  tender: text('tender').$type<Tender>().notNull(),
  amountMinor: integer('amount_minor').notNull(),
  tenderedMinor: integer('tendered_minor').notNull(),
  changeMinor: integer('change_minor').notNull(),
});

export const printJobs = sqliteTable('print_jobs', {
  ordinal: integer('ordinal').notNull().primaryKey(),
  printJobId: text('print_job_id').$type<PrintJobId>().notNull(),
  orderOrdinal: integer('order_ordinal').notNull(),
  copyNumber: integer('copy_number').notNull(),
  attempts: integer('attempts').notNull(),
  state: text('state').$type<'waiting' | 'started' | 'finished' | 'answered'>().notNull(),
  outcome: text('outcome').$type<PrintOutcome>(),
  answer: text('answer').$type<PaperAnswer>(),
  isSettled: flag('is_settled'),
});

export const resolutions = sqliteTable('resolutions', {
  orderId: text('order_id').$type<OrderId>().notNull().primaryKey(),
  outcome: text('outcome').$type<Resolution['outcome']>().notNull(),
  reason: text('reason').notNull(),
});

export const syncNotes = sqliteTable('sync_notes', {
  noteId: integer('note_id').notNull().primaryKey(),
  acknowledgedSeq: integer('acknowledged_seq').notNull(),
  underReviewCount: integer('under_review_count').notNull(),
  isAgreed: flag('is_agreed'),
  lastContactAt: text('last_contact_at').$type<Instant>(),
  offsetMs: integer('offset_ms'),
});

export const quarantineNotes = sqliteTable('quarantine_notes', {
  seq: integer('seq').notNull().primaryKey(),
  reason: text('reason').notNull(),
});

export const draftNotes = sqliteTable('draft_notes', {
  noteId: integer('note_id').notNull().primaryKey(),
  content: json<KeptDraft>('content').notNull(),
});

export const clockNotes = sqliteTable('clock_notes', {
  noteId: integer('note_id').notNull().primaryKey(),
  watermark: text('watermark').$type<Instant>().notNull(),
});

export const enrolmentNotes = sqliteTable('enrolment_notes', {
  noteId: integer('note_id').notNull().primaryKey(),
  codeHash: text('code_hash').$type<Sha256>().notNull(),
  chainId: text('chain_id').$type<ChainId>().notNull(),
});

/**
 * The tables that follow from the journal: equal in every rebuild. Parents before their children.
 */
export const JOURNALED_TABLES = [
  journal,
  device,
  mirror,
  raffleEvents,
  operators,
  allocations,
  validationBlocks,
  checkouts,
  orders,
  orderNumbers,
  payments,
  printJobs,
  resolutions,
] as const;

/** The tables kept beside the journal. */
export const NOTE_TABLES = [
  syncNotes,
  quarantineNotes,
  draftNotes,
  clockNotes,
  enrolmentNotes,
] as const;
