import { type ReactNode, useEffect, useRef } from 'react';

/** Focusable by the program, and no stop of the tab key. */
const OUT_OF_TAB_ORDER = -1;

/**
 * The heading of what has just come on the screen. Where the control that led here has gone, the focus
 * comes to the heading: a screen reader says it, and the tab key goes on from there.
 */
export function ScreenHeading(props: {
  readonly children: ReactNode;
  readonly className?: string;
  readonly level?: 1 | 2;
}): ReactNode {
  const { children, className, level = 1 } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  const Level = `h${level}` as const;
  return (
    <Level ref={heading} tabIndex={OUT_OF_TAB_ORDER} className={className}>
      {children}
    </Level>
  );
}
