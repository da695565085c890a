import type { Draw } from '#shared/contract/central/people/draws.ts';
import { SEED_BYTES } from '#shared/domain/draw/raw-values.ts';
import { selectWinners } from '#shared/domain/draw/select-winners.ts';
import { toHex } from '#shared/kernel/bytes.ts';
import type { DrawNumber } from '#shared/kernel/draw-numbers.ts';
import type { DrawResultId, PrizeId, RaffleEventId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { findDrawObstacles } from './draw-readiness.ts';
import {
  lockRaffleEvent,
  type PrizeOfRaffleEvent,
  type RaffleEventToDraw,
  readRaffleEventToDraw,
} from './raffle-event-to-draw.ts';
import { recordDraw } from './record-draw.ts';
import { readDrawnNumbers, readTicketsInPlay } from './tickets-in-play.ts';

/**
 * Draws numbers for the prizes, in their order, from all that are sold and in play; all that the outcome
 * follows from is on record in the same transaction (GLI-31 4.2.1, 4.4.1). docs/draw.md says how.
 *
 * Refuses a draw before the close, the confirmed reconciliation and the acknowledged voids, a prize that
 * has all its winners, and a pool with fewer numbers than prizes. The refused attempt is noted.
 */
export async function conductDraw(
  central: Central,
  transaction: Transaction,
  person: Person,
  raffleEventId: RaffleEventId,
  prizeIds: readonly PrizeId[] | undefined,
): Promise<Result<Draw, Problem>> {
  await lockRaffleEvent(transaction, raffleEventId);
  const event = await readRaffleEventToDraw(transaction, raffleEventId);
  const prizes = choosePrizes(event, prizeIds);
  if (!prizes.ok) return prizes;
  return drawFromPool(central, transaction, person, event, prizes.value, null);
}

/** Draws once more for one result of a raffle event that is locked; the new result takes its place. */
export async function drawAgain(
  central: Central,
  transaction: Transaction,
  person: Person,
  event: RaffleEventToDraw,
  first: { readonly drawResultId: DrawResultId; readonly prizeId: PrizeId },
): Promise<Result<Draw, Problem>> {
  const prizes = event.prizes.filter(({ prizeId }) => prizeId === first.prizeId);
  const once = prizes.map((prize) => ({ ...prize, winnersLeft: 1 }));
  return drawFromPool(central, transaction, person, event, once, first.drawResultId);
}

async function drawFromPool(
  central: Central,
  transaction: Transaction,
  person: Person,
  event: RaffleEventToDraw,
  toDraw: readonly PrizeOfRaffleEvent[],
  replaces: DrawResultId | null,
): Promise<Result<Draw, Problem>> {
  const tickets = await readTicketsInPlay(transaction, event.raffleEventId);
  const [obstacle] = await findDrawObstacles(transaction, event, tickets);
  if (obstacle !== undefined) return refuseDraw(event, obstacle);
  const prizes = toDraw.map(({ winnersLeft, ...prize }) => ({
    ...prize,
    winnerCount: winnersLeft,
  }));
  const pool = await poolOf(transaction, event, tickets.numbers);
  const staysIn = event.rules.drawnNumberStaysIn;
  const seed = central.randomBytes(SEED_BYTES);
  const selected = selectWinners({ seed, pool, prizes, staysIn });
  if (!selected.ok) {
    const { poolSize, winnerCount } = selected.failure;
    return refuseWith(
      'draw.too-few-numbers',
      `${poolSize} numbers cannot win ${winnerCount} prizes`,
    );
  }
  return ok(
    await recordDraw(central, transaction, person, {
      event,
      method: 'electronic',
      seed: toHex(seed),
      pool,
      netSales: tickets.netSales,
      prizes,
      selections: selected.value,
      replaces,
    }),
  );
}

/** A draw that is refused because something has to come first is noted as an attempt. */
export function refuseDraw({ raffleEventId }: RaffleEventToDraw, obstacle: string) {
  return refuseWith('draw.not-ready', obstacle, {
    type: 'draw.refused',
    severity: 'WARN',
    description: 'a draw was ordered before the raffle event was ready for it',
    raffleEventId,
    metadata: { obstacle },
  });
}

/** The numbers that may win now: those in play, less those that have won where these do not stay in. */
export async function poolOf(
  transaction: Transaction,
  { raffleEventId, rules }: RaffleEventToDraw,
  numbersInPlay: readonly DrawNumber[],
): Promise<readonly DrawNumber[]> {
  if (rules.drawnNumberStaysIn) return numbersInPlay;
  const drawn = await readDrawnNumbers(transaction, raffleEventId);
  return numbersInPlay.filter((number) => !drawn.has(number));
}

function choosePrizes(
  { prizes }: RaffleEventToDraw,
  prizeIds: readonly PrizeId[] | undefined,
): Result<readonly PrizeOfRaffleEvent[], Problem> {
  const left = prizes.filter(({ winnersLeft }) => winnersLeft > 0);
  if (prizeIds === undefined) {
    return left.length > 0 ? ok(left) : refuseWith('prize.drawn', 'every prize has been drawn');
  }
  const chosen: PrizeOfRaffleEvent[] = [];
  for (const prizeId of prizeIds) {
    if (!prizes.some((prize) => prize.prizeId === prizeId)) {
      return refuseWith('thing.unknown', 'no such prize of this raffle event');
    }
    const prize = left.find((each) => each.prizeId === prizeId && !chosen.includes(each));
    if (prize === undefined) return refuseWith('prize.drawn', 'a prize is drawn once');
    chosen.push(prize);
  }
  return ok(chosen);
}
