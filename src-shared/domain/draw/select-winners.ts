import type { DrawNumber } from '#shared/kernel/draw-numbers.ts';
import type { PrizeId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { chooseIndex } from './choose-index.ts';
import { createRawValues } from './raw-values.ts';

/** A prize to be drawn, and how many numbers win it. */
export interface PrizeToDraw {
  readonly prizeId: PrizeId;
  readonly winnerCount: number;
}

/** All that the outcome of a draw depends on. */
export interface DrawInputs {
  /** 32 bytes that nobody could know before the draw. */
  readonly seed: Uint8Array;
  /** The numbers that may win, ascending without repeats. */
  readonly pool: readonly DrawNumber[];
  /** In the order in which they are drawn. */
  readonly prizes: readonly PrizeToDraw[];
  /** Whether a drawn number may win again. */
  readonly staysIn: boolean;
}

/** A number that was drawn. */
export interface Selection {
  /** 1 for the first number of the draw. */
  readonly order: number;
  readonly prizeId: PrizeId;
  readonly drawNumber: DrawNumber;
}

/** There are fewer numbers than prizes to be won. */
export interface PoolTooSmall {
  readonly poolSize: number;
  readonly winnerCount: number;
}

/**
 * The winning numbers, which follow from the inputs alone: the same inputs give the same numbers
 * (GLI-31 4.2.1, 4.4.1). docs/draw.md says how, byte by byte.
 *
 * Refuses a pool that cannot fill every prize.
 */
export function selectWinners({
  seed,
  pool,
  prizes,
  staysIn,
}: DrawInputs): Result<readonly Selection[], PoolTooSmall> {
  const winnerCount = prizes.reduce((sum, prize) => sum + prize.winnerCount, 0);
  const smallestPool = staysIn ? Math.min(winnerCount, 1) : winnerCount;
  if (pool.length < smallestPool) return refuse({ poolSize: pool.length, winnerCount });
  const rawValues = createRawValues(seed);
  const left = [...pool];
  const selections: Selection[] = [];
  for (const { prizeId, winnerCount: winners } of prizes) {
    for (let winner = 0; winner < winners; winner += 1) {
      const index = chooseIndex(rawValues, left.length);
      const drawNumber = left[index];
      invariant(drawNumber !== undefined, 'an index lies inside the pool');
      if (!staysIn) left.splice(index, 1);
      selections.push({ order: selections.length + 1, prizeId, drawNumber });
    }
  }
  return ok(selections);
}
