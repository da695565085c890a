import type { ReactNode } from 'react';
import { Keypad } from './keypad.tsx';

/** The PIN typed so far, and what its keys do. */
export interface PinPadProps {
  readonly pin: string;
  readonly canSubmit: boolean;
  readonly isDisabled: boolean;
  readonly onDigit: (digit: string) => void;
  readonly onErase: () => void;
  readonly onSubmit: () => void;
}

/** Dots for the digits typed so far, and the keys to type them. The PIN itself is never shown. */
export function PinPad(props: PinPadProps): ReactNode {
  const { pin, canSubmit, isDisabled, onDigit, onErase, onSubmit } = props;
  return (
    <div className="pin-pad">
      <p className="pin-dots" role="img" aria-label={`PIN: ${pin.length} digits typed`}>
        {Array.from({ length: Math.max(4, pin.length) }, (_, place) => place).map((place) => (
          <span key={place} className={place < pin.length ? 'pin-dot is-typed' : 'pin-dot'} />
        ))}
      </p>
      <Keypad
        use="pin"
        isDisabled={isDisabled}
        onDigit={onDigit}
        onErase={onErase}
        submit={{ isDisabled: !canSubmit, onPress: onSubmit }}
      />
    </div>
  );
}
