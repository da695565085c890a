import { Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { Callout } from '../../components/callout.tsx';
import { formatCountdown } from '../../text/format-time.ts';

/** Too many wrong PINs: how long to wait. */
export function PinCountdown({ waitMs }: { readonly waitMs: number }): ReactNode {
  return (
    <Callout tone="warning" icon={Hourglass}>
      <strong>Too many wrong PINs.</strong> Try again in{' '}
      <strong className="countdown">{formatCountdown(waitMs)}</strong>
    </Callout>
  );
}
