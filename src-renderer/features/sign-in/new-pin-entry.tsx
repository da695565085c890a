import { KeyRound, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Callout } from '../../components/callout.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { PinStep } from '../../components/pin-step.tsx';
import { ScreenHeading } from '../../components/screen-heading.tsx';
import { isPinLongEnough, type SignInFlow } from '../../stores/sign-in-flow.ts';
import { useStores } from '../../stores/store-context.tsx';

type NewPinFlow = Extract<SignInFlow, { step: 'new-pin' }>;

/** A person chooses a PIN of their own, typed twice. */
export function NewPinEntry({ flow }: { readonly flow: NewPinFlow }): ReactNode {
  const { pin, first, isChecking } = flow;
  const { actions } = useStores().signIn;
  return (
    <PinStep
      heading={
        <ScreenHeading>
          {first === null ? 'Choose your own PIN' : 'Type the new PIN again'}
        </ScreenHeading>
      }
      message={<NewPinMessage flow={flow} />}
      pad={{
        pin,
        canSubmit: isPinLongEnough(pin),
        isDisabled: isChecking,
        onDigit: actions.typeDigit,
        onErase: actions.eraseDigit,
        onSubmit: actions.submit,
      }}
      onLeave={actions.leave}
    />
  );
}

function NewPinMessage({ flow }: { readonly flow: NewPinFlow }): ReactNode {
  const { candidate, problem } = flow;
  if (problem === null) {
    return (
      <Callout tone="info" icon={KeyRound}>
        {candidate.label}: your first PIN was only for the first sign-in. Supervisors need at least
        6 digits.
      </Callout>
    );
  }
  if (problem === 'not-the-same') {
    return (
      <Callout tone="warning" icon={TriangleAlert}>
        <strong>Those were two different PINs.</strong> Choose again, and type it twice.
      </Callout>
    );
  }
  return <FailureNotice failure={problem} />;
}
