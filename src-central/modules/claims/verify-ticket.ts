import { sql } from 'drizzle-orm';
import type { TicketVerification } from '#shared/contract/central/people/claims.ts';
import type { DrawResultId, OrganisationId, RaffleEventId } from '#shared/kernel/ids.ts';
import { addMilliseconds, type Instant } from '#shared/kernel/instant.ts';
import type { Central } from '../../central.ts';
import type { Queryable } from '../../db/database.ts';
import { rowsOf } from '../../db/rows.ts';
import { readOfficialResults } from '../draws/draw-results.ts';
import { identifyTicket } from '../draws/identify-ticket.ts';
import { readRaffleEventToDraw } from '../draws/raffle-event-to-draw.ts';
import { isOfLostTill } from './lost-tills.ts';

const DAY_MS = 86_400_000;

/** What somebody's ticket is: a winner or not, and why not (GLI-31 2.7.1). */
export async function verifyTicket(
  central: Central,
  organisationId: OrganisationId,
  raffleEventId: RaffleEventId,
  typed: { readonly drawNumber: number; readonly validationNumber: string },
): Promise<TicketVerification> {
  const { database } = central;
  const ticket = await identifyTicket(database, raffleEventId, typed);
  if (ticket.kind === 'unknown') {
    const isLost = await isOfLostTill(central, raffleEventId, typed.validationNumber);
    return { kind: isLost ? 'till-lost' : 'unknown' };
  }
  if (ticket.kind === 'other-raffle-event') {
    const isOwn = ticket.organisationId === organisationId;
    return isOwn
      ? { kind: ticket.kind, eventIdentifier: ticket.eventIdentifier }
      : { kind: 'unknown' };
  }
  if (ticket.kind !== 'sold') return ticket;
  const results = await readOfficialResults(database, raffleEventId);
  if (results.length === 0) return { kind: 'not-drawn-yet' };
  const won = results.filter(({ drawNumber }) => drawNumber === typed.drawNumber);
  if (won.length === 0) return { kind: 'not-a-winner' };
  const { rules } = await readRaffleEventToDraw(database, raffleEventId);
  const claims = await readClaimStates(database, raffleEventId);
  return {
    kind: 'winner',
    wins: won.map((result) => ({
      drawResultId: result.drawResultId,
      prizeId: result.prizeId,
      prizeName: result.prizeName,
      valueMinor: result.valueMinor,
      currency: result.currency,
      claim: claims.get(result.drawResultId) ?? 'none',
      claimBefore: claimBefore(result.selectedAt, rules.claimDays),
    })),
  };
}

/** The moment from which a prize drawn at `selectedAt` can no longer be claimed; days of 24 hours. */
export function claimBefore(selectedAt: Instant, claimDays: number | null): Instant | null {
  return claimDays === null ? null : addMilliseconds(selectedAt, claimDays * DAY_MS);
}

async function readClaimStates(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<ReadonlyMap<string, 'open' | 'confirmed'>> {
  const rows = await rowsOf<{ readonly id: DrawResultId; readonly state: 'open' | 'confirmed' }>(
    database,
    sql`SELECT draw_result_id AS id, claim.state FROM prize_claims claim
      JOIN draw_results result ON result.id = draw_result_id
      JOIN draw_executions execution ON execution.id = result.draw_execution_id
      WHERE execution.raffle_event_id = ${raffleEventId} AND claim.state <> 'rejected'`,
  );
  return new Map(rows.map(({ id, state }) => [id, state]));
}
