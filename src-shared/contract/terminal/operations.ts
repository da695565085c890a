import { z } from 'zod';
import type {
  CheckoutId,
  OperatorId,
  OrderId,
  PrintJobId,
  RaffleEventId,
} from '#shared/kernel/ids.ts';
import { paperAnswerSchema } from '../journal/print-entries.ts';
import { type OperatorRole, operatorRoleSchema } from '../mirror/operator.ts';
import { idSchema, instantSchema, minorUnitsSchema, textSchema } from '../values.ts';
import { orderDetailsSchema, orderSummarySchema } from './orders.ts';
import {
  checkoutDraftSchema,
  checkoutLineSchema,
  saleReceiptSchema,
  sessionSchema,
  snapshotSchema,
} from './snapshot.ts';

/**
 * Who may run an operation. The main process checks it; the screen only hides what would be refused.
 *
 * - `anyone`: also with nobody signed in
 * - a list of roles: a person of one of them is signed in and the screen is not locked
 */
type Access = 'anyone' | readonly OperatorRole[];

interface OperationDefinition<Input extends z.ZodType, Output extends z.ZodType> {
  readonly input: Input;
  readonly output: Output;
  readonly access: Access;
  /** Answered also while the till cannot sell: diagnostics, export, and starting over (GLI-31 3.4.4). */
  readonly isDiagnostic: boolean;
}

function operation<Input extends z.ZodType, Output extends z.ZodType>(
  definition: Omit<OperationDefinition<Input, Output>, 'isDiagnostic'> & {
    readonly isDiagnostic?: boolean;
  },
): OperationDefinition<Input, Output> {
  return { isDiagnostic: false, ...definition };
}

const nothing = z.strictObject({});
const pin = z.string().regex(/^\d{4,12}$/);
const allRoles = ['seller', 'supervisor', 'technician'] as const;
const sellingRoles = ['seller', 'supervisor'] as const;

/** How a person says who they are. Never a PIN alone. */
export const identificationSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('name'), operatorId: idSchema<OperatorId>() }),
  z.strictObject({ method: z.literal('number'), number: z.string().regex(/^\d{1,6}$/) }),
  z.strictObject({ method: z.literal('badge'), badge: textSchema(64) }),
]);

export type Identification = z.infer<typeof identificationSchema>;

/** A second person agreeing, there and then, with name and PIN. */
export const approvalSchema = z.strictObject({ identification: identificationSchema, pin });

export type Approval = z.infer<typeof approvalSchema>;

