import {
  boolean,
  char,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, count, moment } from './columns.ts';

export const raffleEventVoidAcknowledgements = pgTable('raffle_event_void_acknowledgements', {
  id: uuid('id').primaryKey().defaultRandom(),
  raffleEventId: uuid('raffle_event_id').notNull(),
  voidedCount: integer('voided_count').notNull(),
  misprintedCount: integer('misprinted_count').notNull(),
  numbersSha256: text('numbers_sha256').notNull(),
  acknowledgedBy: uuid('acknowledged_by').notNull(),
  acknowledgedAt: moment('acknowledged_at').notNull(),
});

export const drawExecutions = pgTable('draw_executions', {
  id: uuid('id').primaryKey().defaultRandom(),
  raffleEventId: uuid('raffle_event_id').notNull(),
  state: text('state', { enum: ['pending', 'in_progress', 'completed', 'failed'] }).notNull(),
  startedAt: moment('started_at').notNull(),
  rngSeed: text('rng_seed').notNull(),
  conductedBy: uuid('conducted_by').notNull(),
  systemChecksum: text('system_checksum').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});

export const drawInputs = pgTable('draw_inputs', {
  drawExecutionId: uuid('draw_execution_id').primaryKey(),
  method: text('method', { enum: ['electronic', 'manual'] }).notNull(),
  poolSha256: text('pool_sha256').notNull(),
  poolSize: integer('pool_size').notNull(),
  poolRanges: jsonb('pool_ranges').notNull(),
  staysIn: boolean('stays_in').notNull(),
  netSales: count('net_sales').notNull(),
  currency: char('currency', { length: 3 }).notNull(),
  prizes: jsonb('prizes').notNull(),
});

export const drawResults = pgTable('draw_results', {
  id: uuid('id').primaryKey().defaultRandom(),
  drawExecutionId: uuid('draw_execution_id').notNull(),
  prizeId: uuid('prize_id').notNull(),
  position: smallint('position').notNull(),
  winningTicketId: uuid('winning_ticket_id').notNull(),
  winningNumber: integer('winning_number').notNull(),
  prizeValueAtDraw: count('prize_value_at_draw').notNull(),
  selectedAt: moment('selected_at').notNull(),
  replacesResultId: uuid('replaces_result_id'),
});

export const secondDrawRequests = pgTable('second_draw_requests', {
  id: uuid('id').primaryKey().defaultRandom(),
  drawResultId: uuid('draw_result_id').notNull(),
  reason: text('reason').notNull(),
  requestedBy: uuid('requested_by').notNull(),
  requestedAt: moment('requested_at').notNull(),
  decision: text('decision', { enum: ['approved', 'refused'] }),
  decidedBy: uuid('decided_by'),
  decidedAt: moment('decided_at'),
  drawExecutionId: uuid('draw_execution_id'),
});

export const counterfoilPrints = pgTable('counterfoil_prints', {
  id: uuid('id').primaryKey().defaultRandom(),
  raffleEventId: uuid('raffle_event_id').notNull(),
  firstNumber: integer('first_number').notNull(),
  lastNumber: integer('last_number').notNull(),
  reason: text('reason'),
  requestedBy: uuid('requested_by').notNull(),
  requestedAt: moment('requested_at').notNull(),
  state: text('state', { enum: ['awaiting-approval', 'released'] }).notNull(),
  approvedBy: uuid('approved_by'),
  approvedAt: moment('approved_at'),
});

export const counterfoilPrintNumbers = pgTable(
  'counterfoil_print_numbers',
  {
    counterfoilPrintId: uuid('counterfoil_print_id').notNull(),
    ticketId: uuid('ticket_id').notNull(),
    copyNumber: integer('copy_number').notNull(),
  },
  (table) => [primaryKey({ columns: [table.counterfoilPrintId, table.ticketId] })],
);

export const prizeClaims = pgTable('prize_claims', {
  id: uuid('id').primaryKey().defaultRandom(),
  drawResultId: uuid('draw_result_id').notNull(),
  claimedAt: moment('claimed_at').notNull(),
  claimedBy: uuid('claimed_by').notNull(),
  verificationMethod: text('verification_method').notNull(),
  verifiedBy: uuid('verified_by'),
  createdAt: moment('created_at').notNull().defaultNow(),
  state: text('state', { enum: ['open', 'confirmed', 'rejected'] })
    .notNull()
    .default('open'),
  decidedBy: uuid('decided_by'),
  decidedAt: moment('decided_at'),
  decisionReason: text('decision_reason'),
});

export const prizeWinners = pgTable('prize_winners', {
  id: uuid('id').primaryKey(),
  raffleEventId: uuid('raffle_event_id').notNull(),
  sealed: bytes('sealed').notNull(),
  recordedBy: uuid('recorded_by').notNull(),
  recordedAt: moment('recorded_at').notNull(),
});
