import {
  boolean,
  char,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { authorship, bytes, count, moment } from './columns.ts';

export const rsus = pgTable('rsus', {
  id: uuid('id').primaryKey().defaultRandom(),
  organizationId: uuid('organization_id').notNull(),
  venueId: uuid('venue_id'),
  name: text('name').notNull(),
  description: text('description'),
  deviceIdentifier: text('device_identifier').notNull(),
  state: text('state', { enum: ['unenrolled', 'enrolled', 'stopped', 'revoked'] })
    .notNull()
    .default('unenrolled'),
  configuration: jsonb('configuration').notNull().default({}),
  isActive: boolean('is_active').notNull().default(false),
  currentOperatorId: uuid('current_operator_id'),
  ...authorship(),
});

export const chains = pgTable('chains', {
  id: uuid('id').primaryKey(),
  rsuId: uuid('rsu_id').notNull(),
  devicePublicKey: bytes('device_public_key').notNull(),
  machineFingerprint: text('machine_fingerprint').notNull(),
  state: text('state', { enum: ['active', 'superseded', 'forked', 'stopped'] })
    .notNull()
    .default('active'),
  highWaterSeq: count('high_water_seq').notNull().default(0),
  headHash: bytes('head_hash').notNull(),
  judgedSeq: count('judged_seq').notNull().default(0),
  orderCount: count('order_count').notNull().default(0),
  gross: count('gross').notNull().default(0),
  claimedOrderCount: count('claimed_order_count'),
  claimedGross: count('claimed_gross'),
  failedValidations: integer('failed_validations').notNull().default(0),
  enrolledAt: moment('enrolled_at').notNull().defaultNow(),
});

export const enrolmentCodes = pgTable('enrolment_codes', {
  id: uuid('id').primaryKey().defaultRandom(),
  rsuId: uuid('rsu_id').notNull(),
  codeHash: bytes('code_hash').notNull(),
  expiresAt: moment('expires_at').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  createdBy: text('created_by').notNull(),
  usedAt: moment('used_at'),
  chainId: uuid('chain_id'),
});

export const deviceNonces = pgTable('device_nonces', {
  nonceHash: bytes('nonce_hash').primaryKey(),
  expiresAt: moment('expires_at').notNull(),
});

export const rsuHeartbeats = pgTable('rsu_heartbeats', {
  id: count('id').primaryKey(),
  rsuId: uuid('rsu_id').notNull(),
  chainId: uuid('chain_id').notNull(),
  epoch: integer('epoch').notNull(),
  report: jsonb('report').notNull(),
  receivedAt: moment('received_at').notNull().defaultNow(),
});

export const rsuTotals = pgTable(
  'rsu_totals',
  {
    rsuId: uuid('rsu_id').notNull(),
    raffleEventId: uuid('raffle_event_id').notNull(),
    orderCount: count('order_count').notNull().default(0),
    ticketCount: count('ticket_count').notNull().default(0),
    gross: count('gross').notNull().default(0),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.rsuId, table.raffleEventId] })],
);

export const mirrorVersions = pgTable('mirror_versions', {
  rsuId: uuid('rsu_id').primaryKey(),
  version: count('version').notNull().default(1),
});

export const rsuCorruptionLog = pgTable('rsu_corruption_log', {
  id: uuid('id').primaryKey().defaultRandom(),
  rsuId: uuid('rsu_id').notNull(),
  raffleEventId: uuid('raffle_event_id').notNull(),
  reason: text('reason').notNull(),
  operatorId: uuid('operator_id'),
  moneyCollected: count('money_collected').notNull(),
  heartbeatId: count('heartbeat_id'),
  enteredBy: uuid('entered_by').notNull(),
  enteredAt: moment('entered_at').notNull(),
  confirmedBy: uuid('confirmed_by'),
  confirmedAt: moment('confirmed_at'),
  withdrawnBy: uuid('withdrawn_by'),
  withdrawnAt: moment('withdrawn_at'),
});

export const rsuMissingReports = pgTable('rsu_missing_reports', {
  id: uuid('id').primaryKey().defaultRandom(),
  rsuId: uuid('rsu_id').notNull(),
  reason: text('reason').notNull(),
  facts: jsonb('facts').notNull(),
  reportedBy: uuid('reported_by').notNull(),
  reportedAt: moment('reported_at').notNull(),
  outcome: text('outcome', { enum: ['back', 'imported', 'given-up'] }),
  endedBy: uuid('ended_by'),
  endedAt: moment('ended_at'),
});

export const rsuAssignments = pgTable('rsu_assignments', {
  id: count('id').primaryKey(),
  rsuId: uuid('rsu_id').notNull(),
  operatorId: uuid('operator_id'),
  section: text('section'),
  floatAmount: count('float_amount'),
  currency: char('currency', { length: 3 }),
  assignedBy: uuid('assigned_by').notNull(),
  assignedAt: moment('assigned_at').notNull(),
});

export const rsuCommands = pgTable('rsu_commands', {
  id: uuid('id').primaryKey().defaultRandom(),
  rsuId: uuid('rsu_id').notNull(),
  kind: text('kind', { enum: ['come-home', 'disable', 'message', 'void-request'] }).notNull(),
  body: jsonb('body').notNull(),
  issuedBy: uuid('issued_by').notNull(),
  issuedAt: moment('issued_at').notNull(),
  answer: text('answer', { enum: ['seen', 'done', 'refused'] }),
  answerReason: text('answer_reason'),
  answeredAt: moment('answered_at'),
  answerChainId: uuid('answer_chain_id'),
  answerSeq: count('answer_seq'),
  withdrawnBy: uuid('withdrawn_by'),
  withdrawnAt: moment('withdrawn_at'),
});
