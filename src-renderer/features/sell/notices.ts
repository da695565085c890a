import type { Selling, Snapshot, SyncStanding } from '#shared/contract/terminal/snapshot.ts';
import { epochOf } from '#shared/kernel/instant.ts';
import { money } from '#shared/kernel/money.ts';
import { countedPackage } from '../../stores/counted-package.ts';
import { currencyOf } from '../../stores/selling-currency.ts';
import { type FailureSetting, failureText } from '../../text/failure-text.ts';
import { formatMoney } from '../../text/format-money.ts';
import { countOf, formatCount } from '../../text/format-numbers.ts';
import { formatCountdown } from '../../text/format-time.ts';
import { inSentence } from '../../text/in-sentence.ts';
import { PRINTER_WORDS } from '../../text/printer-words.ts';

/** A message on the strip above the packages. */
export interface Notice {
  readonly tone: 'info' | 'warning' | 'danger';
  readonly text: string;
  /** Where a tap on the strip leads; null if there is nothing to do there. */
  readonly leadsTo: 'parked-tickets' | 'status' | null;
}

const MINUTE = 60_000;

/** Before the end of sales: from 10 minutes as information, from 5 as a warning, the last in red. */
export function closingTone(leftMs: number): Notice['tone'] | null {
  if (leftMs > 10 * MINUTE || leftMs <= 0) return null;
  if (leftMs > 5 * MINUTE) return 'info';
  return leftMs > MINUTE ? 'warning' : 'danger';
}

/**
 * Everything that the seller should know now, the most urgent first. One strip shows one notice.
 *
 * `nowMs` is the terminal's trusted time.
 */
export function noticesOf(
  snapshot: Snapshot,
  nowMs: number,
  setting: FailureSetting,
): readonly Notice[] {
  const { selling } = snapshot;
  return [
    ...(selling === null ? [] : refusalNotice(selling, snapshot, setting)),
    ...(selling === null ? [] : closingNotice(selling, nowMs)),
    ...parkedNotice(snapshot),
    ...(snapshot.sync === null ? [] : syncNotices(snapshot.sync, selling, setting)),
    ...printerNotice(snapshot),
    ...(selling?.isLowOnNumbers === true ? [lowNumbers(selling)] : []),
    ...storageNotices(snapshot),
  ];
}

function refusalNotice(
  { refusal }: Selling,
  { printer }: Snapshot,
  setting: FailureSetting,
): readonly Notice[] {
  if (refusal === null) return [];
  if (refusal.code === 'printer.not-ready') {
    const { name, action } = PRINTER_WORDS[printer.condition];
    return [warning('danger', `${name}: ${inSentence(action ?? 'look at the printer')}`)];
  }
  const { what, why, action } = failureText(refusal, setting);
  const leadsTo = refusal.code === 'ticket.too-many-unsettled' ? 'parked-tickets' : null;
  return [{ tone: 'danger', text: `${what}. ${why} ${action}`, leadsTo }];
}

function closingNotice({ salesEnd }: Selling, nowMs: number): readonly Notice[] {
  const leftMs = epochOf(salesEnd) - nowMs;
  const tone = closingTone(leftMs);
  return tone === null ? [] : [warning(tone, `Sales close in ${formatCountdown(leftMs)}`)];
}

function parkedNotice({ openTickets }: Snapshot): readonly Notice[] {
  const parked = openTickets.filter(({ state }) => state === 'parked').length;
  if (parked === 0) return [];
  const text = `${countOf(parked, 'ticket')} set aside: call a supervisor`;
  return [{ tone: 'warning', text, leadsTo: 'parked-tickets' }];
}

function syncNotices(
  sync: SyncStanding,
  selling: Selling | null,
  setting: FailureSetting,
): readonly Notice[] {
  const problem =
    sync.problem === null || sync.problem.code === 'central.unreachable'
      ? []
      : [syncProblem(failureText(sync.problem, setting).what)];
  return [...offlineNotice(sync, selling), ...problem];
}

function syncProblem(text: string): Notice {
  return { tone: 'warning', text, leadsTo: 'status' };
}

function offlineNotice(sync: SyncStanding, selling: Selling | null): readonly Notice[] {
  const use = sync.offlineUse;
  if (use === null) return [];
  const text = `No connection: ${closestLimit(use, selling)}`;
  return [{ tone: use.isNearLimit ? 'warning' : 'info', text, leadsTo: 'status' }];
}

/** The limit of selling without a connection that will be reached first, in its own unit. */
function closestLimit(
  { orders, valueMinor, hours }: NonNullable<SyncStanding['offlineUse']>,
  selling: Selling | null,
): string {
  const share = (limit: { used: number; maximum: number }): number => limit.used / limit.maximum;
  const highest = Math.max(share(orders), share(valueMinor), share(hours));
  if (selling !== null && share(valueMinor) === highest && highest > 0) {
    const currency = currencyOf(selling);
    const used = formatMoney(money(valueMinor.used, currency));
    return `${used} of ${formatMoney(money(valueMinor.maximum, currency))} used`;
  }
  if (share(hours) === highest && highest > share(orders)) {
    return `${formatCount(Math.floor(hours.used * 10) / 10)} of ${countOf(hours.maximum, 'hour')} used`;
  }
  return `${formatCount(orders.used)} of ${countOf(orders.maximum, 'sale')} used`;
}

function printerNotice({ printer, selling }: Snapshot): readonly Notice[] {
  const { name, action } = PRINTER_WORDS[printer.condition];
  if (action === null || selling?.refusal?.code === 'printer.not-ready') return [];
  return [warning(printer.isReady ? 'warning' : 'danger', `${name}: ${inSentence(action)}`)];
}

function lowNumbers(selling: Selling): Notice {
  const { salesLeft } = selling;
  if (salesLeft === 0) {
    return warning('danger', 'No numbers left. Stay on Wi-Fi: new ones come by themselves');
  }
  const counted = countedPackage(selling);
  const size = counted === undefined ? '' : ` of ${countOf(counted.numberCount, 'number')}`;
  return warning('warning', `Few numbers left: about ${countOf(salesLeft, 'sale')}${size}`);
}

function storageNotices({ disk, secondJournal }: Snapshot): readonly Notice[] {
  return [
    ...(secondJournal.state === 'failed'
      ? [warning('danger', 'The second copy of the sales fails: tell the technician')]
      : []),
    ...(disk.isLow ? [warning('warning', 'The till is nearly full: tell the technician')] : []),
  ];
}

function warning(tone: Notice['tone'], text: string): Notice {
  return { tone, text, leadsTo: 'status' };
}
