import { CircleCheck, CircleX, Clock, TicketX } from 'lucide-react';
import type { ReactNode } from 'react';
import { epochOf } from '#shared/kernel/instant.ts';
import { Callout } from '../../components/callout.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Wordmark } from '../../components/wordmark.tsx';
import { useSnapshot } from '../../stores/store-context.tsx';
import { useTerminalTime } from '../../stores/use-terminal-time.ts';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { countOf } from '../../text/format-numbers.ts';
import { formatCountdown, formatTimeOfDay } from '../../text/format-time.ts';
import { syncWords } from '../../text/sync-words.ts';
import { PrinterCallout } from '../tickets/printer-callout.tsx';
import { DemoPins } from './demo-pins.tsx';

/** What the till sells for, and what the next person at it should know. */
export function SignInAside(): ReactNode {
  const { terminal, selling, openTickets, printer, sync } = useSnapshot();
  return (
    <aside className="sign-in-aside" aria-label="This till">
      <Wordmark />
      <div className="sign-in-raffle">
        <p className="sign-in-name">{selling?.name}</p>
        <p>
          {terminal?.venueName}
          <br />
          {terminal?.rsuName} · {terminal?.organisationName}
        </p>
      </div>
      <SalesState />
      {openTickets.length === 0 ? null : (
        <Callout tone="warning" icon={TicketX}>
          <strong>{countOf(openTickets.length, 'ticket')} to look at.</strong> Sign in to answer.
        </Callout>
      )}
      {printer.isReady ? null : <PrinterCallout />}
      {sync === null || sync.orderCount === 0 ? null : (
        <p className="sign-in-sync">{syncWords(sync).text}</p>
      )}
      <DemoPins />
    </aside>
  );
}

/** Whether selling is open; when not, why and until when. */
function SalesState(): ReactNode {
  const { selling } = useSnapshot();
  const nowMs = useTerminalTime();
  const timeZone = useTimeZone();
  if (selling === null) return null;
  if (selling.hasEnded) {
    return (
      <Callout tone="danger" icon={CircleX}>
        <strong>Sales closed.</strong> Go to the cash desk.
      </Callout>
    );
  }
  if (selling.refusal?.code === 'raffle-event.not-open-yet') {
    return (
      <Callout tone="info" icon={Clock}>
        <strong>Not open yet.</strong> Sales open at {formatTimeOfDay(selling.salesStart, timeZone)}
        , in {formatCountdown(epochOf(selling.salesStart) - nowMs)}.
      </Callout>
    );
  }
  if (selling.refusal !== null && selling.refusal.code !== 'printer.not-ready') {
    return <FailureNotice failure={selling.refusal} />;
  }
  return (
    <Callout tone="good" icon={CircleCheck}>
      <strong>Sales are open</strong> until {formatTimeOfDay(selling.salesEnd, timeZone)}.
    </Callout>
  );
}
