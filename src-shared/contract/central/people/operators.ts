import { z } from 'zod';
import type { OperatorId, UserId } from '#shared/kernel/ids.ts';
import { operatorRoleSchema, operatorSchema as tillOperatorSchema } from '../../mirror/operator.ts';
import { calendarInstantSchema, idSchema, instantSchema, textSchema } from '../../values.ts';
import { pageQuery, pageSchema, yesOrNoSchema } from './paging.ts';

/** The most people of one import: each PIN is hashed slowly on purpose. */
export const MOST_IMPORTED = 500;

const nameSchema = textSchema(60).refine((name) => name.trim() !== '', 'must say something');

const pinSchema = z.string().regex(/^\d{4,12}$/, 'must be 4 to 12 digits');

/** Printable ASCII, so that every scanner reads the same from bars, and never a bare number. */
const badgeSchema = z.string().regex(/^(?=.*[^\d ])[\x21-\x7e]{4,64}$/, {
  message: 'must be 4 to 64 printable characters without spaces, not only digits',
});

const fields = {
  displayName: nameSchema,
  /** Unique in the organisation, as is the badge. */
  number: tillOperatorSchema.shape.number,
  badge: badgeSchema.nullable(),
  role: operatorRoleSchema,
  /** After this the credential is refused at tills; null if it does not expire. */
  expiresAt: calendarInstantSchema.nullable(),
};

/** Somebody who is to sign in at tills. */
export const newOperatorSchema = z
  .strictObject({
    ...fields,
    /** Absent: the organisation's setting decides. */
    expiresAt: fields.expiresAt.optional(),
    /** The first PIN; null if the central shall make one. It must be changed at the first sign-in. */
    pin: pinSchema.nullable(),
    /** A spare credential, which is given to somebody later; its name is that of the spare. */
    isSpare: z.boolean(),
  })
  .meta({ id: 'NewOperator' });

export type NewOperator = z.infer<typeof newOperatorSchema>;

/** All of it, as it is to be. `isEnabled` is false for somebody who may not sign in. */
export const changedOperatorSchema = z
  .strictObject({ ...fields, isEnabled: z.boolean() })
  .meta({ id: 'ChangedOperator' });

export type ChangedOperator = z.infer<typeof changedOperatorSchema>;

/** Somebody who may sign in at the organisation's tills. A PIN can be set, and never read. */
export const operatorSchema = z
  .strictObject({
    operatorId: idSchema<OperatorId>(),
    ...fields,
    badge: z.string().nullable(),
    expiresAt: instantSchema.nullable(),
    isEnabled: z.boolean(),
    mustChangePin: z.boolean(),
    pinChangedAt: instantSchema,
    /** The spare's own name; null for a credential that is not a spare. */
    spareName: z.string().nullable(),
    revision: z.string(),
  })
  .meta({ id: 'Operator' });

export type Operator = z.infer<typeof operatorSchema>;

export const operatorQuerySchema = z.strictObject({
  ...pageQuery,
  role: operatorRoleSchema.optional(),
  isEnabled: yesOrNoSchema.optional(),
  isSpare: yesOrNoSchema.optional(),
  number: tillOperatorSchema.shape.number.optional(),
});

export type OperatorQuery = z.infer<typeof operatorQuerySchema>;

export const operatorPageSchema = pageSchema(operatorSchema).meta({ id: 'OperatorPage' });

/** A PIN that the central made, told this once; null where the caller chose it. */
const shownPinSchema = z.string().nullable();

export const createdOperatorSchema = z
  .strictObject({ operator: operatorSchema, shownPin: shownPinSchema })
  .meta({ id: 'CreatedOperator' });

export type CreatedOperator = z.infer<typeof createdOperatorSchema>;

/** Another PIN, which must be changed at the next sign-in; null if the central shall make one. */
export const newPinSchema = z.strictObject({ pin: pinSchema.nullable() }).meta({ id: 'NewPin' });

export type NewPin = z.infer<typeof newPinSchema>;

export const shownPinAnswerSchema = z
  .strictObject({ shownPin: shownPinSchema })
  .meta({ id: 'ShownPin' });

/** To whom a spare credential is given; null when it is handed back. */
export const newBindingSchema = z
  .strictObject({ realName: nameSchema.nullable() })
  .meta({ id: 'NewBinding' });

export type NewBinding = z.infer<typeof newBindingSchema>;

/** Who had a spare credential from when on. */
export const bindingSchema = z
  .strictObject({
    bindingId: z.int().positive(),
    realName: z.string().nullable(),
    boundBy: idSchema<UserId>(),
    boundAt: instantSchema,
  })
  .meta({ id: 'Binding' });

export type Binding = z.infer<typeof bindingSchema>;

export const bindingPageQuerySchema = z.strictObject(pageQuery);

export const bindingPageSchema = pageSchema(bindingSchema).meta({ id: 'BindingPage' });

/**
 * A CSV file (RFC 4180, UTF-8) of sellers. Its first line names the columns: `number` and `name`,
 * and if wanted `badge`, `role` and `pin`. A role that is not given is `seller`.
 */
export const operatorImportSchema = z
  .strictObject({ csv: textSchema(200_000) })
  .meta({ id: 'OperatorImport' });

/** One line of an import, read. */
export const importedOperatorSchema = z.strictObject({
  number: fields.number,
  name: nameSchema,
  badge: fields.badge,
  role: operatorRoleSchema,
  pin: pinSchema.nullable(),
});

export type ImportedOperator = z.infer<typeof importedOperatorSchema>;

/** What an import did. A line that says what is known already changes nothing. */
export const importOutcomeSchema = z
  .strictObject({
    added: z.array(
      z.strictObject({
        operatorId: idSchema<OperatorId>(),
        number: z.string(),
        displayName: z.string(),
        shownPin: shownPinSchema,
      }),
    ),
    unchangedCount: z.int().nonnegative(),
  })
  .meta({ id: 'ImportOutcome' });

export type ImportOutcome = z.infer<typeof importOutcomeSchema>;

export const operatorFileQuerySchema = z.strictObject({
  role: operatorRoleSchema.optional(),
  isEnabled: yesOrNoSchema.optional(),
  isSpare: yesOrNoSchema.optional(),
  number: tillOperatorSchema.shape.number.optional(),
});

export type OperatorFileQuery = z.infer<typeof operatorFileQuerySchema>;
