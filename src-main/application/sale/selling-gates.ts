import type { ClockStanding } from '#main/application/clock/trusted-time.ts';
import type { DeviceRow, OperatorRow, RaffleEventRow } from '#main/ports/terminal-rows.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import type { PrinterStanding, Session } from '#shared/contract/terminal/snapshot.ts';
import {
  limitPassedBy,
  type OfflineLimit,
  type OfflineUse,
} from '#shared/domain/offline-limits.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** Free disk space below which nothing is sold: the journal and its copy must always fit. */
const FEWEST_FREE_BYTES = 64 * 1024 * 1024;

/** Everything that decides whether this till may sell now, numbers aside. */
export interface SellingFacts {
  readonly at: Instant;
  readonly isOutOfService: boolean;
  readonly device: Pick<DeviceRow, 'deviceState'> | undefined;
  readonly session: Session;
  readonly seller: OperatorRow | undefined;
  readonly raffleEvent: RaffleEventRow | undefined;
  readonly clock: ClockStanding;
  readonly isComparingHeads: boolean;
  readonly isConfigurationAccepted: boolean;
  readonly hasSecondCopyFailed: boolean;
  readonly freeBytes: number;
  readonly isOnline: boolean;
  /** Null where selling without the central is not allowed. */
  readonly offlineUse: OfflineUse | null;
  readonly printer: PrinterStanding;
  /** Tickets in question or parked. */
  readonly unsettledTickets: number;
  /** The sale to be made; nothing while only looking. */
  readonly wanted: { readonly orders: number; readonly valueMinor: number };
}

type Gate = (facts: SellingFacts) => Failure | undefined;

/** The gates that stand whoever is signed in, in the order in which they are told. */
const GATES_OF_TILL: readonly Gate[] = [
  checkService,
  checkEnrolment,
  checkRaffleEventChosen,
  checkClock,
  checkRaffleEventOpen,
  checkHeads,
  checkConfiguration,
  checkSecondCopy,
  checkDisk,
  checkOffline,
  checkPrinter,
  checkUnsettledTickets,
];

/** The same, with the seller where a seller's turn comes. */
const GATES: readonly Gate[] = [checkService, checkEnrolment, checkSeller, ...GATES_OF_TILL];

/** The first reason why this till may not sell now; `undefined` if selling is open. */
export function findSaleRefusal(facts: SellingFacts): Failure | undefined {
  return firstOf(GATES, facts);
}

/** The same whoever is signed in: what the screen says of the till itself. */
export function findTillRefusal(facts: SellingFacts): Failure | undefined {
  return firstOf(GATES_OF_TILL, facts);
}

function firstOf(gates: readonly Gate[], facts: SellingFacts): Failure | undefined {
  for (const gate of gates) {
    const refusal = gate(facts);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function checkService({ isOutOfService }: SellingFacts): Failure | undefined {
  return isOutOfService ? failure('terminal.out-of-service') : undefined;
}

function checkEnrolment({ device }: SellingFacts): Failure | undefined {
  if (device === undefined) return failure('terminal.not-enrolled');
  if (device.deviceState === 'enabled') return undefined;
  return failure('terminal.disabled', { deviceState: device.deviceState });
}

function checkSeller({ session, seller, at }: SellingFacts): Failure | undefined {
  if (session.kind === 'signed-out') return failure('session.required');
  if (session.kind === 'locked') return failure('session.locked');
  if (seller === undefined || !seller.operator.isEnabled) return failure('operator.disabled');
  const { expiresAt } = seller.operator;
  return expiresAt !== null && expiresAt <= at ? failure('operator.expired') : undefined;
}

function checkRaffleEventChosen({ raffleEvent }: SellingFacts): Failure | undefined {
  return raffleEvent === undefined ? failure('raffle-event.none-chosen') : undefined;
}

function checkClock({ clock }: SellingFacts): Failure | undefined {
  if (clock.isTrusted) return undefined;
  const code = clock.doubt === 'not-confirmed' ? 'clock.not-confirmed' : 'clock.in-doubt';
  return failure(code, { notBefore: clock.notBefore });
}

/** Ended at this till is final, whatever the raffle event's state says later (GLI-31 2.6.2). */
function checkRaffleEventOpen({ raffleEvent, at }: SellingFacts): Failure | undefined {
  if (raffleEvent === undefined) return undefined;
  const { state, salesStart, salesEnd } = raffleEvent.raffleEvent;
  if (state === 'cancelled') return failure('raffle-event.cancelled');
  if (raffleEvent.endedAt !== null || state === 'closed' || salesEnd <= at) {
    return failure('raffle-event.closed', { salesEnd });
  }
  if (state === 'suspended') return failure('raffle-event.suspended');
  if (state === 'created' || at < salesStart) {
    return failure('raffle-event.not-open-yet', { salesStart });
  }
  return undefined;
}

function checkHeads({ isComparingHeads }: SellingFacts): Failure | undefined {
  return isComparingHeads ? failure('terminal.comparing-heads') : undefined;
}

function checkConfiguration({ isConfigurationAccepted }: SellingFacts): Failure | undefined {
  return isConfigurationAccepted ? undefined : failure('terminal.configuration-changed');
}

function checkSecondCopy({ hasSecondCopyFailed, raffleEvent }: SellingFacts): Failure | undefined {
  const maySell = raffleEvent?.raffleEvent.profile.sellsWithoutSecondCopy ?? false;
  return hasSecondCopyFailed && !maySell ? failure('journal.second-copy-failed') : undefined;
}

function checkDisk({ freeBytes }: SellingFacts): Failure | undefined {
  return freeBytes < FEWEST_FREE_BYTES ? failure('disk.full', { freeBytes }) : undefined;
}

const LIMIT_CODES = {
  orders: 'offline.order-limit',
  valueMinor: 'offline.value-limit',
  hours: 'offline.hour-limit',
} as const satisfies Readonly<Record<OfflineLimit, string>>;

/** On line too, a till that reached its limit goes on only when its sales are uploaded. */
function checkOffline({ isOnline, offlineUse, wanted }: SellingFacts): Failure | undefined {
  if (offlineUse === null) return isOnline ? undefined : failure('offline.not-allowed');
  const limit = limitPassedBy(offlineUse, wanted);
  return limit === undefined ? undefined : failure(LIMIT_CODES[limit], { ...offlineUse[limit] });
}

function checkPrinter({ printer }: SellingFacts): Failure | undefined {
  if (printer.isReady) return undefined;
  return failure('printer.not-ready', { condition: printer.condition, unit: printer.unit });
}

function checkUnsettledTickets({
  unsettledTickets,
  raffleEvent,
}: SellingFacts): Failure | undefined {
  const maximum = raffleEvent?.raffleEvent.profile.maximumParkedTickets ?? 0;
  if (unsettledTickets <= maximum) return undefined;
  return failure('ticket.too-many-unsettled', { count: unsettledTickets, maximum });
}
