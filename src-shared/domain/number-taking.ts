import { utf8 } from '#shared/kernel/bytes.ts';
import {
  type DrawNumber,
  drawNumber,
  type NumberRange,
  rangeSize,
} from '#shared/kernel/draw-numbers.ts';
import { hashBytes, type Sha256 } from '#shared/kernel/hash.ts';
import type { AllocationId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';

/** An allocation and how far it is sold: indices before `nextIndex` are taken. */
export interface OpenAllocation {
  readonly allocationId: AllocationId;
  readonly indices: NumberRange;
  readonly nextIndex: number;
}

/** Indices of one allocation that belong to one order. */
export interface NumberPart {
  readonly allocationId: AllocationId;
  readonly indices: NumberRange;
}

/** What the indices of an allocation stand for. */
export type DealtNumbers =
  | { readonly mode: 'sequential'; readonly indices: NumberRange }
  | {
      readonly mode: 'random';
      readonly indices: NumberRange;
      readonly numbers: readonly number[];
    };

/** How many draw numbers can still be sold. */
export function numbersLeft(allocations: readonly OpenAllocation[]): number {
  return allocations.reduce((sum, allocation) => sum + rangeSize(restOf(allocation)), 0);
}

/** Numbers of both kinds that can still be sold; negative where a cart wants more than there are. */
export interface NumbersAtHand {
  readonly drawNumbers: number;
  readonly validationNumbers: number;
}

/**
 * How many packages of `packageSize` numbers can still be sold: each takes that many draw numbers
 * and one validation number. A package may span allocations, so no number is left over for size.
 */
export function salesLeft(
  { drawNumbers, validationNumbers }: NumbersAtHand,
  packageSize: number,
): number {
  invariant(packageSize > 0, `a package of ${packageSize} numbers`);
  return Math.max(0, Math.min(validationNumbers, Math.floor(drawNumbers / packageSize)));
}

/**
 * The next numbers for the orders of one sale, one order after the other, `counts` numbers each, from
 * the first allocations with room.
 *
 * `undefined` if there are not enough for all of them; nothing is taken then.
 */
export function takeNumbersForOrders(
  allocations: readonly OpenAllocation[],
  counts: readonly number[],
): NumberPart[][] | undefined {
  const orders: NumberPart[][] = [];
  let rest = allocations;
  for (const count of counts) {
    const parts = takeFirst(rest, count);
    if (parts === undefined) return undefined;
    orders.push(parts);
    rest = afterTaking(rest, parts);
  }
  return orders;
}

/** The draw numbers that `indices` of an allocation stand for, in the order they were dealt. */
export function drawNumbersOf(dealt: DealtNumbers, indices: NumberRange): DrawNumber[] {
  invariant(
    indices.from >= dealt.indices.from && indices.to <= dealt.indices.to,
    `indices ${indices.from} to ${indices.to} are outside their allocation`,
  );
  return Array.from({ length: rangeSize(indices) }, (_, offset) =>
    numberAt(dealt, indices.from + offset),
  );
}

/** SHA-256 over draw numbers in order, as plain decimal digits joined by commas. */
export function drawNumbersHash(numbers: readonly number[]): Sha256 {
  return hashBytes(utf8(numbers.join(',')));
}

function numberAt(dealt: DealtNumbers, index: number): DrawNumber {
  if (dealt.mode === 'sequential') return drawNumber(index);
  const number = dealt.numbers[index - dealt.indices.from];
  invariant(number !== undefined, `no number was dealt for index ${index}`);
  return drawNumber(number);
}

function takeFirst(
  allocations: readonly OpenAllocation[],
  count: number,
): NumberPart[] | undefined {
  invariant(Number.isSafeInteger(count) && count > 0, `an order of ${count} numbers`);
  const parts: NumberPart[] = [];
  let missing = count;
  for (const allocation of allocations) {
    if (missing === 0) break;
    const { from, to } = restOf(allocation);
    const size = Math.min(missing, to - from);
    if (size === 0) continue;
    parts.push({ allocationId: allocation.allocationId, indices: { from, to: from + size } });
    missing -= size;
  }
  return missing === 0 ? parts : undefined;
}

/** The allocations as they stand once `parts` are taken from them. */
function afterTaking(
  allocations: readonly OpenAllocation[],
  parts: readonly NumberPart[],
): OpenAllocation[] {
  return allocations.map((allocation) => ({
    ...allocation,
    nextIndex: parts
      .filter((part) => part.allocationId === allocation.allocationId)
      .reduce((next, part) => Math.max(next, part.indices.to), allocation.nextIndex),
  }));
}

function restOf({ indices, nextIndex }: OpenAllocation): NumberRange {
  invariant(
    nextIndex >= indices.from && nextIndex <= indices.to,
    `next index ${nextIndex} is outside ${indices.from} to ${indices.to}`,
  );
  return { from: nextIndex, to: indices.to };
}
