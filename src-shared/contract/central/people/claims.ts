import { z } from 'zod';
import type { ClaimId, DrawResultId, PrizeId, UserId, WinnerId } from '#shared/kernel/ids.ts';
import {
  currencySchema,
  idSchema,
  instantSchema,
  minorUnitsSchema,
  textSchema,
} from '../../values.ts';
import { drawNumberSchema, reasonSchema } from './draws.ts';
import { pageQuery, pageSchema } from './paging.ts';

/** A ticket in somebody's hand: numbers as scanned or typed. */
export const ticketVerificationQuerySchema = z.strictObject({
  drawNumber: z.coerce.number().pipe(drawNumberSchema),
  validationNumber: textSchema(40),
});

/**
 * What a ticket is.
 *
 * - `mistyped`: the check digits show a typing error
 * - `unknown`: no ticket has this validation number
 * - `till-lost`: not reported, and from numbers of a till that cannot be reconciled
 * - `does-not-match`: the ticket does not have this draw number
 * - `under-review`: a person has to decide first whether the sale counts
 */
export const ticketVerificationSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.enum([
        'mistyped',
        'unknown',
        'till-lost',
        'does-not-match',
        'under-review',
        'voided',
        'misprinted',
        'not-drawn-yet',
        'not-a-winner',
      ]),
    }),
    z.strictObject({ kind: z.literal('other-raffle-event'), eventIdentifier: z.string() }),
    z.strictObject({
      kind: z.literal('winner'),
      wins: z.array(
        z.strictObject({
          drawResultId: idSchema<DrawResultId>(),
          prizeId: idSchema<PrizeId>(),
          prizeName: z.string(),
          valueMinor: minorUnitsSchema,
          currency: currencySchema,
          claim: z.enum(['none', 'open', 'confirmed']),
          /** The moment from which it is too late; null where the profile sets no limit. */
          claimBefore: instantSchema.nullable(),
        }),
      ),
    }),
  ])
  .meta({ id: 'TicketVerification' });

export type TicketVerification = z.infer<typeof ticketVerificationSchema>;

/** Who won. Read by few, and each reading is noted. */
export const winnerSchema = z
  .strictObject({
    name: textSchema(120).min(1),
    address: textSchema(400),
    contact: textSchema(200),
    /** Which document proved who they are, such as "driving licence, ends in 4711". */
    proofOfIdentity: textSchema(120).min(1),
  })
  .meta({ id: 'Winner' });

export type Winner = z.infer<typeof winnerSchema>;

export const newClaimSchema = z
  .strictObject({
    validationNumber: textSchema(40),
    /** How the ticket was read. */
    method: z.enum(['scanned', 'typed']),
    winner: winnerSchema,
  })
  .meta({ id: 'NewClaim' });

export type NewClaim = z.infer<typeof newClaimSchema>;

/** A claim of a prize: made before one person, confirmed by another. */
export const claimSchema = z
  .strictObject({
    claimId: idSchema<ClaimId>(),
    drawResultId: idSchema<DrawResultId>(),
    prizeName: z.string(),
    drawNumber: drawNumberSchema,
    valueMinor: minorUnitsSchema,
    currency: currencySchema,
    state: z.enum(['open', 'confirmed', 'rejected']),
    method: z.string(),
    winnerId: idSchema<WinnerId>(),
    claimedAt: instantSchema,
    verifiedBy: idSchema<UserId>().nullable(),
    decidedBy: idSchema<UserId>().nullable(),
    decidedAt: instantSchema.nullable(),
    decisionReason: z.string().nullable(),
  })
  .meta({ id: 'Claim' });

export type Claim = z.infer<typeof claimSchema>;

export const claimPageQuerySchema = z.strictObject(pageQuery);

export const claimPageSchema = pageSchema(claimSchema).meta({ id: 'ClaimPage' });

export const claimDecisionSchema = z
  .discriminatedUnion('decision', [
    z.strictObject({ decision: z.literal('confirmed') }),
    z.strictObject({ decision: z.literal('rejected'), reason: reasonSchema }),
  ])
  .meta({ id: 'ClaimDecision' });

export type ClaimDecision = z.infer<typeof claimDecisionSchema>;
