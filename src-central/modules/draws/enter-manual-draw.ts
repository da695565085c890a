import type { Draw, ManualDraw } from '#shared/contract/central/people/draws.ts';
import { type DrawNumber, drawNumber } from '#shared/kernel/draw-numbers.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { poolOf, refuseDraw } from './conduct-draw.ts';
import { findDrawObstacles } from './draw-readiness.ts';
import { identifyTicket } from './identify-ticket.ts';
import {
  lockRaffleEvent,
  type RaffleEventToDraw,
  readRaffleEventToDraw,
} from './raffle-event-to-draw.ts';
import { recordDraw } from './record-draw.ts';
import { readTicketsInPlay } from './tickets-in-play.ts';

/**
 * Enters a number that was drawn from printed counterfoils by hand (GLI-31 2.6.4).
 *
 * Refuses it where the raffle event has no printed counterfoils, for whatever refuses any draw, and for a
 * number that is unsold, voided, misprinted, under review, of another raffle event, or out of the drum.
 */
export async function enterManualDraw(
  central: Central,
  transaction: Transaction,
  person: Person,
  raffleEventId: RaffleEventId,
  entry: ManualDraw,
): Promise<Result<Draw, Problem>> {
  await lockRaffleEvent(transaction, raffleEventId);
  const event = await readRaffleEventToDraw(transaction, raffleEventId);
  if (!event.rules.hasPrintedCounterfoils) {
    return refuseWith('draw.manual-off', 'this raffle event has no printed counterfoils');
  }
  const prize = event.prizes.find(({ prizeId }) => prizeId === entry.prizeId);
  if (prize === undefined) return refuseWith('thing.unknown', 'no such prize of this raffle event');
  if (prize.winnersLeft === 0) return refuseWith('prize.drawn', 'this prize has its winners');
  const tickets = await readTicketsInPlay(transaction, raffleEventId);
  const [obstacle] = await findDrawObstacles(transaction, event, tickets);
  if (obstacle !== undefined) return refuseDraw(event, obstacle);
  const pool = await poolOf(transaction, event, tickets.numbers);
  const number = await verifyDrawnNumber(transaction, event, pool, entry);
  if (!number.ok) return number;
  const { winnersLeft: _left, ...drawn } = prize;
  return ok(
    await recordDraw(central, transaction, person, {
      event,
      method: 'manual',
      seed: null,
      pool,
      netSales: tickets.netSales,
      prizes: [{ ...drawn, winnerCount: 1 }],
      selections: [{ order: 1, prizeId: entry.prizeId, drawNumber: number.value }],
      replaces: null,
    }),
  );
}

async function verifyDrawnNumber(
  transaction: Transaction,
  event: RaffleEventToDraw,
  pool: readonly DrawNumber[],
  entry: ManualDraw,
): Promise<Result<DrawNumber, Problem>> {
  const { raffleEventId } = event;
  const { kind } = await identifyTicket(transaction, raffleEventId, entry);
  const number = drawNumber(entry.drawNumber);
  if (kind === 'sold' && pool.includes(number)) return ok(number);
  const why = kind === 'sold' ? 'drawn before' : kind;
  return refuseWith('draw-number.not-in-play', `${entry.drawNumber}: ${why}`, {
    type: 'draw.number-refused',
    severity: 'WARN',
    description: 'a number was entered that cannot win',
    raffleEventId,
    metadata: { drawNumber: entry.drawNumber, why },
  });
}
