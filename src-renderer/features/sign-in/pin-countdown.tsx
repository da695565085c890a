import { Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { Callout } from '../../components/callout.tsx';
import { formatCountdown } from '../../text/format-time.ts';

/** The screen's time is up to a tick and the way here behind: without this, 30 seconds begin at 31. */
const BEHIND_MS = 500;

/** Too many wrong PINs: how long to wait. */
export function PinCountdown({ waitMs }: { readonly waitMs: number }): ReactNode {
  return (
    <Callout tone="warning" icon={Hourglass}>
      <strong>Too many wrong PINs.</strong> Try again in{' '}
      <strong className="countdown">{formatCountdown(Math.max(1, waitMs - BEHIND_MS))}</strong>
    </Callout>
  );
}
