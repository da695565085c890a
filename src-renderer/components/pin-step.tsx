import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { PinPad, type PinPadProps } from './pin-pad.tsx';

/**
 * Typing a PIN: whose it is and what went wrong on one side, the keys on the other. The keys stay where
 * they are when a message comes or goes.
 */
export function PinStep(props: {
  readonly heading: ReactNode;
  readonly message: ReactNode;
  readonly pad: PinPadProps;
  /** Null where nobody else may type: the till is locked by one person. */
  readonly onLeave: (() => void) | null;
}): ReactNode {
  const { heading, message, pad, onLeave } = props;
  return (
    <div className="pin-step">
      <div className="pin-step-words">
        {heading}
        <div className="pin-step-message">{message}</div>
      </div>
      <PinPad {...pad} />
      {onLeave === null ? null : (
        <Button control="pin.back" icon={ArrowLeft} onPress={onLeave} className="pin-step-leave">
          Not me
        </Button>
      )}
    </div>
  );
}
