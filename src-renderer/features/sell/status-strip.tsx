import {
  Clock,
  CloudCheck,
  CloudOff,
  CloudUpload,
  Printer,
  Ticket,
  Trophy,
  User,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Selling, Snapshot } from '#shared/contract/terminal/snapshot.ts';
import { epochOf } from '#shared/kernel/instant.ts';
import { money } from '#shared/kernel/money.ts';
import { MoneyText } from '../../components/money-text.tsx';
import { type FieldTone, StatusField } from '../../components/status-field.tsx';
import { countedPackage } from '../../stores/counted-package.ts';
import { useSnapshot, useStores } from '../../stores/store-context.tsx';
import { useTerminalTime } from '../../stores/use-terminal-time.ts';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { formatMoney } from '../../text/format-money.ts';
import { formatCount } from '../../text/format-numbers.ts';
import { formatCountdown, formatTimeOfDay } from '../../text/format-time.ts';
import { PRINTER_WORDS } from '../../text/printer-words.ts';
import { prizeAge } from '../../text/prize-age.ts';
import { syncWords } from '../../text/sync-words.ts';
import { closingTone } from './notices.ts';

/** What is always in sight. A tap on any field opens the status page. */
export function StatusStrip(): ReactNode {
  const snapshot = useSnapshot();
  const { navigation } = useStores();
  const openStatus = (): void => navigation.setState({ page: { kind: 'status' } });
  return (
    <section className="status-strip" aria-label="Status">
      <WhoField snapshot={snapshot} onPress={openStatus} />
      {snapshot.selling === null ? null : (
        <>
          <PrizeField selling={snapshot.selling} onPress={openStatus} />
          <ClosingField selling={snapshot.selling} onPress={openStatus} />
        </>
      )}
      <SyncField snapshot={snapshot} onPress={openStatus} />
      <PrinterField snapshot={snapshot} onPress={openStatus} />
      {snapshot.selling === null ? null : (
        <SalesLeftField selling={snapshot.selling} onPress={openStatus} />
      )}
    </section>
  );
}

interface FieldProps {
  readonly onPress: () => void;
}

function WhoField({ snapshot, onPress }: FieldProps & { readonly snapshot: Snapshot }): ReactNode {
  const { session, terminal } = snapshot;
  return (
    <StatusField
      area="who"
      label={terminal?.rsuName ?? 'Till'}
      value={session.kind === 'signed-out' ? 'Nobody' : session.displayName}
      icon={User}
      tone="quiet"
      onPress={onPress}
    />
  );
}

function PrizeField({ selling, onPress }: FieldProps & { readonly selling: Selling }): ReactNode {
  const nowMs = useTerminalTime();
  const timeZone = useTimeZone();
  const { jackpot } = selling;
  const age = jackpot === null ? 'hidden' : prizeAge(epochOf(jackpot.knownAt), nowMs);
  if (jackpot === null || age === 'hidden') {
    return (
      <StatusField
        area="prize"
        label="Prize now"
        value="Not known"
        icon={Trophy}
        tone="faded"
        onPress={onPress}
      />
    );
  }
  return (
    <StatusField
      area="prize"
      label={`Prize at ${formatTimeOfDay(jackpot.knownAt, timeZone)}`}
      value={<MoneyText amount={money(jackpot.prizeMinor, jackpot.currency)} />}
      icon={Trophy}
      tone={age === 'old' ? 'faded' : 'quiet'}
      onPress={onPress}
    />
  );
}

function ClosingField({ selling, onPress }: FieldProps & { readonly selling: Selling }): ReactNode {
  const nowMs = useTerminalTime();
  const timeZone = useTimeZone();
  const leftMs = epochOf(selling.salesEnd) - nowMs;
  const tone = closingTone(leftMs);
  return (
    <StatusField
      area="closing"
      label={`Closes ${formatTimeOfDay(selling.salesEnd, timeZone)}`}
      value={selling.hasEnded ? 'Closed' : formatCountdown(leftMs)}
      icon={Clock}
      tone={tone === null || tone === 'info' ? 'quiet' : tone}
      onPress={onPress}
    />
  );
}

function SyncField({ snapshot, onPress }: FieldProps & { readonly snapshot: Snapshot }): ReactNode {
  const { sync } = snapshot;
  if (sync === null) return null;
  const { tone, text } = syncWords(sync);
  const tones = { good: 'quiet', busy: 'busy', warning: 'warning' } as const;
  const icons = { good: CloudCheck, busy: CloudUpload, warning: CloudOff } as const;
  return (
    <StatusField
      area="sync"
      label={
        sync.underReviewCount > 0 ? `${formatCount(sync.underReviewCount)} under review` : 'Sales'
      }
      value={text}
      icon={icons[tone]}
      tone={tones[tone]}
      onPress={onPress}
    />
  );
}

function PrinterField({
  snapshot,
  onPress,
}: FieldProps & { readonly snapshot: Snapshot }): ReactNode {
  const { condition, isReady } = snapshot.printer;
  const tone: FieldTone = isReady ? (condition === 'ready' ? 'quiet' : 'warning') : 'danger';
  return (
    <StatusField
      area="printer"
      label="Printer"
      value={PRINTER_WORDS[condition].name}
      icon={Printer}
      tone={tone}
      onPress={onPress}
    />
  );
}

function SalesLeftField({
  selling,
  onPress,
}: FieldProps & { readonly selling: Selling }): ReactNode {
  const { salesLeft, isLowOnNumbers } = selling;
  const counted = countedPackage(selling);
  return (
    <StatusField
      area="left"
      label={counted === undefined ? 'Sales left' : `${formatMoney(counted.price)} sales left`}
      value={formatCount(salesLeft)}
      icon={Ticket}
      tone={salesLeft === 0 ? 'danger' : isLowOnNumbers ? 'warning' : 'quiet'}
      onPress={onPress}
    />
  );
}
