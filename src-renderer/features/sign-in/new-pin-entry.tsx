import { ArrowLeft, KeyRound, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { PinPad } from '../../components/pin-pad.tsx';
import { isPinLongEnough, type SignInFlow } from '../../stores/sign-in-flow.ts';
import { useStores } from '../../stores/store-context.tsx';

/** A person chooses a PIN of their own, typed twice. */
export function NewPinEntry(props: {
  readonly flow: Extract<SignInFlow, { step: 'new-pin' }>;
}): ReactNode {
  const { candidate, pin, first, problem, isChecking } = props.flow;
  const { actions } = useStores().signIn;
  return (
    <>
      <h1>{first === null ? 'Choose your own PIN' : 'Type the new PIN again'}</h1>
      {problem === null ? (
        <Callout tone="info" icon={KeyRound}>
          {candidate.label}: your first PIN was only for the first sign-in. Supervisors need at
          least 6 digits.
        </Callout>
      ) : null}
      {problem === 'not-the-same' ? (
        <Callout tone="warning" icon={TriangleAlert}>
          <strong>Those were two different PINs.</strong> Choose again, and type it twice.
        </Callout>
      ) : null}
      {problem !== null && problem !== 'not-the-same' ? <FailureNotice failure={problem} /> : null}
      <PinPad
        pin={pin}
        canSubmit={isPinLongEnough(pin)}
        isDisabled={isChecking}
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
