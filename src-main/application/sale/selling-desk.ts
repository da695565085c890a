import type { TrustedTime } from '#main/application/clock/trusted-time.ts';
import type { SessionKeeper } from '#main/application/session/session-keeper.ts';
import type { DiskSpace } from '#main/ports/disk-space.ts';
import type { ReceiptPrinter } from '#main/ports/receipt-printer.ts';
import type { TerminalNotesView } from '#main/ports/terminal-notes.ts';
import type { RaffleEventRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import type { Failure } from '#shared/contract/failures.ts';
import { type OfflineUse, offlineUseOf } from '#shared/domain/offline-limits.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import { type Instant, millisecondsBetween } from '#shared/kernel/instant.ts';
import { findSaleRefusal, findTillRefusal, type SellingFacts } from './selling-gates.ts';

/** What the till keeps, as seen at one moment: inside a commit or outside. */
export interface View {
  readonly at: Instant;
  readonly rows: TerminalRows;
  readonly notes: TerminalNotesView;
}

/** Knows whether this till may sell. */
export interface SellingDesk {
  /** The raffle event that is sold here; `undefined` if none is chosen. */
  raffleEvent(rows: TerminalRows): RaffleEventRow | undefined;
  /** Why the person who is signed in may not make this sale; `undefined` if they may. */
  saleRefusal(view: View, wanted: SellingFacts['wanted']): Failure | undefined;
  /** Why nobody may sell here; `undefined` if selling is open. */
  tillRefusal(view: View): Failure | undefined;
  /** How much of the limits without the central is used; null where there are none. */
  offlineUse(view: View): OfflineUse | null;
}

/** What a selling desk looks at besides the rows. */
export interface SellingDeskDependencies {
  readonly session: SessionKeeper;
  readonly time: Pick<TrustedTime, 'standing'>;
  readonly printer: Pick<ReceiptPrinter, 'standing'>;
  readonly diskSpace: DiskSpace;
  readonly configurationHash: Sha256;
  isOutOfService(): boolean;
  isComparingHeads(): boolean;
  hasSecondCopyFailed(): boolean;
  isOnline(): boolean;
  countUnsettledTickets(rows: TerminalRows): number;
}

const MS_PER_HOUR = 3_600_000;
const NOTHING_WANTED = { orders: 0, valueMinor: 0 };

/** Makes the selling desk of a till. */
export function createSellingDesk(dependencies: SellingDeskDependencies): SellingDesk {
  const factsOf = (view: View, wanted: SellingFacts['wanted']): SellingFacts => {
    const { rows, at } = view;
    const device = rows.device();
    const operatorId = dependencies.session.operatorId();
    const acceptedHash = device?.configurationHash ?? dependencies.configurationHash;
    return {
      at,
      wanted,
      device,
      isOutOfService: dependencies.isOutOfService(),
      session: dependencies.session.current(),
      seller: operatorId === null ? undefined : rows.operator(operatorId),
      raffleEvent: chosenRaffleEvent(rows),
      clock: dependencies.time.standing(),
      isComparingHeads: dependencies.isComparingHeads(),
      isConfigurationAccepted: acceptedHash === dependencies.configurationHash,
      hasSecondCopyFailed: dependencies.hasSecondCopyFailed(),
      freeBytes: dependencies.diskSpace.freeBytes(),
      isOnline: dependencies.isOnline(),
      offlineUse: offlineUseAt(view, dependencies.isOnline()),
      printer: dependencies.printer.standing(),
      unsettledTickets: dependencies.countUnsettledTickets(rows),
    };
  };
  return {
    raffleEvent: chosenRaffleEvent,
    saleRefusal: (view, wanted) => findSaleRefusal(factsOf(view, wanted)),
    tillRefusal: (view) => findTillRefusal(factsOf(view, NOTHING_WANTED)),
    offlineUse: (view) => offlineUseAt(view, dependencies.isOnline()),
  };
}

function chosenRaffleEvent(rows: TerminalRows): RaffleEventRow | undefined {
  const chosen = rows.device()?.chosenRaffleEventId ?? null;
  return chosen === null ? undefined : rows.raffleEvent(chosen);
}

function offlineUseAt({ rows, notes, at }: View, isOnline: boolean): OfflineUse | null {
  const row = chosenRaffleEvent(rows);
  const offline = row?.raffleEvent.profile.offline;
  if (row === undefined || offline?.isAllowed !== true) return null;
  const { unsentOrderCount, unsentValueMinor } = rows.orderCounts(row.raffleEvent.raffleEventId);
  return offlineUseOf(offline, {
    orders: unsentOrderCount,
    valueMinor: unsentValueMinor,
    msSinceContact: isOnline
      ? 0
      : msSince(notes.sync().lastContactAt, at, offline.maximumHours * MS_PER_HOUR),
  });
}

/** A till that never heard of the central has used up its time without it. */
function msSince(contact: Instant | null, at: Instant, otherwise: number): number {
  return contact === null ? otherwise : Math.max(0, millisecondsBetween(contact, at));
}
