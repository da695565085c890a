import { z } from 'zod';
import type { OperatorId } from '#shared/kernel/ids.ts';
import { operatorRoleSchema } from '../mirror/operator.ts';
import { base64Schema, idSchema, instantSchema } from '../values.ts';

/** How a person said who they are. */
const signInMethodSchema = z.enum(['name', 'number', 'badge']);

/** A person signed in. */
export const operatorSignedInSchema = z.strictObject({
  operatorId: idSchema<OperatorId>(),
  role: operatorRoleSchema,
  method: signInMethodSchema,
});

/** A PIN was refused. The operator is null if the name, number or badge is not known here. */
export const operatorSignInFailedSchema = z.strictObject({
  operatorId: idSchema<OperatorId>().nullable(),
  method: signInMethodSchema,
  cause: z.enum(['wrong-pin', 'unknown-operator', 'disabled', 'expired']),
  /** Wrong PINs in a row, this one included; 0 where no PIN was compared. */
  failuresInARow: z.int().nonnegative(),
  /** No PIN of this operator is compared before this instant. */
  delayedUntil: instantSchema.nullable(),
});

/** A person signed out. */
export const operatorSignedOutSchema = z.strictObject({ operatorId: idSchema<OperatorId>() });

/** The screen was locked; the same person's PIN opens it. */
export const sessionLockedSchema = z.strictObject({ operatorId: idSchema<OperatorId>() });

/** The screen was opened again. */
export const sessionUnlockedSchema = z.strictObject({ operatorId: idSchema<OperatorId>() });

/** A person chose a new PIN. The credential is wrapped by the till's storage key. */
export const operatorPinChangedSchema = z.strictObject({
  operatorId: idSchema<OperatorId>(),
  wrappedCredential: base64Schema(),
});