/** Every question that a screen may ask the terminal. */
export const OPERATIONS = {
  'terminal.show': operation({
    input: nothing,
    output: snapshotSchema,
    access: 'anyone',
    isDiagnostic: true,
  }),
  'diagnostics.show': operation({
    input: nothing,
    output: z.strictObject({
      sections: z.array(
        z.strictObject({
          title: textSchema(60),
          facts: z.array(z.strictObject({ label: textSchema(80), value: textSchema(400) })),
        }),
      ),
    }),
    access: 'anyone',
    isDiagnostic: true,
  }),
  /** Copies the journal, as it is, into a new folder below the data folder. Changes nothing. */
  'diagnostics.export': operation({
    input: nothing,
    output: z.strictObject({ folder: textSchema(400), entryCount: z.int().nonnegative() }),
    access: 'anyone',
    isDiagnostic: true,
  }),
  'enrolment.begin': operation({
    input: z.strictObject({
      address: z.string().min(1).max(300),
      code: z.string().min(1).max(40),
      fingerprint: z.string().min(1).max(80),
    }),
    output: z.strictObject({ rsuName: textSchema(30), organisationName: textSchema(80) }),
    access: 'anyone',
  }),
  /**
   * Sets aside what is left of a journal that cannot be used any more, and deletes none of it. The till
   * can then be enrolled anew. Refused while the journal can be used, or may still be completed.
   */
  'enrolment.start-over': operation({
    input: nothing,
    output: nothing,
    access: 'anyone',
    isDiagnostic: true,
  }),
  /** A supervisor says what this till sells for, where it could be more than one raffle event. */
  'raffle-event.choose': operation({
    input: z.strictObject({ raffleEventId: idSchema<RaffleEventId>(), approval: approvalSchema }),
    output: nothing,
    access: 'anyone',
  }),
  'session.list-people': operation({
    input: nothing,
    output: z.strictObject({
      people: z.array(
        z.strictObject({
          operatorId: idSchema<OperatorId>(),
          displayName: textSchema(60),
          number: z.string(),
          role: operatorRoleSchema,
        }),
      ),
    }),
    access: 'anyone',
  }),
  'session.sign-in': operation({
    input: z.strictObject({ identification: identificationSchema, pin }),
    output: sessionSchema,
    access: 'anyone',
  }),
  /** Also the only way in for a person whose PIN must be changed first. */
  'session.change-pin': operation({
    input: z.strictObject({ identification: identificationSchema, pin, newPin: pin }),
    output: sessionSchema,
    access: 'anyone',
  }),
  'session.sign-out': operation({ input: nothing, output: sessionSchema, access: 'anyone' }),
  'session.lock': operation({ input: nothing, output: sessionSchema, access: 'anyone' }),
  'session.unlock': operation({
    input: z.strictObject({ pin }),
    output: sessionSchema,
    access: 'anyone',
  }),
  /** Says what time it is, while the clock is in doubt. */
  'clock.confirm': operation({
    input: z.strictObject({ now: instantSchema, approval: approvalSchema }),
    output: nothing,
    access: 'anyone',
  }),
  /** A technician accepts a changed configuration file. */
  'configuration.approve': operation({
    input: z.strictObject({ approval: approvalSchema }),
    output: nothing,
    access: 'anyone',
  }),
  /** Replaces the lines of the cart. The first tap after a sale opens a new checkout. */
  'checkout.change': operation({
    input: z.strictObject({
      /** Null opens a new checkout. */
      checkoutId: idSchema<CheckoutId>().nullable(),
      lines: z.array(checkoutLineSchema).max(20),
    }),
    output: checkoutDraftSchema,
    access: sellingRoles,
  }),
  /** Sells the cart. The same checkout again gets the first answer. */
  'sale.complete': operation({
    input: z.strictObject({
      checkoutId: idSchema<CheckoutId>(),
      lines: z.array(checkoutLineSchema).min(1).max(20),
      /** What the screen showed; a difference refuses the sale. */
      expectedTotalMinor: minorUnitsSchema,
      payment: z.strictObject({
        tender: z.literal('cash'),
        /** Null when the customer handed over the exact amount. */
        tenderedMinor: minorUnitsSchema.nullable(),
        /** The seller has been asked about an improbable amount and agreed. */
        isConfirmed: z.boolean(),
      }),
    }),
    output: saleReceiptSchema,
    access: sellingRoles,
  }),
  'order.list': operation({
    input: z.strictObject({
      /** Digits of a draw number or of a validation number; empty lists all. */
      search: z.string().max(40),
      /** From the answer before; null for the first page. */
      cursor: z.string().max(80).nullable(),
    }),
    output: z.strictObject({
      orders: z.array(orderSummarySchema),
      nextCursor: z.string().nullable(),
    }),
    access: allRoles,
  }),
  'order.show': operation({
    input: z.strictObject({ orderId: idSchema<OrderId>() }),
    output: orderDetailsSchema,
    access: allRoles,
  }),
  /** Says what came out of the printer. "nothing" of an unsent job prints the original. */
  'ticket.answer': operation({
    input: z.strictObject({ printJobId: idSchema<PrintJobId>(), answer: paperAnswerSchema }),
    output: nothing,
    access: sellingRoles,
  }),
  /** Prints a copy marked REPRINT. Approval is needed where the profile asks for a supervisor. */
  'ticket.reprint': operation({
    input: z.strictObject({
      orderId: idSchema<OrderId>(),
      reason: textSchema(200).min(1),
      approval: approvalSchema.nullable(),
    }),
    output: nothing,
    access: sellingRoles,
  }),
} as const;

/** The name of one operation, as `subject.verb`. */
export type OperationName = keyof typeof OPERATIONS;

/** What an operation is given, after parsing. */
export type OperationInput<Name extends OperationName> = z.output<
  (typeof OPERATIONS)[Name]['input']
>;

/** What an operation answers when it is not refused. */
export type OperationOutput<Name extends OperationName> = z.output<
  (typeof OPERATIONS)[Name]['output']
>;

/** Whether `text` names an operation. */
export function isOperationName(text: string): text is OperationName {
  return Object.hasOwn(OPERATIONS, text);
}

/** The one event a terminal sends: its payload is a `Snapshot`. */
export const SNAPSHOT_EVENT = 'snapshot.changed';
