import type { SecretBox } from '#main/ports/keys.ts';
import type { TerminalRows, ValidationBlockRow } from '#main/ports/terminal-rows.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import type { SoldOrder } from '#shared/contract/journal/sale-entries.ts';
import type { Allocation } from '#shared/contract/mirror/numbers.ts';
import {
  drawNumbersHash,
  drawNumbersOf,
  type NumberPart,
  takeNumbersForOrders,
} from '#shared/domain/number-taking.ts';
import {
  createValidationNumberMaker,
  type ValidationNumberMaker,
} from '#shared/domain/validation-number.ts';
import type { RaffleEventId, ValidationBlockId } from '#shared/kernel/ids.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { openAllocation } from './holdings.ts';

/** The numbers of one order: everything that makes it unique. */
export type OrderNumbers = Pick<
  SoldOrder,
  'numbers' | 'drawNumbersHash' | 'validationNumber' | 'validationBlockId' | 'validationSequence'
>;

/** Picks the numbers that come next. Nothing is taken until a sale is journaled with them. */
export interface NumberSource {
  /**
   * The next numbers for orders of so many draw numbers each, one order after the other.
   *
   * Refuses with `allocation.exhausted` or `validation-block.exhausted` unless there are enough for
   * all of them.
   */
  next(
    rows: TerminalRows,
    raffleEventId: RaffleEventId,
    counts: readonly number[],
  ): Result<OrderNumbers[], Failure>;
}

/** Makes a number source. It keeps the unwrapped keys of validation blocks in memory. */
export function createNumberSource(secretBox: SecretBox): NumberSource {
  const makers = new Map<ValidationBlockId, ValidationNumberMaker>();

  function makerOf({ block }: ValidationBlockRow): ValidationNumberMaker {
    const known = makers.get(block.validationBlockId);
    if (known !== undefined) return known;
    const key = secretBox.unwrap(block.wrappedKey);
    if (key === undefined) throw new IntegrityFault('a validation block key cannot be unwrapped');
    const maker = createValidationNumberMaker({ prefix: block.prefix, key });
    makers.set(block.validationBlockId, maker);
    return maker;
  }

  return {
    next(rows, raffleEventId, counts) {
      const allocations = rows.allocations(raffleEventId);
      const taken = takeNumbersForOrders(allocations.map(openAllocation), counts);
      if (taken === undefined) return refuse(failure('allocation.exhausted'));
      const sequences = nextSequences(rows.validationBlocks(raffleEventId), counts.length);
      if (sequences === undefined) return refuse(failure('validation-block.exhausted'));
      const dealt = new Map(
        allocations.map(({ allocation }) => [allocation.allocationId, allocation]),
      );
      return ok(
        taken.map((parts, index) => {
          const next = sequences[index];
          invariant(next !== undefined, 'one validation number for each order');
          return {
            numbers: parts,
            drawNumbersHash: drawNumbersHash(numbersOfParts(dealt, parts)),
            validationNumber: makerOf(next.row).make(next.sequence),
            validationBlockId: next.row.block.validationBlockId,
            validationSequence: next.sequence,
          };
        }),
      );
    },
  };
}

/** The draw numbers of an order, in the order in which they are printed. */
export function numbersOfParts(
  dealt: ReadonlyMap<NumberPart['allocationId'], Allocation>,
  parts: readonly NumberPart[],
): number[] {
  return parts.flatMap(({ allocationId, indices }) => {
    const allocation = dealt.get(allocationId);
    invariant(allocation !== undefined, `order from an unknown allocation ${allocationId}`);
    return drawNumbersOf(allocation, indices);
  });
}

function nextSequences(
  blocks: readonly ValidationBlockRow[],
  count: number,
): { readonly row: ValidationBlockRow; readonly sequence: number }[] | undefined {
  const found = [];
  for (const row of blocks) {
    const last = Math.min(row.block.size, row.nextSequence + count - found.length - 1);
    for (let sequence = row.nextSequence; sequence <= last; sequence += 1) {
      found.push({ row, sequence });
    }
  }
  return found.length === count ? found : undefined;
}
