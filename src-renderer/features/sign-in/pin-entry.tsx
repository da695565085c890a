import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { PinPad } from '../../components/pin-pad.tsx';
import { isPinLongEnough, type SignInFlow } from '../../stores/sign-in-flow.ts';
import { useStores } from '../../stores/store-context.tsx';
import { PinCountdown } from './pin-countdown.tsx';
import { usePinWait } from './use-pin-wait.ts';

/** The PIN of the person who was named. */
export function PinEntry(props: {
  readonly flow: Extract<SignInFlow, { step: 'pin' }>;
}): ReactNode {
  const { candidate, pin, problem, isChecking } = props.flow;
  const { actions } = useStores().signIn;
  const waitMs = usePinWait(problem);
  return (
    <>
      <h1>PIN of {candidate.label}</h1>
      {waitMs > 0 ? <PinCountdown waitMs={waitMs} /> : null}
      {problem !== null && waitMs === 0 ? <FailureNotice failure={problem} /> : null}
      <PinPad
        pin={pin}
        canSubmit={isPinLongEnough(pin)}
        isDisabled={isChecking || waitMs > 0}
        onDigit={actions.typeDigit}
        onErase={actions.eraseDigit}
        onSubmit={actions.submit}
      />
      <Button control="pin.back" icon={ArrowLeft} onPress={actions.leave}>
        Not me
      </Button>
    </>
  );
}
