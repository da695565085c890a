import { z } from 'zod';
import type { PersonSessionId, UserId } from '#shared/kernel/ids.ts';
import {
  calendarInstantSchema,
  idSchema,
  instantSchema,
  jsonValueSchema,
  textSchema,
} from '../../values.ts';
import { pageQuery, pageSchema } from './paging.ts';

/** One change of one record: before, after, who and when (GLI-31 5.2.4). */
export const auditRowSchema = z
  .strictObject({
    auditId: z.int().positive(),
    table: z.string(),
    operation: z.enum(['INSERT', 'UPDATE', 'DELETE']),
    /** The record's key as text; parts are joined by a slash. */
    recordKey: z.string(),
    before: jsonValueSchema,
    after: jsonValueSchema,
    /** `user:<id>`, `rsu:<id>`, or the name of a program. */
    actor: z.string(),
    changedBy: idSchema<UserId>().nullable(),
    sessionId: idSchema<PersonSessionId>().nullable(),
    changedAt: instantSchema,
  })
  .meta({ id: 'AuditRow' });

export type AuditRow = z.infer<typeof auditRowSchema>;

/** All of these must hold. `to` itself is not in. */
const filters = {
  from: calendarInstantSchema.optional(),
  to: calendarInstantSchema.optional(),
  table: textSchema(63).optional(),
  recordKey: textSchema(300).optional(),
  changedBy: idSchema<UserId>().optional(),
  sessionId: idSchema<PersonSessionId>().optional(),
};

export const auditFilterSchema = z.strictObject(filters);

export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditPageQuerySchema = z.strictObject({ ...pageQuery, ...filters });

export const auditPageSchema = pageSchema(auditRowSchema).meta({ id: 'AuditPage' });
