import { boolean, char, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { authorship, bytes, count, moment } from './columns.ts';

export const organizations = pgTable('organizations', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  description: text('description'),
  licenseNumber: text('license_number'),
  primaryCurrency: char('primary_currency', { length: 3 }).notNull(),
  settings: jsonb('settings').default({}),
  isActive: boolean('is_active').notNull().default(true),
  ...authorship(),
});

export const addresses = pgTable('addresses', {
  id: uuid('id').primaryKey().defaultRandom(),
  street: text('street'),
  city: text('city'),
  state: text('state'),
  zipCode: text('zip_code'),
  country: char('country', { length: 2 }),
});

export const venues = pgTable('venues', {
  id: uuid('id').primaryKey().defaultRandom(),
  organizationId: uuid('organization_id').notNull(),
  name: text('name').notNull(),
  description: text('description'),
  addressId: uuid('address_id'),
  capacity: integer('capacity'),
  timezone: text('timezone'),
  isActive: boolean('is_active').notNull().default(true),
  ...authorship(),
});

export const operators = pgTable('operators', {
  id: uuid('id').primaryKey().defaultRandom(),
  organizationId: uuid('organization_id').notNull(),
  userId: uuid('user_id'),
  displayName: text('display_name').notNull(),
  number: text('number').notNull(),
  badge: text('badge'),
  role: text('role', { enum: ['seller', 'supervisor', 'technician'] }).notNull(),
  mustChangePin: boolean('must_change_pin').notNull().default(true),
  expiresAt: moment('expires_at'),
  isEnabled: boolean('is_enabled').notNull().default(true),
  ...authorship(),
  spareName: text('spare_name'),
});

export const operatorBindings = pgTable('operator_bindings', {
  id: count('id').primaryKey(),
  operatorId: uuid('operator_id').notNull(),
  realName: text('real_name'),
  boundBy: uuid('bound_by').notNull(),
  boundAt: moment('bound_at').notNull(),
});

export const operatorCredentials = pgTable('operator_credentials', {
  operatorId: uuid('operator_id').primaryKey(),
  algorithm: text('algorithm', { enum: ['scrypt'] }).notNull(),
  salt: bytes('salt').notNull(),
  hash: bytes('hash').notNull(),
  cost: integer('cost').notNull(),
  blockSize: integer('block_size').notNull(),
  parallelism: integer('parallelism').notNull(),
  changedAt: moment('changed_at').notNull().defaultNow(),
});
