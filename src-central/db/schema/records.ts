import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, count, moment } from './columns.ts';

export const criticalEvents = pgTable('critical_events', {
  id: uuid('id').primaryKey().defaultRandom(),
  eventType: text('event_type').notNull(),
  eventId: uuid('event_id'),
  rsuId: uuid('rsu_id'),
  userId: uuid('user_id'),
  severity: text('severity', { enum: ['INFO', 'WARN', 'ERROR'] }).notNull(),
  description: text('description'),
  metadata: jsonb('metadata').default({}),
  timestamp: moment('timestamp').notNull().defaultNow(),
  ttl: bigint('ttl', { mode: 'number' }),
  // What the central notes by itself, it notes as itself; lines of a till name the till.
  componentId: text('component_id').$defaultFn(() => 'central'),
  chainId: uuid('chain_id'),
  seq: count('seq'),
  receivedAt: moment('received_at').notNull().defaultNow(),
  // Null for what concerns the system as a whole. Where the RSU or the raffle event says whose it is,
  // the database fills it in.
  organizationId: uuid('organization_id'),
});

export const systemConfigurations = pgTable('system_configurations', {
  id: uuid('id').primaryKey().defaultRandom(),
  version: text('version').notNull(),
  effectiveFrom: moment('effective_from').notNull(),
  effectiveTo: moment('effective_to'),
  settings: jsonb('settings').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  createdBy: uuid('created_by'),
  reason: text('reason'),
});

export const systemEpochs = pgTable('system_epochs', {
  epoch: integer('epoch').primaryKey(),
  databaseIdentity: text('database_identity').notNull(),
  reason: text('reason').notNull(),
  startedAt: moment('started_at').notNull().defaultNow(),
});

export const epochReports = pgTable(
  'epoch_reports',
  {
    epoch: integer('epoch').notNull(),
    rsuId: uuid('rsu_id').notNull(),
    kind: text('kind', { enum: ['reported', 'skipped'] }).notNull(),
    detail: jsonb('detail').notNull().default({}),
    reportedAt: moment('reported_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.epoch, table.rsuId] })],
);

export const journalQuarantine = pgTable(
  'journal_quarantine',
  {
    chainId: uuid('chain_id').notNull(),
    seq: count('seq').notNull(),
    hash: bytes('hash').notNull(),
    rsuId: uuid('rsu_id').notNull(),
    reason: text('reason').notNull(),
    explanation: text('explanation').notNull(),
    orderIds: uuid('order_ids').array().notNull().default([]),
    subjectIds: uuid('subject_ids').array().notNull().default([]),
    state: text('state', { enum: ['open', 'accepted', 'voided', 'linked'] })
      .notNull()
      .default('open'),
    resolution: text('resolution'),
    quarantinedAt: moment('quarantined_at').notNull().defaultNow(),
    resolvedAt: moment('resolved_at'),
    resolvedBy: text('resolved_by'),
    id: uuid('id').notNull().defaultRandom(),
    linkedOrderIds: uuid('linked_order_ids').array().notNull().default([]),
    isProjected: boolean('is_projected').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.chainId, table.seq, table.hash] })],
);
