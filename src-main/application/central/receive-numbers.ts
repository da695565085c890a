import type { Ledger } from '#main/application/ledger.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { SecretBox } from '#main/ports/keys.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type {
  Allocation,
  StoredValidationBlock,
  ValidationBlock,
} from '#shared/contract/mirror/numbers.ts';
import { fromBase64 } from '#shared/kernel/bytes.ts';
import { rangesOverlap } from '#shared/kernel/draw-numbers.ts';
import type { RequestId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok } from '#shared/kernel/result.ts';

/** Numbers as they arrive, in a mirror or as the answer to a request. */
export interface ArrivingNumbers {
  readonly requestId: RequestId | null;
  readonly allocations: readonly Allocation[];
  readonly validationBlocks: readonly ValidationBlock[];
}

/**
 * Takes over numbers that this till does not hold yet, each journaled once, however often they come.
 *
 * One that overlaps what the till already holds, or deals a number twice, is not taken: no number may
 * be sold twice, whoever made the mistake (GLI-31 3.2.1a).
 */
export function createReceiveNumbers(dependencies: {
  readonly rows: TerminalRows;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly secretBox: SecretBox;
}): (numbers: ArrivingNumbers) => Promise<void> {
  const { rows, ledger, secretBox } = dependencies;
  return async ({ requestId, allocations, validationBlocks }) => {
    const isNew = { allocation: isNewAllocation(rows), block: isNewBlock(rows) };
    const newAllocations = allocations.filter(isNew.allocation);
    const newBlocks = validationBlocks.filter(isNew.block);
    if (newAllocations.length + newBlocks.length === 0) return;
    await ledger.commit(null, ({ record, rows: current }) => {
      for (const block of newBlocks) {
        if (isOverlappingBlock(current, block)) {
          record('significant-event.noted', overlap({ prefix: block.prefix }));
          continue;
        }
        record('numbers.received', {
          requestId,
          allocations: [],
          validationBlocks: [wrap(secretBox, block)],
        });
      }
      // One entry each: a random allocation may fill an entry by itself.
      for (const allocation of newAllocations) {
        if (dealsTwice(allocation) || isOverlappingAllocation(current, allocation)) {
          const { allocationId } = allocation;
          record('significant-event.noted', overlap({ allocationId }));
          continue;
        }
        record('numbers.received', {
          requestId,
          allocations: [allocation],
          validationBlocks: [],
        });
      }
      return ok(undefined);
    });
  };
}

function overlap(
  detail: Readonly<Record<string, string>>,
): EntryPayload<'significant-event.noted'> {
  return significantEvent('program.error', { cause: 'overlapping numbers were dealt', ...detail });
}

function isNewAllocation(rows: TerminalRows): (allocation: Allocation) => boolean {
  return ({ allocationId, raffleEventId }) =>
    !rows.allocations(raffleEventId).some((row) => row.allocation.allocationId === allocationId);
}

function isNewBlock(rows: TerminalRows): (block: ValidationBlock) => boolean {
  return ({ validationBlockId, raffleEventId }) =>
    !rows
      .validationBlocks(raffleEventId)
      .some(({ block }) => block.validationBlockId === validationBlockId);
}

function isOverlappingBlock(
  rows: TerminalRows,
  { raffleEventId, prefix }: ValidationBlock,
): boolean {
  return rows.validationBlocks(raffleEventId).some(({ block }) => block.prefix === prefix);
}

function isOverlappingAllocation(rows: TerminalRows, offered: Allocation): boolean {
  return rows
    .allocations(offered.raffleEventId)
    .some(({ allocation }) => haveNumberInCommon(allocation, offered));
}

function dealsTwice(allocation: Allocation): boolean {
  if (allocation.mode === 'sequential') return false;
  return new Set(allocation.numbers).size < allocation.numbers.length;
}

function haveNumberInCommon(left: Allocation, right: Allocation): boolean {
  if (left.mode === 'sequential' && right.mode === 'sequential') {
    return rangesOverlap(left.indices, right.indices);
  }
  if (left.mode === 'random') {
    const isIn = containsOf(right);
    return left.numbers.some(isIn);
  }
  return haveNumberInCommon(right, left);
}

function containsOf(allocation: Allocation): (number: number) => boolean {
  if (allocation.mode === 'random') {
    const numbers = new Set(allocation.numbers);
    return (number) => numbers.has(number);
  }
  const { from, to } = allocation.indices;
  return (number) => number >= from && number < to;
}

function wrap(secretBox: SecretBox, { key, ...block }: ValidationBlock): StoredValidationBlock {
  const bytes = fromBase64(key);
  invariant(bytes !== undefined, 'the schema lets only Base64 through');
  return { ...block, wrappedKey: secretBox.wrap(bytes) };
}
