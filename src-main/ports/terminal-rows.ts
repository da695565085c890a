import type { DeviceState } from '#shared/contract/journal/download-entries.ts';
import type { PaperAnswer, PrintOutcome } from '#shared/contract/journal/print-entries.ts';
import type { SaleCompleted, SoldOrder } from '#shared/contract/journal/sale-entries.ts';
import type { MirrorFacts, Resolution } from '#shared/contract/mirror/mirror.ts';
import type { Allocation, StoredValidationBlock } from '#shared/contract/mirror/numbers.ts';
import type { StoredOperator } from '#shared/contract/mirror/operator.ts';
import type { RaffleEvent } from '#shared/contract/mirror/raffle-event.ts';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type {
  AllocationId,
  ChainId,
  CheckoutId,
  OperatorId,
  OrderId,
  OrganisationId,
  PrintJobId,
  RaffleEventId,
  RsuId,
  ValidationBlockId,
} from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { CurrencyCode } from '#shared/kernel/money.ts';

/** Which RSU this till is, and where its central lives. */
export interface DeviceRow {
  readonly chainId: ChainId;
  readonly rsuId: RsuId;
  readonly rsuName: string;
  readonly organisationId: OrganisationId;
  readonly devicePublicKey: Uint8Array;
  readonly machineFingerprint: Sha256;
  readonly centralUrl: string;
  readonly centralPublicKey: Uint8Array;
  readonly deviceState: DeviceState;
  readonly chosenRaffleEventId: RaffleEventId | null;
  /** The configuration file that was last accepted. */
  readonly configurationHash: Sha256 | null;
  /** The last run ended with `terminal.stopped`. */
  readonly hasStoppedCleanly: boolean;
}

/** The newest mirror, without its lists. */
export interface MirrorRow extends MirrorFacts {
  readonly mirrorVersion: string;
  /** The central's time when it was read. */
  readonly asOf: Instant;
}

/** A raffle event with what the till itself knows of it. */
export interface RaffleEventRow {
  readonly raffleEvent: RaffleEvent;
  /** The frozen fields as first seen active; null until then. */
  readonly frozenHash: Sha256 | null;
  /** Sales are over at this till: a latch. */
  readonly endedAt: Instant | null;
}

/**
 * A person with the credential in force here, which may be newer than the mirror's.
 *
 * A PIN chosen here stays in force, and `mustChangePin` off, while newer mirrors carry the same
 * wrapped text for this person; another text replaces it and clears the failures. So whoever
 * journals a mirror uses the last mirror's wrapped text again for a credential that did not change.
 * A person whom the newest mirror no longer names is kept, as not enabled.
 */
export interface OperatorRow {
  readonly operator: StoredOperator;
  readonly failuresInARow: number;
  readonly delayedUntil: Instant | null;
}

/** What identifies the numbers that a till holds, whichever raffle event they are for. */
export interface HeldNumbers {
  readonly allocationIds: ReadonlySet<AllocationId>;
  readonly validationBlockIds: ReadonlySet<ValidationBlockId>;
  readonly prefixes: ReadonlySet<string>;
}

/** An allocation and the first index not yet sold. */
export interface AllocationRow {
  readonly allocation: Allocation;
  readonly nextIndex: number;
}

/** A validation block and the first sequence not yet used. */
export interface ValidationBlockRow {
  readonly block: StoredValidationBlock;
  readonly nextSequence: number;
}

/** Where a print job stands by the journal. */
export type PrintJobState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'started' }
  | { readonly kind: 'finished'; readonly outcome: PrintOutcome }
  | { readonly kind: 'answered'; readonly answer: PaperAnswer };

/** One job of one ticket: the original, or a copy. */
export interface PrintJobRow {
  readonly printJobId: PrintJobId;
  readonly orderId: OrderId;
  /** 0 for the original. */
  readonly copyNumber: number;
  readonly attempts: number;
  readonly state: PrintJobState;
}

/** A finished checkout. */
export interface CheckoutRow {
  readonly sale: SaleCompleted;
  readonly soldAt: Instant;
  readonly operatorId: OperatorId | null;
  readonly seq: number;
}

/** An order with what a list or a ticket needs of it. */
export interface OrderRow {
  readonly order: SoldOrder;
  readonly checkoutId: CheckoutId;
  readonly raffleEventId: RaffleEventId;
  readonly currency: CurrencyCode;
  readonly soldAt: Instant;
  readonly operatorId: OperatorId | null;
  /** The entry that sold it: sent once the central's high water has reached this. */
  readonly seq: number;
  readonly printJobs: readonly PrintJobRow[];
  /** What the central said of it; null unless it is or was under review. */
  readonly review: { readonly isOpen: boolean; readonly reason: string } | null;
}

/** A page of orders, newest first. */
export interface OrderPage {
  readonly orders: readonly OrderRow[];
  readonly nextCursor: string | null;
}

/** What the journal adds up to. */
export interface ChainTotals {
  readonly orderCount: number;
  readonly grossMinor: number;
}

/** Everything that use cases read. Rows change only by journal entries. */
export interface TerminalRows {
  device(): DeviceRow | undefined;
  /** The newest mirror; `undefined` before the first. */
  mirror(): MirrorRow | undefined;
  /** Those that the newest mirror names, in its order. */
  raffleEvents(): readonly RaffleEventRow[];
  raffleEvent(id: RaffleEventId): RaffleEventRow | undefined;
  /** Those that the newest mirror names, by their number. */
  operators(): readonly OperatorRow[];
  operator(id: OperatorId): OperatorRow | undefined;
  /** The same people as the mirror told of them, whatever has happened here since. */
  mirroredOperators(): readonly StoredOperator[];
  /** What the central last said of an order that was under review. */
  resolution(id: OrderId): Resolution | undefined;
  /** In the order they were received. */
  allocations(raffleEventId: RaffleEventId): readonly AllocationRow[];
  /** In the order they were received. */
  validationBlocks(raffleEventId: RaffleEventId): readonly ValidationBlockRow[];
  heldNumbers(): HeldNumbers;

  checkout(id: CheckoutId): CheckoutRow | undefined;
  order(id: OrderId): OrderRow | undefined;
  /** `search` holds digits of a draw number (exact) or of a validation number (any part, from 4 digits). */
  findOrders(query: {
    readonly raffleEventId: RaffleEventId;
    readonly search: string;
    readonly cursor: string | null;
    readonly limit: number;
  }): OrderPage;
  printJob(id: PrintJobId): PrintJobRow | undefined;
  /** Jobs waiting, started, not sent, of unknown outcome, or answered with torn or nothing. */
  openPrintJobs(): readonly PrintJobRow[];

  /** Head of the open chain; sequence 0 before enrolment. */
  head(): ChainHead;
  /** The hash of one entry; `undefined` beyond the head. */
  hashAt(seq: number): Sha256 | undefined;
  /** Trusted time of the last entry; `undefined` before the first. */
  lastEntryAt(): Instant | undefined;
  totals(): ChainTotals;
  /** What the money entries up to `seq` add up to. */
  totalsAt(seq: number): ChainTotals;
  /** Orders of a raffle event, and those the central has not acknowledged. */
  orderCounts(raffleEventId: RaffleEventId): {
    readonly orderCount: number;
    readonly unsentOrderCount: number;
    readonly unsentValueMinor: number;
    readonly underReviewCount: number;
  };
}
