import { z } from 'zod';
import type { ChainId, RaffleEventId, RsuId, UserId } from '#shared/kernel/ids.ts';
import {
  calendarInstantSchema,
  idSchema,
  instantSchema,
  jsonValueSchema,
  textSchema,
} from '../../values.ts';
import { pageQuery, pageSchema } from './paging.ts';

const severitySchema = z.enum(['INFO', 'WARN', 'ERROR']);

/** Something that an auditor wants to know of (GLI-31 5.6.1), noted by a till or by the central. */
export const criticalEventSchema = z
  .strictObject({
    criticalEventId: z.uuid(),
    /** `subject.happened`. */
    type: z.string(),
    severity: severitySchema,
    description: z.string().nullable(),
    /** `central`, or `rsu:<id>`. */
    componentId: z.string().nullable(),
    rsuId: idSchema<RsuId>().nullable(),
    raffleEventId: idSchema<RaffleEventId>().nullable(),
    /** A person at the central, or an operator at a till. */
    userId: idSchema<UserId>().nullable(),
    /** Where it is in the till's journal. */
    chainId: idSchema<ChainId>().nullable(),
    seq: z.int().nullable(),
    /** By the clock of whoever noted it. */
    happenedAt: instantSchema,
    receivedAt: instantSchema,
    detail: jsonValueSchema,
  })
  .meta({ id: 'CriticalEvent' });

export type CriticalEvent = z.infer<typeof criticalEventSchema>;

/** All of these must hold. `to` itself is not in. */
const filters = {
  from: calendarInstantSchema.optional(),
  to: calendarInstantSchema.optional(),
  componentId: textSchema(100).optional(),
  rsuId: idSchema<RsuId>().optional(),
  raffleEventId: idSchema<RaffleEventId>().optional(),
  userId: idSchema<UserId>().optional(),
  type: textSchema(100).optional(),
  severity: severitySchema.optional(),
};

export const criticalEventFilterSchema = z.strictObject(filters);

export type CriticalEventFilter = z.infer<typeof criticalEventFilterSchema>;

export const criticalEventPageQuerySchema = z.strictObject({ ...pageQuery, ...filters });

export const criticalEventPageSchema = pageSchema(criticalEventSchema).meta({
  id: 'CriticalEventPage',
});
