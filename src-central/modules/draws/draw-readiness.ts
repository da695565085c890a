import type { DrawObstacle, DrawReadiness } from '#shared/contract/central/people/draws.ts';
import { prizeOf } from '#shared/domain/jackpot.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import { money } from '#shared/kernel/money.ts';
import type { Queryable } from '../../db/database.ts';
import { type RaffleEventToDraw, readRaffleEventToDraw } from './raffle-event-to-draw.ts';
import { readTicketsInPlay, type TicketsInPlay } from './tickets-in-play.ts';
import { readVoids } from './voids.ts';

/** What a draw would be made from, and what stands in its way. */
export async function readDrawReadiness(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<DrawReadiness> {
  const event = await readRaffleEventToDraw(database, raffleEventId);
  const tickets = await readTicketsInPlay(database, raffleEventId);
  const obstacles = await findDrawObstacles(database, event, tickets);
  const netSales = money(tickets.netSales, event.currency);
  const toDraw = event.prizes.filter(({ winnersLeft }) => winnersLeft > 0);
  return {
    obstacles: toDraw.length === 0 ? [...obstacles, 'prizes.all-drawn'] : obstacles,
    inPlayCount: tickets.numbers.length,
    counterfoilCount: tickets.counterfoilCount,
    netSalesMinor: netSales.minor,
    currency: event.currency,
    prizesToDraw: toDraw.map(({ prizeId, name, winnersLeft, award }) => ({
      prizeId,
      name,
      winnerCount: winnersLeft,
      valueMinor: prizeOf(netSales, award).minor,
    })),
  };
}

/** What stands in the way of any draw of this raffle event, second draws included (GLI-31 2.6.1, 2.6.3). */
export async function findDrawObstacles(
  database: Queryable,
  event: RaffleEventToDraw,
  tickets: TicketsInPlay,
): Promise<DrawObstacle[]> {
  const isReconciled =
    event.isReconciliationConfirmed && (event.state === 'reconciled' || event.state === 'drawn');
  const { acknowledgement } = await readVoids(database, event.raffleEventId);
  return [
    ...(isReconciled ? [] : (['raffle-event.not-reconciled'] as const)),
    ...(acknowledgement === null ? (['voids.not-acknowledged'] as const) : []),
    ...(tickets.hasEveryCounterfoil ? [] : (['counterfoils.differ'] as const)),
    ...(tickets.numbers.length === 0 ? (['pool.empty'] as const) : []),
  ];
}
