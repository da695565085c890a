import type { Selling, Snapshot, SyncStanding } from '#shared/contract/terminal/snapshot.ts';
import { epochOf } from '#shared/kernel/instant.ts';
import { money } from '#shared/kernel/money.ts';
import { countedPackage } from '../../stores/counted-package.ts';
import { currencyOf } from '../../stores/selling-currency.ts';
import { asSentence } from '../../text/as-sentence.ts';
import { failureText } from '../../text/failure-text.ts';
import { formatMoney } from '../../text/format-money.ts';
import { countOf, formatCount } from '../../text/format-numbers.ts';
import {
  formatCountdown,
  formatDayAndTime,
  formatSpan,
  formatTimeOfDay,
} from '../../text/format-time.ts';
import { PRINTER_WORDS } from '../../text/printer-words.ts';
import { RAFFLE_STATE_WORDS } from '../../text/raffle-state-words.ts';
import { ROLE_WORDS } from '../../text/role-words.ts';

/** Facts that belong together on the status page. */
export interface StatusSection {
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

/** The status page, section by section. `nowMs` is the terminal's trusted time. */
export function statusSections(
  snapshot: Snapshot,
  nowMs: number,
  timeZone: string,
): readonly StatusSection[] {
  return [
    tillSection(snapshot),
    ...(snapshot.selling === null ? [] : [raffleSection(snapshot.selling, nowMs, timeZone)]),
    ...(snapshot.sync === null ? [] : [sendingSection(snapshot.sync, snapshot.selling, timeZone)]),
    printerSection(snapshot),
    storageSection(snapshot),
    clockSection(snapshot, nowMs, timeZone),
  ];
}

function tillSection({ terminal, session, software }: Snapshot): StatusSection {
  return {
    title: 'This till',
    facts: [
      { label: 'Till', value: terminal?.rsuName ?? 'Not set up' },
      { label: 'Venue', value: terminal?.venueName ?? 'Not set up' },
      {
        label: 'Signed in',
        value:
          session.kind === 'signed-out'
            ? 'Nobody'
            : `${session.displayName} (${ROLE_WORDS[session.role]})`,
      },
      { label: 'Program', value: software.version },
      { label: 'Program checksum', value: software.checksum },
    ],
  };
}

function raffleSection(selling: Selling, nowMs: number, timeZone: string): StatusSection {
  const { name, eventIdentifier, state, salesStart, salesEnd, jackpot } = selling;
  return {
    title: 'Raffle',
    facts: [
      { label: 'Name', value: `${name} (${eventIdentifier})` },
      {
        label: 'State',
        value: asSentence(selling.hasEnded ? 'closed' : RAFFLE_STATE_WORDS[state]),
      },
      {
        label: 'Sales',
        value: formatSpan(salesStart, salesEnd, timeZone),
      },
      { label: 'Closes in', value: formatCountdown(epochOf(salesEnd) - nowMs) },
      {
        label: 'Prize',
        value:
          jackpot === null
            ? 'Not known'
            : `${formatMoney(money(jackpot.prizeMinor, jackpot.currency))} at ${formatTimeOfDay(jackpot.knownAt, timeZone)}`,
      },
      { label: 'Numbers left', value: formatCount(selling.numbersLeft) },
      { label: 'Sales left', value: salesLeftWords(selling) },
    ],
  };
}

function salesLeftWords(selling: Selling): string {
  const counted = countedPackage(selling);
  const count = formatCount(selling.salesLeft);
  if (counted === undefined) return count;
  return `${count} of ${countOf(counted.numberCount, 'number')} at ${formatMoney(counted.price)}`;
}

function sendingSection(
  sync: SyncStanding,
  selling: Selling | null,
  timeZone: string,
): StatusSection {
  return {
    title: 'Sending',
    facts: [
      { label: 'Connection', value: sync.isOnline ? 'Connected' : 'No connection' },
      {
        label: 'Last contact',
        value:
          sync.lastContactAt === null ? 'Never' : formatDayAndTime(sync.lastContactAt, timeZone),
      },
      {
        label: 'Sales sent',
        value: `${formatCount(sync.sentOrderCount)} of ${formatCount(sync.orderCount)}`,
      },
      { label: 'Under review', value: formatCount(sync.underReviewCount) },
      { label: 'Records waiting', value: formatCount(sync.unsentEntryCount) },
      { label: 'All sent and compared', value: sync.isAllSent ? 'Yes' : 'Not yet' },
      ...(sync.problem === null
        ? []
        : [{ label: 'Problem', value: problemOf(sync.problem, timeZone) }]),
      ...offlineFacts(sync, selling),
    ],
  };
}

function problemOf(problem: NonNullable<SyncStanding['problem']>, timeZone: string): string {
  const { what, action } = failureText(problem, { timeZone });
  return `${what}. ${action}`;
}

function offlineFacts(
  { offlineUse }: SyncStanding,
  selling: Selling | null,
): StatusSection['facts'] {
  if (offlineUse === null) return [];
  const { orders, valueMinor, hours } = offlineUse;
  const amount = (minor: number): string =>
    selling === null ? formatCount(minor) : formatMoney(money(minor, currencyOf(selling)));
  return [
    {
      label: 'Without connection: sales',
      value: `${formatCount(orders.used)} of ${formatCount(orders.maximum)}`,
    },
    {
      label: 'Without connection: money',
      value: `${amount(valueMinor.used)} of ${amount(valueMinor.maximum)}`,
    },
    {
      label: 'Without connection: time',
      value: `${hours.used.toFixed(1)} of ${countOf(hours.maximum, 'hour')}`,
    },
  ];
}

function printerSection({ printer, openTickets }: Snapshot): StatusSection {
  const { name, action } = PRINTER_WORDS[printer.condition];
  return {
    title: 'Printer',
    facts: [
      { label: 'Printer', value: printer.unit },
      { label: 'State', value: action === null ? name : `${name}: ${action}` },
      { label: 'Tickets to look at', value: formatCount(openTickets.length) },
    ],
  };
}

const SECOND_COPY_WORDS = {
  flushed: 'Saved',
  'same-disk': 'Saved, but on the same disk',
  failed: 'Failed: tell the technician',
} as const satisfies Readonly<Record<Snapshot['secondJournal']['state'], string>>;

function storageSection({ secondJournal, disk }: Snapshot): StatusSection {
  const gigabytes = (disk.freeBytes / 1e9).toFixed(1);
  return {
    title: 'Storage',
    facts: [
      { label: 'Second copy', value: SECOND_COPY_WORDS[secondJournal.state] },
      { label: 'Its place', value: secondJournal.path },
      { label: 'Free space', value: `${gigabytes} GB${disk.isLow ? ', low' : ''}` },
    ],
  };
}

function clockSection({ clock }: Snapshot, nowMs: number, timeZone: string): StatusSection {
  return {
    title: 'Clock',
    facts: [
      { label: 'Time', value: formatDayAndTime(nowMs, timeZone) },
      { label: 'Time zone', value: timeZone },
      { label: 'Trusted', value: clock.isTrusted ? 'Yes' : 'No' },
      {
        label: 'Computer clock off by',
        value: clock.offsetMs === null ? 'Not known' : `${(clock.offsetMs / 1000).toFixed(1)} s`,
      },
    ],
  };
}
