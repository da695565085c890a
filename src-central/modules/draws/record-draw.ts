import { eq, sql } from 'drizzle-orm';
import type { Draw } from '#shared/contract/central/people/draws.ts';
import { hashPool } from '#shared/domain/draw/pool-hash.ts';
import { type PrizeAward, prizeOf } from '#shared/domain/jackpot.ts';
import { type DrawNumber, rangesOf } from '#shared/kernel/draw-numbers.ts';
import type { DrawExecutionId, DrawResultId, PrizeId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { money } from '#shared/kernel/money.ts';
import type { Person } from '../../api/person.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { giveReason } from '../../db/give-reason.ts';
import { arrayParameter, rowsOf } from '../../db/rows.ts';
import { drawExecutions, drawInputs, drawResults } from '../../db/schema/draws.ts';
import { raffleEvents } from '../../db/schema/raffle-events.ts';
import { readProgramChecksum } from '../../program-checksum.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { readDraw, type StoredPrizes } from './draw-results.ts';
import { type RaffleEventToDraw, readRaffleEventToDraw } from './raffle-event-to-draw.ts';

/** What a manual draw has for a seed. */
const NO_SEED = 'drawn by hand';

/** A draw that has been made, and is to be kept before anybody sees it. */
export interface MadeDraw {
  readonly event: RaffleEventToDraw;
  readonly method: Draw['method'];
  /** Hexadecimal digits; null for a draw by hand. */
  readonly seed: string | null;
  readonly pool: readonly DrawNumber[];
  /** In minor units. */
  readonly netSales: number;
  /** In the order of the draw, with the number of winners drawn for each. */
  readonly prizes: readonly {
    readonly prizeId: PrizeId;
    readonly name: string;
    readonly winnerCount: number;
    readonly award: PrizeAward;
  }[];
  readonly selections: readonly {
    readonly order: number;
    readonly prizeId: PrizeId;
    readonly drawNumber: DrawNumber;
  }[];
  /** The result whose place the only selection takes. */
  readonly replaces: DrawResultId | null;
}

/** Writes a draw with all that it followed from (GLI-31 4.2.1); the last prize makes the raffle event drawn. */
export async function recordDraw(
  central: Central,
  transaction: Transaction,
  person: Person,
  draw: MadeDraw,
): Promise<Draw> {
  const drawExecutionId = await startExecution(central, transaction, person, draw);
  await transaction.insert(drawInputs).values({
    drawExecutionId,
    method: draw.method,
    poolSha256: hashPool(draw.pool),
    poolSize: draw.pool.length,
    poolRanges: rangesOf(draw.pool).map(({ from, to }) => [from, to - 1]),
    staysIn: draw.event.rules.drawnNumberStaysIn,
    netSales: draw.netSales,
    currency: draw.event.currency,
    prizes: describePrizes(draw),
  });
  await insertResults(central, transaction, drawExecutionId, draw);
  await transaction
    .update(drawExecutions)
    .set({ state: 'completed', updatedAt: central.now() })
    .where(eq(drawExecutions.id, drawExecutionId));
  await finishRaffleEvent(central, transaction, draw.event);
  const recorded = await readDraw(transaction, drawExecutionId);
  await note(transaction, person, draw, recorded);
  return recorded;
}

async function startExecution(
  central: Central,
  transaction: Transaction,
  person: Person,
  { event, seed }: MadeDraw,
): Promise<DrawExecutionId> {
  const [execution] = await transaction
    .insert(drawExecutions)
    .values({
      raffleEventId: event.raffleEventId,
      state: 'in_progress',
      startedAt: central.now(),
      rngSeed: seed ?? NO_SEED,
      conductedBy: person.userId,
      systemChecksum: readProgramChecksum(),
    })
    .returning({ id: drawExecutions.id });
  invariant(execution !== undefined, 'an insert returns its row');
  return execution.id as DrawExecutionId;
}

function describePrizes({ prizes }: MadeDraw): StoredPrizes {
  return prizes.map(({ prizeId, name, winnerCount, award }) => ({
    prizeId,
    name,
    winnerCount,
    award:
      award.kind === 'fixed'
        ? { kind: 'fixed', valueMinor: award.value.minor }
        : {
            kind: 'percentage',
            hundredthsOfPercent: award.hundredthsOfPercent,
            capMinor: award.cap?.minor ?? null,
          },
  }));
}

async function insertResults(
  central: Central,
  transaction: Transaction,
  drawExecutionId: DrawExecutionId,
  { event, prizes, selections, netSales, replaces }: MadeDraw,
): Promise<void> {
  const awards = new Map(prizes.map(({ prizeId, award }) => [prizeId, award]));
  const tickets = await lockWinningTickets(transaction, event, selections);
  await transaction.insert(drawResults).values(
    selections.map(({ order, prizeId, drawNumber }) => {
      const award = awards.get(prizeId);
      const ticketId = tickets.get(drawNumber);
      invariant(award !== undefined, 'only listed prizes are drawn');
      invariant(ticketId !== undefined, `the drawn number ${drawNumber} is not sold`);
      return {
        drawExecutionId,
        prizeId,
        position: order,
        winningTicketId: ticketId,
        winningNumber: drawNumber,
        prizeValueAtDraw: prizeOf(money(netSales, event.currency), award).minor,
        selectedAt: central.now(),
        replacesResultId: replaces,
      };
    }),
  );
}

/** The tickets of drawn numbers, each verified as sold, and kept so until the draw is on record (GLI-31 2.6.4). */
async function lockWinningTickets(
  transaction: Transaction,
  event: RaffleEventToDraw,
  selections: MadeDraw['selections'],
): Promise<ReadonlyMap<number, string>> {
  const numbers = selections.map(({ drawNumber }) => drawNumber);
  const rows = await rowsOf<{ readonly id: string; readonly number: number }>(
    transaction,
    sql`SELECT id, draw_number AS number FROM tickets
      WHERE event_id = ${event.raffleEventId} AND state = 'sold'
        AND draw_number = ANY(${arrayParameter(numbers, 'int[]')})
      ORDER BY draw_number FOR SHARE`,
  );
  return new Map(rows.map(({ id, number }) => [number, id]));
}

async function finishRaffleEvent(
  central: Central,
  transaction: Transaction,
  { raffleEventId, state }: RaffleEventToDraw,
): Promise<void> {
  if (state !== 'reconciled') return;
  const { prizes } = await readRaffleEventToDraw(transaction, raffleEventId);
  if (prizes.some(({ winnersLeft }) => winnersLeft > 0)) return;
  await giveReason(transaction, 'every prize has been drawn');
  await transaction
    .update(raffleEvents)
    .set({ state: 'drawn', updatedAt: central.now() })
    .where(eq(raffleEvents.id, raffleEventId));
}

function note(
  transaction: Transaction,
  person: Person,
  { event, method, replaces }: MadeDraw,
  draw: Draw,
): Promise<void> {
  return recordCriticalEvent(transaction, {
    type: replaces === null ? 'draw.completed' : 'draw.repeated',
    severity: replaces === null ? 'INFO' : 'WARN',
    description: `${draw.results.length} of ${draw.poolSize} numbers were drawn`,
    raffleEventId: event.raffleEventId,
    userId: person.userId,
    metadata: {
      drawExecutionId: draw.drawExecutionId,
      method,
      poolSha256: draw.poolSha256,
      winningNumbers: draw.results.map(({ drawNumber }) => drawNumber),
    },
  });
}
