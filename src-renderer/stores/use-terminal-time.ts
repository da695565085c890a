import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useStores } from './store-context.tsx';
import { terminalTime } from './terminal-time.ts';

/** Four times a second: a countdown in whole seconds is never late by more than an eye notices. */
const TICK_MS = 250;

/** The terminal's trusted time as epoch milliseconds, running; at most a tick old. */
export function useTerminalTime(): number {
  const anchor = useStore(useStores().terminal, (state) => state.time);
  const [monotonicMs, setMonotonicMs] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setMonotonicMs(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  if (anchor === null) return 0;
  return terminalTime(anchor, monotonicMs);
}
