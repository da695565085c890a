import type { Commit, Ledger } from '#main/application/ledger.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { SecretBox } from '#main/ports/keys.ts';
import type { HeldNumbers, TerminalRows } from '#main/ports/terminal-rows.ts';
import { failure } from '#shared/contract/failures.ts';
import type {
  Allocation,
  StoredValidationBlock,
  ValidationBlock,
} from '#shared/contract/mirror/numbers.ts';
import { fromBase64 } from '#shared/kernel/bytes.ts';
import type { RaffleEventId, RequestId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok } from '#shared/kernel/result.ts';
import type { CentralAlarm } from './central-alarm.ts';
import { createHeldDrawNumbers, type HeldDrawNumbers } from './held-draw-numbers.ts';
import type { StorageFault } from './storage-fault.ts';

/** Numbers as they arrive, in a mirror or as the answer to a request. */
export interface ArrivingNumbers {
  readonly requestId: RequestId | null;
  readonly allocations: readonly Allocation[];
  readonly validationBlocks: readonly ValidationBlock[];
}

/** Why numbers are not taken. */
type NumbersRefusal =
  /** Their id, or their prefix, is that of others this till holds, perhaps of another raffle event. */
  | 'identity-taken'
  /** They hold a number that this till holds already. */
  | 'numbers-held'
  /** They hold a number twice. */
  | 'numbers-repeated';

/** What taking over numbers works with. */
export interface ReceiveNumbersDependencies {
  readonly rows: TerminalRows;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly secretBox: SecretBox;
  readonly alarm: CentralAlarm;
  readonly storageFault: Pick<StorageFault, 'note' | 'clear'>;
}

/**
 * Takes over numbers that this till does not hold yet, each journaled once, however often they come.
 *
 * One that overlaps what the till already holds, deals a number twice, or goes by an id or a prefix
 * that is taken, is refused, journaled once, and told to the screen: no number may be sold twice,
 * whoever made the mistake (GLI-31 3.2.1a).
 */
export function createReceiveNumbers(
  dependencies: ReceiveNumbersDependencies,
): (numbers: ArrivingNumbers) => Promise<void> {
  const { rows, ledger, storageFault } = dependencies;
  return async (numbers) => {
    const allocations = numbers.allocations.filter(isNewAllocation(rows));
    const validationBlocks = numbers.validationBlocks.filter(isNewBlock(rows));
    if (allocations.length + validationBlocks.length === 0) return;
    const taken = await ledger.commit(null, (commit) => {
      takeNumbers(dependencies, commit, { ...numbers, allocations, validationBlocks });
      return ok(undefined);
    });
    if (taken.ok) storageFault.clear();
    else storageFault.note(taken.failure);
  };
}

function takeNumbers(
  { alarm, secretBox }: ReceiveNumbersDependencies,
  { rows, record }: Commit,
  { requestId, allocations, validationBlocks }: ArrivingNumbers,
): void {
  const identities = collectIdentities(rows.heldNumbers());
  const heldNumbersOf = rememberEach((raffleEventId: RaffleEventId) =>
    createHeldDrawNumbers(rows.allocations(raffleEventId).map(({ allocation }) => allocation)),
  );

  function refuseNumbers(detail: Readonly<Record<string, string>>, refusal: NumbersRefusal): void {
    const refused = failure('numbers.refused', { ...detail, refusal });
    if (!alarm.raise(refused)) return;
    record('significant-event.noted', significantEvent('numbers.refused', refused.detail));
  }

  for (const block of validationBlocks) {
    const { validationBlockId, prefix } = block;
    if (identities.areTaken(validationBlockId, prefix)) {
      refuseNumbers({ validationBlockId, prefix }, 'identity-taken');
      continue;
    }
    identities.take(validationBlockId, prefix);
    const wrapped = wrap(secretBox, block);
    record('numbers.received', { requestId, allocations: [], validationBlocks: [wrapped] });
  }
  // One entry each: a random allocation may fill an entry by itself.
  for (const allocation of allocations) {
    const { allocationId, raffleEventId } = allocation;
    const held = heldNumbersOf(raffleEventId);
    const refusal = identities.areTaken(allocationId)
      ? 'identity-taken'
      : findOverlap(held, allocation);
    if (refusal !== undefined) {
      refuseNumbers({ allocationId }, refusal);
      continue;
    }
    identities.take(allocationId);
    held.add(allocation);
    record('numbers.received', { requestId, allocations: [allocation], validationBlocks: [] });
  }
}

function findOverlap(held: HeldDrawNumbers, allocation: Allocation): NumbersRefusal | undefined {
  if (dealsTwice(allocation)) return 'numbers-repeated';
  return held.overlaps(allocation) ? 'numbers-held' : undefined;
}

/** The ids and prefixes that are in use: ids are unique across everything, prefixes are no ids. */
function collectIdentities({ allocationIds, validationBlockIds, prefixes }: HeldNumbers) {
  const taken = new Set<string>([...allocationIds, ...validationBlockIds, ...prefixes]);
  return {
    areTaken: (...names: readonly string[]) => names.some((name) => taken.has(name)),
    take: (...names: readonly string[]) => {
      for (const name of names) taken.add(name);
    },
  };
}

/** Those that are not held for the same raffle event under the same id. */
function isNewAllocation(rows: Pick<TerminalRows, 'allocations'>) {
  const idsOf = rememberEach((raffleEventId: RaffleEventId) => {
    const held = rows.allocations(raffleEventId);
    return new Set(held.map(({ allocation }) => allocation.allocationId));
  });
  return ({ allocationId, raffleEventId }: Allocation) => !idsOf(raffleEventId).has(allocationId);
}

function isNewBlock(rows: Pick<TerminalRows, 'validationBlocks'>) {
  const idsOf = rememberEach((raffleEventId: RaffleEventId) => {
    const held = rows.validationBlocks(raffleEventId);
    return new Set(held.map(({ block }) => block.validationBlockId));
  });
  return ({ validationBlockId, raffleEventId }: ValidationBlock) =>
    !idsOf(raffleEventId).has(validationBlockId);
}

/** `find` with its answers remembered. */
function rememberEach<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? find(key);
    known.set(key, value);
    return value;
  };
}

function dealsTwice(allocation: Allocation): boolean {
  if (allocation.mode === 'sequential') return false;
  return new Set(allocation.numbers).size < allocation.numbers.length;
}

function wrap(secretBox: SecretBox, { key, ...block }: ValidationBlock): StoredValidationBlock {
  const bytes = fromBase64(key);
  invariant(bytes !== undefined, 'the schema lets only Base64 through');
  return { ...block, wrappedKey: secretBox.wrap(bytes) };
}
