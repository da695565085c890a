import type { ReactNode } from 'react';
import { FailureNotice } from '../../components/failure-notice.tsx';
import type { ScreenFailure } from '../../transport/screen-failure.ts';
import { PinCountdown } from './pin-countdown.tsx';

/** What became of the PIN that was typed last; how long to wait comes before the reason. */
export function PinMessage(props: {
  readonly problem: ScreenFailure | null;
  readonly waitMs: number;
}): ReactNode {
  const { problem, waitMs } = props;
  if (waitMs > 0) return <PinCountdown waitMs={waitMs} />;
  return problem === null ? null : <FailureNotice failure={problem} />;
}
