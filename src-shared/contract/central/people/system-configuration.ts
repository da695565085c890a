import { z } from 'zod';
import type { UserId } from '#shared/kernel/ids.ts';
import { calendarInstantSchema, idSchema, instantSchema } from '../../values.ts';
import { reasonSchema } from './draws.ts';
import { pageQuery, pageSchema } from './paging.ts';
import { remoteAccessSchema } from './person-sessions.ts';

/** Three years, as laboratories expect of logs. */
const USUAL_DAYS = 3 * 366;

const days = z.int().min(30).max(36_525).default(USUAL_DAYS);

/**
 * For how many days at least the records of each class are kept. A promise, not a command: the central
 * deletes nothing by itself.
 */
const retentionSchema = z
  .strictObject({
    salesAndDraws: days,
    journals: days,
    criticalEvents: days,
    auditLog: days,
    personSessions: days,
  })
  .meta({ id: 'Retention' });

/** The settings of the system as a whole. What an older version does not say is as usual. */
export const systemSettingsSchema = z
  .strictObject({
    /** Failed validations in a row after which an RSU is disabled (GLI-31 5.4.2). */
    failedValidationsBeforeDisabling: z.int().min(1).max(9_999).default(5),
    remoteAccess: remoteAccessSchema.default({ isAllowed: true, allowedAddresses: [] }),
    retentionDays: retentionSchema.prefault({}),
  })
  .meta({ id: 'SystemSettings' });

export type SystemSettings = z.infer<typeof systemSettingsSchema>;

/** The settings as they were, are or will be for a time. A version never changes. */
export const systemConfigurationSchema = z
  .strictObject({
    version: z.string(),
    effectiveFrom: instantSchema,
    /** Null if no end is known. The same as `effectiveFrom` if another one took its place before it began. */
    effectiveTo: instantSchema.nullable(),
    settings: systemSettingsSchema,
    reason: z.string().nullable(),
    createdBy: idSchema<UserId>().nullable(),
    createdAt: instantSchema,
    /** The newest version, begun or not: the `If-Match` of the next one. */
    revision: z.string(),
  })
  .meta({ id: 'SystemConfiguration' });

export type SystemConfiguration = z.infer<typeof systemConfigurationSchema>;

/** Begins now if no time is given. Takes the place of every version that has not begun by then. */
export const newSystemConfigurationSchema = z
  .strictObject({
    settings: systemSettingsSchema,
    effectiveFrom: calendarInstantSchema.optional(),
    reason: reasonSchema,
  })
  .meta({ id: 'NewSystemConfiguration' });

export const systemConfigurationPageQuerySchema = z.strictObject(pageQuery);

export const systemConfigurationPageSchema = pageSchema(systemConfigurationSchema).meta({
  id: 'SystemConfigurationPage',
});

/** How long records are kept, and which version of the system configuration says so. */
export const retentionPolicySchema = z
  .strictObject({
    version: z.string(),
    retentionDays: retentionSchema,
    /** Nothing is ever deleted without a person. */
    deletesByItself: z.literal(false),
  })
  .meta({ id: 'RetentionPolicy' });
