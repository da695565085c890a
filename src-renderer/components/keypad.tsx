import { Delete } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import type { ControlName } from '../text/controls.ts';
import { Button } from './button.tsx';

const ROWS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Ten digits, erase, and one key that finishes. The keys of a real keyboard do the same. */
export function Keypad(props: {
  readonly use: 'pin' | 'cash' | 'order';
  readonly onDigit: (digit: string) => void;
  readonly onErase: () => void;
  /** The key at the bottom right; the pane beside the keypad has it where it is null. */
  readonly submit: { readonly isDisabled: boolean; readonly onPress: () => void } | null;
  /** What the Enter key of a keyboard does where `submit` is null. */
  readonly onEnter?: () => void;
  readonly isDisabled?: boolean;
}): ReactNode {
  const { use, onDigit, onErase, submit, isDisabled = false } = props;
  const size = use === 'order' ? 'normal' : 'touch';
  useTypedKeys({ onDigit, onErase, onSubmit: submit?.onPress ?? props.onEnter, isDisabled });
  const digit = (value: string): ReactNode => (
    <Button
      key={value}
      control={`${use}.digit` satisfies ControlName}
      size={size}
      isDisabled={isDisabled}
      onPress={() => onDigit(value)}
      className="keypad-digit"
    >
      {value}
    </Button>
  );
  return (
    <fieldset className={`keypad keypad-${use}`}>
      <legend className="visually-hidden">Keypad</legend>
      {ROWS.map(digit)}
      <Button
        control={`${use}.erase` satisfies ControlName}
        size={size}
        icon={Delete}
        isDisabled={isDisabled}
        onPress={onErase}
        className="keypad-erase"
      >
        Erase
      </Button>
      {digit('0')}
      {submit === null ? null : (
        <Button
          control="pin.submit"
          size={size}
          look="primary"
          isDisabled={isDisabled || submit.isDisabled}
          onPress={submit.onPress}
          className="keypad-digit"
        >
          OK
        </Button>
      )}
    </fieldset>
  );
}

function useTypedKeys(keys: {
  readonly onDigit: (digit: string) => void;
  readonly onErase: () => void;
  readonly onSubmit: (() => void) | undefined;
  readonly isDisabled: boolean;
}): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (keys.isDisabled || event.ctrlKey || event.altKey || event.metaKey) return;
    if (
      event.target instanceof HTMLInputElement ||
      document.querySelector('[role="dialog"]') !== null
    )
      return;
    if (/^\d$/.test(event.key)) keys.onDigit(event.key);
    else if (event.key === 'Backspace') keys.onErase();
    else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
      keys.onSubmit?.();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
