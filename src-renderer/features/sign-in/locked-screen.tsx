import { Lock, LogOut } from 'lucide-react';
import { type ReactNode, useReducer } from 'react';
import type { OperatorId } from '#shared/kernel/ids.ts';
import { epochOf } from '#shared/kernel/instant.ts';
import { money } from '#shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { MoneyText } from '../../components/money-text.tsx';
import { PinStep } from '../../components/pin-step.tsx';
import { ScreenFooter } from '../../components/screen-footer.tsx';
import { ScreenHeading } from '../../components/screen-heading.tsx';
import { ticketCount } from '../../stores/cart.ts';
import { isPinLongEnough, moveSignIn, type SignInFlow } from '../../stores/sign-in-flow.ts';
import { useSale, useSnapshot, useStores } from '../../stores/store-context.tsx';
import { useOperation } from '../../stores/use-operation.ts';
import { useTerminalTime } from '../../stores/use-terminal-time.ts';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { countOf } from '../../text/format-numbers.ts';
import { formatCountdown, formatTimeOfDay } from '../../text/format-time.ts';
import { GUIDES } from '../../text/guides.ts';
import { prizeAge } from '../../text/prize-age.ts';
import { amountsOf } from '../sell/amounts.ts';
import { PinMessage } from './pin-message.tsx';
import { usePinWait } from './use-pin-wait.ts';

/** Locked: prize, cart total and closing time stay in sight; the PIN goes back to the same cart. */
export function LockedScreen(): ReactNode {
  const { session } = useSnapshot();
  const signOut = useOperation('session.sign-out');
  if (session.kind === 'signed-out') return null;
  return (
    <main className="sign-in locked">
      <aside className="sign-in-aside" aria-label="This till">
        <Lock className="locked-icon" aria-hidden="true" />
        <ScreenHeading>Locked</ScreenHeading>
        <p className="screen-lead">by {session.displayName}</p>
        <LockedFacts />
      </aside>
      <section className="sign-in-main" aria-label="Unlock">
        <UnlockPin operatorId={session.operatorId} displayName={session.displayName} />
      </section>
      <ScreenFooter guide={GUIDES.locked}>
        <Button control="sign-out" icon={LogOut} onPress={() => void signOut.run({})}>
          Sign out
        </Button>
      </ScreenFooter>
    </main>
  );
}

function UnlockPin({ operatorId, displayName }: Locker): ReactNode {
  const { client } = useStores();
  const [flow, move] = useReducer(moveSignIn, { operatorId, displayName }, atPinOf);
  const problem = flow.step === 'pin' ? flow.problem : null;
  const waitMs = usePinWait(problem);
  if (flow.step !== 'pin') return null;

  async function unlock(pin: string): Promise<void> {
    move({ kind: 'sent' });
    const answer = await client.request('session.unlock', { pin });
    if (!answer.ok) move({ kind: 'refused', failure: answer.failure });
  }

  return (
    <PinStep
      heading={<h2>PIN of {displayName}</h2>}
      message={<PinMessage problem={problem} waitMs={waitMs} />}
      pad={{
        pin: flow.pin,
        canSubmit: isPinLongEnough(flow.pin),
        isDisabled: flow.isChecking || waitMs > 0,
        onDigit: (digit) => move({ kind: 'digit-typed', digit }),
        onErase: () => move({ kind: 'digit-erased' }),
        onSubmit: () => {
          if (isPinLongEnough(flow.pin)) void unlock(flow.pin);
        },
      }}
      onLeave={null}
    />
  );
}

/** The person who locked the till, and unlocks it. */
interface Locker {
  readonly operatorId: OperatorId;
  readonly displayName: string;
}

function atPinOf({ operatorId, displayName }: Locker): SignInFlow {
  return {
    step: 'pin',
    candidate: { identification: { method: 'name', operatorId }, label: displayName },
    pin: '',
    problem: null,
    isChecking: false,
  };
}

function LockedFacts(): ReactNode {
  const { selling } = useSnapshot();
  const { lines } = useSale();
  const nowMs = useTerminalTime();
  const timeZone = useTimeZone();
  if (selling === null) return null;
  const { jackpot } = selling;
  const hasPrize = jackpot !== null && prizeAge(epochOf(jackpot.knownAt), nowMs) !== 'hidden';
  return (
    <dl className="locked-facts">
      {lines.length === 0 ? null : (
        <div>
          <dt>Cart, {countOf(ticketCount(lines), 'ticket')}</dt>
          <dd>
            <MoneyText amount={amountsOf(lines, selling).total} />
          </dd>
        </div>
      )}
      <div>
        <dt>Sales close in</dt>
        <dd>{formatCountdown(epochOf(selling.salesEnd) - nowMs)}</dd>
      </div>
      {hasPrize ? (
        <div>
          <dt>Prize at {formatTimeOfDay(jackpot.knownAt, timeZone)}</dt>
          <dd>
            <MoneyText amount={money(jackpot.prizeMinor, jackpot.currency)} />
          </dd>
        </div>
      ) : null}
    </dl>
  );
}
