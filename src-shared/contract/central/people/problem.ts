import { z } from 'zod';
import { instantSchema } from '../../values.ts';

/** Every reason for which the people's and the public API refuse, with its status and its title. */
export const PROBLEMS = {
  'request.invalid': [400, 'The request does not fit the contract'],
  'request.too-large': [413, 'The request is too large'],
  'request.too-many': [429, 'Too many requests'],
  'cursor.invalid': [400, 'The cursor is not one that this list gave'],
  'token.missing': [401, 'A bearer token is required'],
  'token.invalid': [401, 'The token is not valid'],
  'session.ended': [401, 'The session of this token has ended'],
  'sign-in.unavailable': [503, 'The identity provider cannot be reached'],
  'sign-in.not-configured': [503, 'No identity provider is configured'],
  'person.inactive': [403, 'This person may not use the system any more'],
  'remote-access.off': [403, 'Remote access is switched off'],
  'role.insufficient': [403, 'Another role is required'],
  'organisation.unknown': [404, 'No such organisation'],
  'thing.unknown': [404, 'No such thing'],
  'thing.exists': [409, 'It exists already'],
  'thing.in-use': [409, 'Something else depends on it'],
  'thing.retired': [409, 'It is retired'],
  'thing.frozen': [409, 'It does not change any more'],
  'thing.changed-meanwhile': [412, 'Somebody else has changed it meanwhile'],
  'revision.required': [428, 'Say which revision is to be changed'],
  'conflict.try-again': [409, 'Another change got in the way'],
  'idempotency-key.reused': [409, 'The idempotency key belongs to another request'],
  'import.invalid': [400, 'The file has lines that do not fit'],
  'operator.not-spare': [409, 'This credential is not a spare'],
  'operator.pin-known': [409, 'Somebody else knows its PIN'],
  'document.too-large': [409, 'Too much for one document'],
  'member.unknown': [404, 'No such member'],
  'member.exists': [409, 'This person is a member already'],
  'member.last-admin': [409, 'An organisation keeps at least one admin'],
  'raffle-event.state-not-allowed': [409, 'The raffle event does not go there from where it is'],
  'raffle-event.incomplete': [409, 'Something is missing before the start'],
  'raffle-event.frozen': [409, 'It does not change after the start'],
  'raffle-event.sales-end-not-allowed': [409, 'The end of sales does not move there'],
  'system-configuration.too-early': [409, 'A version cannot begin in the past'],
  'export.too-large': [409, 'Too many rows for one file'],
  'idempotency-key.required': [428, 'An idempotency key is required'],
  'order.out-of-play': [409, 'The order is out of play'],
  'order.at-open-till': [409, 'The till that sold the order is open'],
  'quarantine.not-acceptable': [409, 'This entry cannot count'],
  'quarantine.not-linkable': [409, 'The entry is not about these orders'],
  'refund.not-due': [409, 'Nothing is to be given back'],
  'refund.too-much': [409, 'That is more than was paid'],
  'raffle-event.reconciled': [409, 'The raffle event is reconciled'],
  'reconciliation.not-ready': [409, 'The raffle event cannot be reconciled yet'],
  'online-sale.closed': [409, 'Nothing is sold on the web now'],
  'online-sale.package-unknown': [409, 'This package is not on sale'],
  'online-sale.total-differs': [409, 'The packages cost something else'],
  'online-sale.payment-used': [409, 'This payment has paid for another purchase'],
  'online-sale.sold-out': [409, 'There are not enough numbers left'],
  'reason.required': [400, 'A reason is required'],
  'second-person.required': [403, 'This takes another person'],
  'thing.decided': [409, 'It has been decided'],
  'draw.not-ready': [409, 'Nothing can be drawn yet'],
  'draw.too-few-numbers': [409, 'There are fewer numbers than prizes'],
  'draw.manual-off': [409, 'Numbers are not drawn by hand here'],
  'draw.by-hand': [409, 'These numbers were drawn by hand'],
  'draw-number.not-in-play': [409, 'This number cannot win'],
  'draw-result.replaced': [409, 'Another result took its place'],
  'prize.drawn': [409, 'The prize has been drawn'],
  'prize.claimed': [409, 'The prize has been claimed'],
  'claim.ticket-refused': [409, 'This is not the winning ticket'],
  'claim.too-late': [409, 'The time to claim this prize is over'],
  'rsu.stopped': [409, 'The till may not sell any more until it is enrolled anew'],
  'rsu.missing': [409, 'The till is reported missing'],
  'rsu.not-enrolled': [409, 'No device is enrolled as this till'],
  'rsu.no-operator': [409, 'Nobody has this badge'],
  'allocation.not-granted': [409, 'No numbers can be dealt'],
  'central.fault': [500, 'The central has a fault'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>;

/** A reason for a refusal, as `subject.reason`. */
export type ProblemCode = keyof typeof PROBLEMS;

const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

/** A refusal as problem details (RFC 9457). `code` decides, `detail` is for people. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(PROBLEM_CODES),
    /** The call that was refused. */
    instance: z.string(),
    serverTime: instantSchema,
    /** All that stands in the way, where that is more than one thing. */
    missing: z.array(z.string()).optional(),
  })
  .meta({ id: 'Problem' });

export type ProblemDetails = z.infer<typeof problemSchema>;
