import { ArrowLeft, ClockAlert, Minus, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { epochOf, instantFromEpoch } from '#shared/kernel/instant.ts';
import { Button } from '../../components/button.tsx';
import { Screen } from '../../components/screen.tsx';
import { useSnapshot, useStores } from '../../stores/store-context.tsx';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { CLOCK_DOUBT_WORDS } from '../../text/clock-doubt-words.ts';
import { formatDayAndTime } from '../../text/format-time.ts';
import { GUIDES } from '../../text/guides.ts';
import { ApprovalForm } from '../approval/approval-form.tsx';
import { toConfirmable } from './confirmable-time.ts';

const MINUTE = 60_000;
const STEPS = [
  { name: 'Day', ms: 24 * 60 * MINUTE },
  { name: 'Hour', ms: 60 * MINUTE },
  { name: 'Minute', ms: MINUTE },
] as const;

/** A supervisor says what time it is, within what the till knows for certain. */
export function ClockDoubtScreen(): ReactNode {
  const { now, clock } = useSnapshot();
  const { client } = useStores();
  const timeZone = useTimeZone();
  const earliestMs = clock.notBefore === null ? null : epochOf(clock.notBefore);
  const latestMs = clock.notAfter === null ? null : epochOf(clock.notAfter);
  const limits = { earliestMs, latestMs };
  const [wantedMs, setWantedMs] = useState(() => epochOf(now));
  const chosenMs = toConfirmable(wantedMs, limits);
  const [isAsking, setIsAsking] = useState(false);
  const move = (stepMs: number): void =>
    setWantedMs((current) => toConfirmable(toConfirmable(current, limits) + stepMs, limits));
  return (
    <Screen
      title="Is this the right time?"
      icon={ClockAlert}
      tone="warning"
      guide={GUIDES.clockDoubt}
      actions={
        isAsking ? (
          <Button control="back" icon={ArrowLeft} onPress={() => setIsAsking(false)}>
            Back
          </Button>
        ) : (
          <Button control="clock.confirm" look="primary" onPress={() => setIsAsking(true)}>
            This time is right
          </Button>
        )
      }
    >
      {isAsking ? (
        <ApprovalForm
          approver="supervisor"
          question={`Confirm ${formatDayAndTime(chosenMs, timeZone)}`}
          submit={(approval) =>
            client.request('clock.confirm', { now: instantFromEpoch(chosenMs), approval })
          }
        />
      ) : (
        <div className="screen-centre">
          <p className="screen-lead">
            {clock.doubt === null
              ? 'The till does not trust its clock.'
              : CLOCK_DOUBT_WORDS[clock.doubt]}
          </p>
          <p>Look at another clock, set the time, confirm it.</p>
          <p className="clock-time" aria-live="polite">
            {formatDayAndTime(chosenMs, timeZone)}
          </p>
          <div className="clock-steps">
            {STEPS.map(({ name, ms }) => (
              <fieldset key={name} className="clock-step">
                <legend>{name}</legend>
                <Button
                  control="clock.earlier"
                  icon={Minus}
                  name={`− ${name}`}
                  size="touch"
                  isDisabled={earliestMs !== null && chosenMs - ms < earliestMs}
                  onPress={() => move(-ms)}
                >
                  <span className="visually-hidden">−</span>
                </Button>
                <Button
                  control="clock.later"
                  icon={Plus}
                  name={`+ ${name}`}
                  size="touch"
                  isDisabled={latestMs !== null && chosenMs + ms > latestMs}
                  onPress={() => move(ms)}
                >
                  <span className="visually-hidden">+</span>
                </Button>
              </fieldset>
            ))}
          </div>
          {clock.notBefore === null ? null : (
            <p>
              It cannot be before {formatDayAndTime(clock.notBefore, timeZone)}: this till was
              already running then.
            </p>
          )}
          {clock.notAfter === null ? null : (
            <p>
              It cannot be after {formatDayAndTime(clock.notAfter, timeZone)}: that is long after
              the end of sales.
            </p>
          )}
        </div>
      )}
    </Screen>
  );
}
