import { z } from 'zod';
import type { VenueId } from '#shared/kernel/ids.ts';
import { idSchema, textSchema, timeZoneSchema } from '../../values.ts';
import { pageQuery, pageSchema, yesOrNoSchema } from './paging.ts';

const line = (longest: number) => textSchema(longest).min(1).nullable();

/** Where a venue is. */
export const addressSchema = z
  .strictObject({
    street: line(120),
    city: line(80),
    state: line(80),
    zipCode: line(20),
    /** ISO 3166-1, two letters. */
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable(),
  })
  .meta({ id: 'Address' });

export type Address = z.infer<typeof addressSchema>;

const fields = {
  name: textSchema(80).min(1),
  description: textSchema(400).min(1).nullable(),
  address: addressSchema.nullable(),
  capacity: z.int().positive().max(1_000_000).nullable(),
  timeZone: timeZoneSchema,
};

export const newVenueSchema = z.strictObject(fields).meta({ id: 'NewVenue' });

export type NewVenue = z.infer<typeof newVenueSchema>;

/** All of it, as it is to be. `isActive` is false for one that is retired. */
export const changedVenueSchema = z
  .strictObject({ ...fields, isActive: z.boolean() })
  .meta({ id: 'ChangedVenue' });

export type ChangedVenue = z.infer<typeof changedVenueSchema>;

/** A place where an organisation sells. Tickets carry its name and its time. */
export const venueSchema = z
  .strictObject({
    venueId: idSchema<VenueId>(),
    ...fields,
    /** As it is stored: an older one may not be an IANA name. */
    timeZone: z.string(),
    isActive: z.boolean(),
    revision: z.string(),
  })
  .meta({ id: 'Venue' });

export type Venue = z.infer<typeof venueSchema>;

export const venueQuerySchema = z.strictObject({
  ...pageQuery,
  isActive: yesOrNoSchema.optional(),
});

export const venuePageSchema = pageSchema(venueSchema).meta({ id: 'VenuePage' });
