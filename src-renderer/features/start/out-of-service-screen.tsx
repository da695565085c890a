import { OctagonX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import { Screen } from '../../components/screen.tsx';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { formatDayAndTime } from '../../text/format-time.ts';
import { GUIDES } from '../../text/guides.ts';
import { DiagnosticsFacts } from '../status/diagnostics-facts.tsx';
import { useDiagnostics } from '../status/use-diagnostics.ts';
import { StartOverActions, StartOverQuestion } from './start-over.tsx';
import { useStartingOver } from './use-starting-over.ts';

type OutOfService = Extract<Snapshot['phase'], { kind: 'out-of-service' }>;

/** The till has ceased to function (GLI-31 3.4.4): it shows why, and saves what it has. */
export function OutOfServiceScreen({ phase }: { readonly phase: OutOfService }): ReactNode {
  const timeZone = useTimeZone();
  const diagnostics = useDiagnostics();
  const startingOver = useStartingOver();
  const isOffered = phase.canStartOver === true;
  return (
    <Screen
      title="Out of service"
      icon={OctagonX}
      tone="danger"
      guide={GUIDES.outOfService}
      isForReading
      actions={<StartOverActions {...{ diagnostics, startingOver, isOffered }} />}
    >
      <p className="screen-lead">
        Do not sell on this till. Take another one, and call the technician.
      </p>
      {isOffered && startingOver.isAsking ? (
        <StartOverQuestion startingOver={startingOver} />
      ) : (
        <p>
          Since {formatDayAndTime(phase.since, timeZone)}. Nothing that was sold is deleted.
          {isOffered
            ? ' If a second copy is on a card, switch the till off, put the card back, and start it again.'
            : null}
        </p>
      )}
      <ul className="faults">
        {phase.faults.map(({ check, detail }) => (
          <li key={`${check} ${detail}`}>
            <strong>{check}</strong>
            <span>{detail}</span>
          </li>
        ))}
      </ul>
      <DiagnosticsFacts diagnostics={diagnostics} />
    </Screen>
  );
}
