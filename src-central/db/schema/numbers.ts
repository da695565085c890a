import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns.ts';

export const rsuAllocations = pgTable('rsu_allocations', {
  id: uuid('id').primaryKey().defaultRandom(),
  raffleEventId: uuid('raffle_event_id').notNull(),
  rsuId: uuid('rsu_id').notNull(),
  numberMode: text('number_mode', { enum: ['sequential', 'random'] }).notNull(),
  startNumber: integer('start_number').notNull(),
  endNumber: integer('end_number').notNull(),
  nextDrawNumber: integer('next_draw_number').notNull(),
  totalTickets: integer('total_tickets').notNull(),
  state: text('state', { enum: ['active', 'exhausted', 'released'] }).notNull(),
  ticketsSold: integer('tickets_sold').notNull().default(0),
  ticketsVoided: integer('tickets_voided').notNull().default(0),
  ticketsAvailable: integer('tickets_available').notNull(),
  validationNumberBlock: jsonb('validation_number_block').notNull(),
  allocatedAt: moment('allocated_at').notNull().defaultNow(),
  allocatedBy: uuid('allocated_by'),
  exhaustedAt: moment('exhausted_at'),
  metadata: jsonb('metadata').default({}),
  chainId: uuid('chain_id'),
  returnedFrom: integer('returned_from'),
});

export const validationNumberBlocks = pgTable('validation_number_blocks', {
  id: uuid('id').primaryKey().defaultRandom(),
  rsuAllocationId: uuid('rsu_allocation_id').notNull(),
  rsuId: uuid('rsu_id').notNull(),
  raffleEventId: uuid('raffle_event_id').notNull(),
  blockStart: text('block_start').notNull(),
  blockEnd: text('block_end').notNull(),
  blockSize: integer('block_size').notNull(),
  numbersUsed: integer('numbers_used').notNull().default(0),
  nextSequence: integer('next_sequence').notNull().default(1),
  expiresAt: moment('expires_at'),
  isActive: boolean('is_active').notNull().default(true),
  createdAt: moment('created_at').notNull().defaultNow(),
  prefix: text('prefix').notNull(),
  chainId: uuid('chain_id'),
});

export const validationPrefixes = pgTable('validation_prefixes', {
  prefix: text('prefix').primaryKey(),
  validationBlockId: uuid('validation_block_id').notNull(),
  issuedAt: moment('issued_at').notNull().defaultNow(),
});

export const allocationRequests = pgTable(
  'allocation_requests',
  {
    rsuId: uuid('rsu_id').notNull(),
    requestId: uuid('request_id').notNull(),
    raffleEventId: uuid('raffle_event_id').notNull(),
    allocationIds: uuid('allocation_ids').array().notNull(),
    validationBlockIds: uuid('validation_block_ids').array().notNull(),
    answeredAt: moment('answered_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.rsuId, table.requestId] })],
);

export const serverSecrets = pgTable(
  'server_secrets',
  {
    kind: text('kind', { enum: ['validation-block-key', 'identity-key', 'token-key'] }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    sealed: bytes('sealed').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.subjectId] })],
);
