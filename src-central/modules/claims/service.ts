import { and, eq, ne } from 'drizzle-orm';
import type {
  Claim,
  ClaimDecision,
  NewClaim,
  Winner,
} from '#shared/contract/central/people/claims.ts';
import type { ClaimId, DrawResultId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { prizeClaims } from '../../db/schema/draws.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { serverTime } from '../devices/control.ts';
import { readDrawResult } from '../draws/draw-results.ts';
import { identifyTicket } from '../draws/identify-ticket.ts';
import { lockRaffleEvent, readRaffleEventToDraw } from '../draws/raffle-event-to-draw.ts';
import { raffleEventOfResult, readClaim } from './repository.ts';
import { claimBefore } from './verify-ticket.ts';
import { keepWinner, openWinner } from './winners.ts';

/**
 * Takes a claim of a prize: the ticket has been looked at and the winner recorded; another person has to
 * confirm it before it is paid (GLI-31 2.7.1).
 *
 * Refuses a ticket that is not the winning one, a result that a second draw replaced, a prize that is
 * claimed already, and a claim after the days that the profile gives.
 */
export async function makeClaim(
  central: Central,
  transaction: Transaction,
  person: Person,
  drawResultId: DrawResultId,
  claim: NewClaim,
): Promise<Result<Claim, Problem>> {
  const raffleEventId = await raffleEventOfResult(transaction, drawResultId);
  await lockRaffleEvent(transaction, raffleEventId);
  const result = await readDrawResult(transaction, drawResultId);
  const refusal =
    (result.replacedBy === null
      ? undefined
      : refuseWith('draw-result.replaced', 'a second draw took the place of this result')) ??
    (await findTicketRefusal(transaction, person, raffleEventId, result.drawNumber, claim)) ??
    (await findTimeRefusal(central, transaction, raffleEventId, result.selectedAt)) ??
    (await findClaimRefusal(transaction, drawResultId));
  if (refusal !== undefined) return refusal;
  const winnerId = await keepWinner(central, transaction, person, raffleEventId, claim.winner);
  const [row] = await transaction
    .insert(prizeClaims)
    .values({
      drawResultId,
      claimedAt: central.now(),
      claimedBy: winnerId,
      verificationMethod: claim.method,
      verifiedBy: person.userId,
    })
    .returning({ id: prizeClaims.id });
  invariant(row !== undefined, 'an insert returns its row');
  return ok(await readClaim(transaction, row.id as ClaimId));
}

/**
 * Confirms or rejects a claim, for good. After a rejection the prize can be claimed anew.
 *
 * Refuses to confirm what one has verified oneself: a prize is paid on the word of two people.
 */
export async function decideClaim(
  central: Central,
  transaction: Transaction,
  person: Person,
  claimId: ClaimId,
  decision: ClaimDecision,
): Promise<Result<Claim, Problem>> {
  const before = await readClaim(transaction, claimId);
  const raffleEventId = await raffleEventOfResult(transaction, before.drawResultId);
  await lockRaffleEvent(transaction, raffleEventId);
  const claim = await readClaim(transaction, claimId);
  if (claim.state !== 'open') return refuseWith('thing.decided', 'this has been decided');
  if (decision.decision === 'confirmed' && claim.verifiedBy === person.userId) {
    return refuseWith('second-person.required', 'another person has to confirm the claim');
  }
  await transaction
    .update(prizeClaims)
    .set({
      state: decision.decision,
      decidedBy: person.userId,
      decidedAt: central.now(),
      decisionReason: decision.decision === 'rejected' ? decision.reason : null,
    })
    .where(eq(prizeClaims.id, claimId));
  await recordCriticalEvent(transaction, {
    type: `claim.${decision.decision}`,
    severity: decision.decision === 'confirmed' ? 'INFO' : 'WARN',
    description: `the claim of ${claim.prizeName} with number ${claim.drawNumber}`,
    raffleEventId,
    userId: person.userId,
    metadata: { claimId, valueMinor: claim.valueMinor },
  });
  return ok(await readClaim(transaction, claimId));
}

/** Reads who won; that it was read is noted, with the reader. */
export async function readWinner(
  central: Central,
  person: Person,
  claimId: ClaimId,
): Promise<Winner> {
  const claim = await readClaim(central.database, claimId);
  await recordCriticalEvent(central.database, {
    type: 'winner.read',
    severity: 'INFO',
    description: 'the record of a winner was opened',
    raffleEventId: await raffleEventOfResult(central.database, claim.drawResultId),
    userId: person.userId,
    metadata: { claimId },
  });
  return openWinner(central, central.database, claim.winnerId);
}

async function findTicketRefusal(
  transaction: Transaction,
  person: Person,
  raffleEventId: Parameters<typeof lockRaffleEvent>[1],
  drawNumber: number,
  { validationNumber }: NewClaim,
) {
  const { kind } = await identifyTicket(transaction, raffleEventId, {
    drawNumber,
    validationNumber,
  });
  if (kind === 'sold') return undefined;
  return refuseWith('claim.ticket-refused', `the ticket is not the winning one: ${kind}`, {
    type: 'claim.refused',
    severity: 'WARN',
    description: 'a prize was claimed with a ticket that did not win it',
    raffleEventId,
    userId: person.userId,
    metadata: { drawNumber, kind },
  });
}

async function findTimeRefusal(
  central: Central,
  transaction: Transaction,
  raffleEventId: Parameters<typeof lockRaffleEvent>[1],
  selectedAt: Parameters<typeof claimBefore>[0],
) {
  const { rules } = await readRaffleEventToDraw(transaction, raffleEventId);
  const end = claimBefore(selectedAt, rules.claimDays);
  return end !== null && serverTime(central) >= end
    ? refuseWith('claim.too-late', `this prize could be claimed before ${end}`)
    : undefined;
}

async function findClaimRefusal(transaction: Transaction, drawResultId: DrawResultId) {
  const standing = await transaction
    .select({ id: prizeClaims.id })
    .from(prizeClaims)
    .where(and(eq(prizeClaims.drawResultId, drawResultId), ne(prizeClaims.state, 'rejected')));
  return standing.length > 0
    ? refuseWith('prize.claimed', 'this prize has been claimed already')
    : undefined;
}
