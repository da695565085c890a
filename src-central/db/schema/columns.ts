import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

/** Bytes. */
export const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value),
  fromDriver: (value) => new Uint8Array(value),
});

/** A 64-bit whole number that stays below 2^53: amounts, counts and sequences. */
export const count = (name: string) => bigint(name, { mode: 'number' });

/** A moment. */
export const moment = (name: string) => timestamp(name, { withTimezone: true });

/** When and by whom a row was made and last changed, as the given schema records it. */
export const authorship = () => ({
  createdAt: moment('created_at').notNull().defaultNow(),
  createdBy: customType<{ data: string }>({ dataType: () => 'uuid' })('created_by'),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  updatedBy: customType<{ data: string }>({ dataType: () => 'uuid' })('updated_by'),
});
