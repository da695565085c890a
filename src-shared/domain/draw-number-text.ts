import type { NumberRange } from '#shared/kernel/draw-numbers.ts';

/** A draw number as people read it: zeros in front, in groups of three, as in `012 345`. */
export function formatDrawNumber(number: number, numberSpace: NumberRange): string {
  const width = (numberSpace.to - 1).toString().length;
  return number
    .toString()
    .padStart(width, '0')
    .replaceAll(/\B(?=(\d{3})+$)/g, ' ');
}

/** From this many on, numbers that follow each other are written as a run. */
const SHORTEST_RUN = 3;

/**
 * Draw numbers as they stand on a ticket, in the order given: runs as `012 345 - 012 354 (10)`,
 * others one by one. With `listsEachNumber` every number stands for itself.
 */
export function drawNumberTexts(
  numbers: readonly number[],
  numberSpace: NumberRange,
  listsEachNumber: boolean,
): string[] {
  const text = (number: number) => formatDrawNumber(number, numberSpace);
  if (listsEachNumber) return numbers.map(text);
  return runsOf(numbers).flatMap(({ from, to }) => {
    const size = to - from;
    if (size >= SHORTEST_RUN) return [`${text(from)} - ${text(to - 1)} (${size})`];
    return Array.from({ length: size }, (_, offset) => text(from + offset));
  });
}

function runsOf(numbers: readonly number[]): NumberRange[] {
  const runs: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.to === number) last.to = number + 1;
    else runs.push({ from: number, to: number + 1 });
  }
  return runs;
}
