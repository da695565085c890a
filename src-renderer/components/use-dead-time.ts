import { useEffect, useState } from 'react';
import { isPayDead, PAY_DEAD_TIME_MS } from '../stores/pay-dead-time.ts';

/**
 * Whether what came on the screen at `sinceMs`, by `performance.now()`, is still in its dead time, so
 * that it can look it and nobody taps in vain.
 */
export function useDeadTime(sinceMs: number): boolean {
  const [liveSinceMs, setLiveSinceMs] = useState(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const leftMs = sinceMs + PAY_DEAD_TIME_MS - performance.now();
    const timer = setTimeout(() => setLiveSinceMs(sinceMs), Math.max(0, leftMs));
    return () => clearTimeout(timer);
  }, [sinceMs]);
  return liveSinceMs !== sinceMs && isPayDead(sinceMs, performance.now());
}
