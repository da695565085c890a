import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** A message inside a screen: icon and words, never colour alone. */
export function Callout(props: {
  readonly tone: 'info' | 'good' | 'warning' | 'danger';
  readonly icon: LucideIcon;
  readonly children: ReactNode;
}): ReactNode {
  const Icon = props.icon;
  return (
    <div className={`callout callout-${props.tone}`} role="status">
      <Icon className="callout-icon" aria-hidden="true" />
      <div>{props.children}</div>
    </div>
  );
}
