import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { ScreenFooter } from './screen-footer.tsx';
import { ScreenHeading } from './screen-heading.tsx';

/** Focusable where it stands in the page. */
const IN_TAB_ORDER = 0;

/** A whole screen beside selling: a heading with its icon, the content, and a footer with help. */
export function Screen(props: {
  readonly title: string;
  readonly icon: LucideIcon;
  readonly tone?: 'plain' | 'danger' | 'warning';
  /** What this screen is for, as the help says it. */
  readonly guide: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** There is more to read than to tap: a keyboard has to reach it, to scroll. */
  readonly isForReading?: boolean;
}): ReactNode {
  const { title, icon: Icon, tone = 'plain', guide, children, actions } = props;
  return (
    <main className={`screen screen-${tone}`}>
      <header className="screen-header">
        <Icon className="screen-icon" aria-hidden="true" />
        <ScreenHeading key={title}>{title}</ScreenHeading>
      </header>
      <section
        className="screen-body"
        aria-label={title}
        tabIndex={props.isForReading === true ? IN_TAB_ORDER : undefined}
      >
        {children}
      </section>
      <ScreenFooter guide={guide}>{actions}</ScreenFooter>
    </main>
  );
}
