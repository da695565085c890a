import type { Connection } from '#main/application/central/connection.ts';
import type { ClockStanding } from '#main/application/clock/trusted-time.ts';
import { saleReceiptOf } from '#main/application/sale/sale-receipt.ts';
import type { View } from '#main/application/sale/selling-desk.ts';
import type { OrderRow } from '#main/ports/terminal-rows.ts';
import type { Failure } from '#shared/contract/failures.ts';
import type { Software } from '#shared/contract/journal/terminal-entries.ts';
import type { Jackpot } from '#shared/contract/mirror/raffle-event.ts';
import type {
  OpenTicket,
  Phase,
  PrinterStanding,
  SaleReceipt,
  Session,
  Snapshot,
  TicketProgress,
} from '#shared/contract/terminal/snapshot.ts';
import type { OfflineUse } from '#shared/domain/offline-limits.ts';
import type { CheckoutId } from '#shared/kernel/ids.ts';
import { describeSelling } from './describe-selling.ts';
import { describeSync } from './describe-sync.ts';
import { isDiskLow } from './watch-disk.ts';

/** All that a snapshot is made of: what is kept, and what only this run knows. */
export interface SnapshotSources {
  readonly view: View;
  readonly phase: Phase;
  readonly session: Session;
  readonly software: Software;
  readonly demo: Snapshot['demo'];
  readonly clock: ClockStanding;
  readonly offsetMs: number | null;
  readonly connection: Pick<Connection, 'isOnline' | 'problem'>;
  readonly alarm: Failure | null;
  readonly tillRefusal: Failure | undefined;
  readonly offlineUse: OfflineUse | null;
  readonly jackpot: Jackpot | null;
  readonly lastSale: CheckoutId | undefined;
  readonly openTickets: readonly OpenTicket[];
  readonly printer: PrinterStanding;
  readonly secondJournal: Snapshot['secondJournal'];
  readonly freeBytes: number;
  progressOf(order: OrderRow): TicketProgress;
}

/** Everything the screen shows at one moment. */
export function assembleSnapshot(sources: SnapshotSources, revision: number): Snapshot {
  const { view, clock, session } = sources;
  const { rows, at } = view;
  const chosen = rows.device()?.chosenRaffleEventId ?? null;
  const row = chosen === null ? undefined : rows.raffleEvent(chosen);
  const selling = { view, refusal: sources.tillRefusal, jackpot: sources.jackpot };
  return {
    revision,
    phase: sources.phase,
    software: sources.software,
    demo: sources.demo,
    now: at,
    clock: {
      isTrusted: clock.isTrusted,
      doubt: clock.isTrusted ? null : clock.doubt,
      notBefore: clock.isTrusted ? null : clock.notBefore,
      notAfter: clock.isTrusted ? null : clock.notAfter,
      offsetMs: sources.offsetMs,
    },
    terminal: describeTerminal(view),
    session,
    selling: row === undefined ? null : describeSelling(row, selling),
    checkout: describeCheckout(view, session),
    lastSale: describeLastSale(sources),
    openTickets: [...sources.openTickets],
    sync: describeSync(sources),
    printer: sources.printer,
    secondJournal: sources.secondJournal,
    disk: { freeBytes: sources.freeBytes, isLow: isDiskLow(sources.freeBytes) },
  };
}

function describeTerminal({ rows }: View): Snapshot['terminal'] {
  const device = rows.device();
  if (device === undefined) return null;
  const mirror = rows.mirror();
  return {
    rsuName: mirror?.rsu.name ?? device.rsuName,
    organisationName: mirror?.organisation.name ?? '',
    venueName: mirror?.venue.name ?? '',
    timeZone: mirror?.venue.timeZone ?? 'UTC',
    centralUrl: device.centralUrl,
  };
}

/** For the seller who fills it only: after a restart the next one starts with none. */
function describeCheckout({ notes }: View, session: Session): Snapshot['checkout'] {
  const draft = notes.draft();
  const isOwn = session.kind !== 'signed-out' && session.operatorId === draft?.operatorId;
  return draft === undefined || !isOwn
    ? null
    : { checkoutId: draft.checkoutId, lines: draft.lines };
}

/** For the seller who made it only: the next one has nothing to do with that customer. */
function describeLastSale(sources: SnapshotSources): SaleReceipt | null {
  const { view, session, lastSale, progressOf } = sources;
  const checkout = lastSale === undefined ? undefined : view.rows.checkout(lastSale);
  const isOwn = session.kind !== 'signed-out' && session.operatorId === checkout?.operatorId;
  return checkout === undefined || !isOwn ? null : saleReceiptOf(checkout, view.rows, progressOf);
}
