import {
  boolean,
  char,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { RAFFLE_EVENT_STATES } from '#shared/contract/central/people/raffle-events.ts';
import { authorship, count, moment } from './columns.ts';

export type StoredRaffleEventState = (typeof RAFFLE_EVENT_STATES)[number];

export const raffleEvents = pgTable('raffle_events', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  description: text('description'),
  organizationId: uuid('organization_id').notNull(),
  venueId: uuid('venue_id'),
  eventIdentifier: text('event_identifier').notNull(),
  state: text('state', { enum: RAFFLE_EVENT_STATES }).notNull(),
  configuration: jsonb('configuration').notNull(),
  ticketAllocation: jsonb('ticket_allocation').notNull(),
  totalSold: integer('total_sold').notNull().default(0),
  reconciliationConfirmedAt: moment('reconciliation_confirmed_at'),
  reconciliationConfirmedBy: uuid('reconciliation_confirmed_by'),
  ...authorship(),
});

export const ticketPackages = pgTable('ticket_packages', {
  id: uuid('id').primaryKey().defaultRandom(),
  eventId: uuid('event_id').notNull(),
  name: text('name').notNull(),
  description: text('description'),
  ticketCount: integer('ticket_count').notNull(),
  price: integer('price').notNull(),
  currency: char('currency', { length: 3 }).notNull(),
  displayOrder: integer('display_order'),
  isActive: boolean('is_active').notNull().default(true),
  activeFrom: moment('active_from'),
  activeTo: moment('active_to'),
  perkIds: uuid('perk_ids').array().default([]),
  ...authorship(),
});

export const ticketPackageTemplates = pgTable('ticket_package_templates', {
  id: uuid('id').primaryKey().defaultRandom(),
  organizationId: uuid('organization_id').notNull(),
  name: text('name').notNull(),
  description: text('description'),
  ticketCount: integer('ticket_count').notNull(),
  price: integer('price').notNull(),
  currency: char('currency', { length: 3 }).notNull(),
  displayOrder: integer('display_order'),
  isActive: boolean('is_active').notNull().default(true),
  ...authorship(),
});

export const prizeTemplates = pgTable('prize_templates', {
  id: uuid('id').primaryKey().defaultRandom(),
  organizationId: uuid('organization_id').notNull(),
  name: text('name').notNull(),
  description: text('description'),
  type: text('type', { enum: ['fixed', 'percentage'] }).notNull(),
  value: count('value'),
  percentage: numeric('percentage', { precision: 5, scale: 2 }),
  cap: count('cap'),
  currency: char('currency', { length: 3 }),
  metadata: jsonb('metadata').default({}),
  isActive: boolean('is_active').notNull().default(true),
  ...authorship(),
});

export const prizes = pgTable('prizes', {
  id: uuid('id').primaryKey().defaultRandom(),
  eventId: uuid('event_id').notNull(),
  name: text('name').notNull(),
  description: text('description'),
  type: text('type').notNull(),
  value: count('value'),
  percentage: numeric('percentage', { precision: 5, scale: 2 }),
  cap: count('cap'),
  currency: char('currency', { length: 3 }),
  position: smallint('position').notNull(),
  winnerCount: smallint('winner_count').notNull().default(1),
  ...authorship(),
});

export const jurisdictionProfiles = pgTable('jurisdiction_profiles', {
  id: uuid('id').primaryKey().defaultRandom(),
  organizationId: uuid('organization_id').notNull(),
  name: text('name').notNull(),
  profile: jsonb('profile').notNull(),
  ...authorship(),
  version: integer('version').notNull().default(1),
  isActive: boolean('is_active').notNull().default(true),
});

export const jurisdictionProfileVersions = pgTable(
  'jurisdiction_profile_versions',
  {
    jurisdictionProfileId: uuid('jurisdiction_profile_id').notNull(),
    version: integer('version').notNull(),
    profile: jsonb('profile').notNull(),
    madeBy: text('made_by').notNull(),
    madeAt: moment('made_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.jurisdictionProfileId, table.version] })],
);

export const raffleEventProfiles = pgTable('raffle_event_profiles', {
  raffleEventId: uuid('raffle_event_id').primaryKey(),
  jurisdictionProfileId: uuid('jurisdiction_profile_id'),
  profile: jsonb('profile').notNull(),
  frozenAt: moment('frozen_at').notNull().defaultNow(),
  jurisdictionProfileVersion: integer('jurisdiction_profile_version'),
});

export const raffleEventNumberPools = pgTable('raffle_event_number_pools', {
  raffleEventId: uuid('raffle_event_id').primaryKey(),
  nextNumber: count('next_number').notNull(),
  endNumber: count('end_number').notNull(),
  numbersDealt: count('numbers_dealt').notNull().default(0),
});
