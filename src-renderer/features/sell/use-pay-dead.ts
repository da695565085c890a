import { useEffect, useState } from 'react';
import { isPayDead, PAY_DEAD_TIME_MS } from '../../stores/pay-dead-time.ts';
import { useSale } from '../../stores/store-context.tsx';

/** Whether the pay positions are in their dead time; they look it, so that nobody taps in vain. */
export function usePayDead(): boolean {
  const { paneChangedAtMs } = useSale();
  const [liveSinceMs, setLiveSinceMs] = useState(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const leftMs = paneChangedAtMs + PAY_DEAD_TIME_MS - performance.now();
    const timer = setTimeout(() => setLiveSinceMs(paneChangedAtMs), Math.max(0, leftMs));
    return () => clearTimeout(timer);
  }, [paneChangedAtMs]);
  return liveSinceMs !== paneChangedAtMs && isPayDead(paneChangedAtMs, performance.now());
}
