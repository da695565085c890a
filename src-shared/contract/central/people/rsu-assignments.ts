import { z } from 'zod';
import type { OperatorId, RsuId, UserId } from '#shared/kernel/ids.ts';
import { idSchema, instantSchema, moneySchema, textSchema } from '../../values.ts';
import { pageQuery, pageSchema } from './paging.ts';
import { deviceIdentifierSchema } from './rsus.ts';

/** A till handed out: what was scanned from the badge and from the till, where, and with how much money. */
export const newAssignmentSchema = z
  .strictObject({
    /** The till's device identifier. */
    till: deviceIdentifierSchema,
    /** The seller's badge, or the number that they sign in with. */
    badge: textSchema(64).trim().min(1),
    section: textSchema(40).trim().min(1).nullable().default(null),
    /** In minor units of the organisation's currency. */
    floatMinor: z
      .int()
      .min(0)
      .max(2 ** 31)
      .nullable()
      .default(null),
  })
  .meta({ id: 'NewAssignment' });

export type NewAssignment = z.infer<typeof newAssignmentSchema>;

/** A till handed back. */
export const handBackSchema = z
  .strictObject({ till: deviceIdentifierSchema })
  .meta({ id: 'HandBack' });

/** One line of the history: a till was handed out, or back if there is no operator. */
export const assignmentRecordSchema = z
  .strictObject({
    assignmentId: z.int(),
    rsuId: idSchema<RsuId>(),
    rsuName: z.string(),
    operatorId: idSchema<OperatorId>().nullable(),
    operatorName: z.string().nullable(),
    section: z.string().nullable(),
    float: moneySchema.nullable(),
    assignedBy: idSchema<UserId>(),
    assignedAt: instantSchema,
  })
  .meta({ id: 'AssignmentRecord' });

export type AssignmentRecord = z.infer<typeof assignmentRecordSchema>;

export const assignmentQuerySchema = z.strictObject({
  ...pageQuery,
  rsuId: idSchema<RsuId>().optional(),
  operatorId: idSchema<OperatorId>().optional(),
});

export type AssignmentQuery = z.infer<typeof assignmentQuerySchema>;

export const assignmentPageSchema = pageSchema(assignmentRecordSchema).meta({
  id: 'AssignmentPage',
});
