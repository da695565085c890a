import type { ReactNode } from 'react';
import { PinStep } from '../../components/pin-step.tsx';
import { ScreenHeading } from '../../components/screen-heading.tsx';
import { isPinLongEnough, type SignInFlow } from '../../stores/sign-in-flow.ts';
import { useStores } from '../../stores/store-context.tsx';
import { PinMessage } from './pin-message.tsx';
import { usePinWait } from './use-pin-wait.ts';

/** The PIN of the person who was named. */
export function PinEntry(props: {
  readonly flow: Extract<SignInFlow, { step: 'pin' }>;
}): ReactNode {
  const { candidate, pin, problem, isChecking } = props.flow;
  const { actions } = useStores().signIn;
  const waitMs = usePinWait(problem);
  return (
    <PinStep
      heading={<ScreenHeading>PIN of {candidate.label}</ScreenHeading>}
      message={<PinMessage problem={problem} waitMs={waitMs} />}
      pad={{
        pin,
        canSubmit: isPinLongEnough(pin),
        isDisabled: isChecking || waitMs > 0,
        onDigit: actions.typeDigit,
        onErase: actions.eraseDigit,
        onSubmit: actions.submit,
      }}
      onLeave={actions.leave}
    />
  );
}
