import { ArrowLeft, CalendarX, Tickets } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { Screen } from '../../components/screen.tsx';
import { useStores } from '../../stores/store-context.tsx';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { formatSpan } from '../../text/format-time.ts';
import { GUIDES } from '../../text/guides.ts';
import { RAFFLE_STATE_WORDS } from '../../text/raffle-state-words.ts';
import { ApprovalForm } from '../approval/approval-form.tsx';

type Choosing = Extract<Snapshot['phase'], { kind: 'choose-raffle-event' }>;

/** A supervisor says which raffle this till sells for; or that there is none yet. */
export function ChooseRaffleEventScreen({ phase }: { readonly phase: Choosing }): ReactNode {
  const timeZone = useTimeZone();
  const { client } = useStores();
  const [chosen, setChosen] = useState<Choosing['raffleEvents'][number] | null>(null);
  return (
    <Screen
      title="Choose the raffle"
      icon={Tickets}
      guide={GUIDES.chooseRaffle}
      actions={
        chosen === null ? undefined : (
          <Button control="back" icon={ArrowLeft} onPress={() => setChosen(null)}>
            Back
          </Button>
        )
      }
    >
      {chosen !== null ? (
        <ApprovalForm
          approver="supervisor"
          question={`Sell for ${chosen.name}`}
          submit={(approval) =>
            client.request('raffle-event.choose', {
              raffleEventId: chosen.raffleEventId,
              approval,
            })
          }
        />
      ) : phase.raffleEvents.length === 0 ? (
        <div className="screen-centre" role="status">
          <CalendarX className="screen-spinner" aria-hidden="true" />
          <p className="screen-lead">There is no raffle for this till yet.</p>
          <p>Stay on Wi-Fi: it appears here as soon as the raffle office has opened one.</p>
        </div>
      ) : (
        <>
          <p className="screen-lead">Which raffle does this till sell? A supervisor confirms it.</p>
          <div className="choices">
            {phase.raffleEvents.map((raffle) => (
              <Button
                key={raffle.raffleEventId}
                control="raffle-event.choose"
                className="choice"
                onPress={() => setChosen(raffle)}
              >
                <span className="choice-title">{raffle.name}</span>
                <span className="choice-facts">
                  {raffle.eventIdentifier} · {RAFFLE_STATE_WORDS[raffle.state]}
                </span>
                <span className="choice-facts">
                  Sales {formatSpan(raffle.salesStart, raffle.salesEnd, timeZone)}
                </span>
              </Button>
            ))}
          </div>
        </>
      )}
    </Screen>
  );
}
