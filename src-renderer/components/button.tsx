import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ControlName } from '../text/controls.ts';

export interface ButtonProps {
  /** Which entry of the help explains this button (GLI-31 3.2.4a). */
  readonly control: ControlName;
  readonly onPress: () => void;
  readonly children: ReactNode;
  /** Replaces the visible text as the accessible name, and must contain it. */
  readonly name?: string;
  readonly icon?: LucideIcon;
  readonly look?: 'plain' | 'primary' | 'pay' | 'danger' | 'tile';
  /** `touch` on the selling path and PIN keys, `normal` elsewhere. */
  readonly size?: 'touch' | 'normal';
  /** A disabled button keeps its place in the tab order, so that its reason can be read out. */
  readonly isDisabled?: boolean;
  readonly isPressed?: boolean;
  readonly className?: string;
}

/** The one button of the till. */
export function Button(props: ButtonProps): ReactNode {
  const { control, onPress, children, name, icon: Icon, isPressed } = props;
  const { look = 'plain', size = 'normal', isDisabled = false, className = '' } = props;
  return (
    <button
      type="button"
      className={`button button-${look} button-${size} ${className}`}
      data-control={control}
      aria-label={name}
      aria-disabled={isDisabled || undefined}
      aria-pressed={isPressed}
      onClick={isDisabled ? undefined : onPress}
    >
      {Icon === undefined ? null : <Icon className="button-icon" aria-hidden="true" />}
      {children}
    </button>
  );
}
