import { randomUUID } from 'node:crypto';
import type { AllocationAnswer } from '#shared/contract/central/allocations.ts';
import {
  ENTRY_KINDS,
  type EntryKind,
  type EntryPayload,
} from '#shared/contract/journal/entry-kinds.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import type { SaleCompleted } from '#shared/contract/journal/sale-entries.ts';
import { entryHash, genesisHash } from '#shared/domain/journal-chain.ts';
import { drawNumbersHash, drawNumbersOf } from '#shared/domain/number-taking.ts';
import { createValidationNumberMaker } from '#shared/domain/validation-number.ts';
import { fromBase64, toBase64, utf8 } from '#shared/kernel/bytes.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import type { TestOrganisation } from './test-central.ts';
import { sha256, signHash, type TestDevice } from './test-device.ts';

/** Numbers a till has, and how far it is through them. */
export type Holdings = Pick<AllocationAnswer, 'allocations' | 'validationBlocks'>;

/** A till's journal and its next numbers. */
export interface TestJournal {
  readonly entries: readonly JournalEntry[];
  append<Kind extends EntryKind>(kind: Kind, payload: EntryPayload<Kind>): JournalEntry;
  /** Appends raw bytes as the next entry, signed or not. */
  appendRaw(body: string | Uint8Array, isSigned?: boolean): JournalEntry;
  /** Sells one checkout of `count` small packages from the first allocation with room. */
  sell(change?: (sale: SaleCompleted) => SaleCompleted, count?: number): JournalEntry;
  takeUnsent(): JournalEntry[];
  /** Another journal that goes on from the same place: a copied till. */
  fork(): TestJournal;
}

interface Position {
  readonly entries: JournalEntry[];
  nextIndex: number;
  nextSequence: number;
  orderCount: number;
  gross: number;
  sent: number;
}

const PACKAGE_SIZE = 5;
const PACKAGE_PRICE = 1_000;

/** A journal for `device`, whose sales use `holdings`. */
export function createTestJournal(
  device: TestDevice,
  organisation: TestOrganisation,
  holdings: Holdings,
  position: Position = {
    entries: [],
    nextIndex: 0,
    nextSequence: 1,
    orderCount: 0,
    gross: 0,
    sent: 0,
  },
): TestJournal {
  const [block] = holdings.validationBlocks;
  const maker =
    block === undefined
      ? undefined
      : createValidationNumberMaker({
          prefix: block.prefix,
          key: fromBase64(block.key) as Uint8Array,
        });

  function appendRaw(body: string | Uint8Array, isSigned = false): JournalEntry {
    const bytes = typeof body === 'string' ? utf8(body) : body;
    const { chainId } = device;
    const seq = position.entries.length + 1;
    const previousHash =
      position.entries.at(-1)?.hash ?? genesisHash(chainId as ChainId, device.publicKey);
    const hash = entryHash({ chainId, seq, previousHash, body: bytes });
    const entry: JournalEntry = {
      chainId,
      seq,
      previousHash,
      hash,
      body: toBase64(bytes),
      signature: isSigned ? signHash(device.privateKey, hash) : null,
    };
    position.entries.push(entry);
    return entry;
  }

  function append<Kind extends EntryKind>(kind: Kind, payload: EntryPayload<Kind>): JournalEntry {
    const body = { kind, version: 1, ...circumstances(organisation), payload };
    return appendRaw(JSON.stringify(body), ENTRY_KINDS[kind].isSigned);
  }

  function nextOrder(): SaleCompleted['orders'][number] {
    const allocation = holdings.allocations.find(
      ({ indices }) =>
        Math.max(indices.from, position.nextIndex) + PACKAGE_SIZE <= indices.to &&
        position.nextIndex < indices.to,
    );
    if (allocation === undefined || block === undefined || maker === undefined) {
      throw new Error('the test has no numbers left');
    }
    const from = Math.max(allocation.indices.from, position.nextIndex);
    const indices = { from, to: from + PACKAGE_SIZE };
    position.nextIndex = indices.to;
    const validationSequence = position.nextSequence++;
    return {
      orderId: id(),
      packageId: organisation.packageIds[0],
      packageName: '5 numbers',
      amountMinor: PACKAGE_PRICE as never,
      numberCount: PACKAGE_SIZE,
      numbers: [{ allocationId: allocation.allocationId, indices }],
      drawNumbersHash: drawNumbersHash(drawNumbersOf(allocation, indices)),
      validationNumber: maker.make(validationSequence),
      validationBlockId: block.validationBlockId,
      validationSequence,
      printJobId: id(),
    };
  }

  return {
    entries: position.entries,
    append,
    appendRaw,
    sell(change = (sale) => sale, count = 1) {
      const orders = Array.from({ length: count }, nextOrder);
      const totalMinor = (count * PACKAGE_PRICE) as never;
      position.orderCount += count;
      position.gross += count * PACKAGE_PRICE;
      return append(
        'sale.completed',
        change({
          checkoutId: id(),
          contentHash: sha256('content'),
          raffleEventId: organisation.raffleEventId,
          shiftId: null,
          currency: 'CAD' as never,
          totalMinor,
          roundingMinor: 0 as never,
          orders,
          payments: [
            {
              paymentId: id(),
              tender: 'cash',
              amountMinor: totalMinor,
              tenderedMinor: totalMinor,
              changeMinor: 0 as never,
            },
          ],
          isOffline: false,
          runningTotals: { orderCount: position.orderCount, grossMinor: position.gross },
        }),
      );
    },
    takeUnsent() {
      const unsent = position.entries.slice(position.sent);
      position.sent = position.entries.length;
      return unsent;
    },
    fork: () =>
      createTestJournal(device, organisation, holdings, {
        ...position,
        entries: [...position.entries],
      }),
  };
}

function circumstances(organisation: TestOrganisation) {
  const now = instantFromEpoch(Date.now());
  return {
    at: now,
    wall: now,
    offsetMs: 0,
    bootId: id(),
    operatorId: organisation.operatorId,
  };
}

function id<Id extends string>(): Id {
  return randomUUID() as string as Id;
}
