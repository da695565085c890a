import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** How much a status field wants to be seen. */
export type FieldTone = 'quiet' | 'faded' | 'busy' | 'warning' | 'danger';

/** One fact of the status strip. Quiet while all is well; icon, word and action when it is not. */
export function StatusField(props: {
  readonly area: string;
  readonly label: string;
  readonly value: ReactNode;
  readonly icon: LucideIcon;
  readonly tone: FieldTone;
  readonly onPress: () => void;
}): ReactNode {
  const { area, label, value, icon: Icon, tone, onPress } = props;
  return (
    <button
      type="button"
      className={`status-field status-${area} tone-${tone}`}
      data-control="status.open"
      onClick={onPress}
    >
      <Icon className="status-icon" aria-hidden="true" />
      <span className="status-words">
        <span className="status-label">{label}</span>
        <span className="status-value">{value}</span>
      </span>
    </button>
  );
}
