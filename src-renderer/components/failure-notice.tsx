import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTimeZone } from '../stores/use-time-zone.ts';
import { failureText } from '../text/failure-text.ts';
import type { ScreenFailure } from '../transport/screen-failure.ts';

/** A refusal on the screen: what happened, why, and what to do. Read out at once. */
export function FailureNotice(props: { readonly failure: ScreenFailure }): ReactNode {
  const { what, why, action } = failureText(props.failure, { timeZone: useTimeZone() });
  return (
    <div className="callout callout-danger" role="alert">
      <TriangleAlert className="callout-icon" aria-hidden="true" />
      <p>
        <strong>{what}.</strong> {why} {action}
      </p>
    </div>
  );
}
