import { char, json, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { count, moment } from './columns.ts';

export const voidRequests = pgTable('void_requests', {
  id: uuid('id').primaryKey().defaultRandom(),
  organizationId: uuid('organization_id').notNull(),
  orderId: uuid('order_id'),
  quarantineId: uuid('quarantine_id'),
  reasonCode: text('reason_code').notNull(),
  note: text('note').notNull(),
  commandId: uuid('command_id'),
  requestedBy: uuid('requested_by').notNull(),
  requestedAt: moment('requested_at').notNull(),
  decision: text('decision', { enum: ['approved', 'refused'] }),
  decisionNote: text('decision_note'),
  decidedBy: uuid('decided_by'),
  decidedAt: moment('decided_at'),
});

export const refunds = pgTable('refunds', {
  id: uuid('id').primaryKey().defaultRandom(),
  organizationId: uuid('organization_id').notNull(),
  orderId: uuid('order_id'),
  quarantineId: uuid('quarantine_id'),
  amount: count('amount').notNull(),
  currency: char('currency', { length: 3 }).notNull(),
  method: text('method', { enum: ['cash', 'card', 'online'] }).notNull(),
  paidBackBy: text('paid_back_by').notNull(),
  note: text('note').notNull(),
  recordedBy: uuid('recorded_by').notNull(),
  recordedAt: moment('recorded_at').notNull(),
});

export const orderFlagAcknowledgements = pgTable('order_flag_acknowledgements', {
  orderId: uuid('order_id').primaryKey(),
  flags: text('flags').array().notNull(),
  note: text('note').notNull(),
  acknowledgedBy: uuid('acknowledged_by').notNull(),
  acknowledgedAt: moment('acknowledged_at').notNull(),
});

export const raffleEventReconciliations = pgTable('raffle_event_reconciliations', {
  raffleEventId: uuid('raffle_event_id').primaryKey(),
  report: json('report').notNull(),
  reportSha256: text('report_sha256').notNull(),
  statement: text('statement').notNull(),
  confirmedBy: uuid('confirmed_by').notNull(),
  confirmedAt: moment('confirmed_at').notNull(),
});
