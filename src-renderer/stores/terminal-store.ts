import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import type { TerminalClient } from '../transport/terminal-client.ts';
import type { LinkState } from '../transport/terminal-link.ts';
import type { TimeAnchor } from './terminal-time.ts';

/** What the terminal last said of itself. */
export interface TerminalState {
  readonly link: LinkState;
  /** Null until the first one arrives. */
  readonly snapshot: Snapshot | null;
  /** Where the terminal's time is counted from; null until the first snapshot. */
  readonly time: TimeAnchor | null;
}

export type TerminalStore = StoreApi<TerminalState>;

/**
 * Keeps the last snapshot. An older one that comes late is dropped; after a reconnect the terminal
 * may have started anew, so its first snapshot always counts.
 *
 * `monotonicMs` is `performance.now`.
 */
export function createTerminalStore(dependencies: {
  readonly client: TerminalClient;
  readonly monotonicMs: () => number;
}): TerminalStore {
  const { client, monotonicMs } = dependencies;
  const store = createStore<TerminalState>(() => ({
    link: client.linkState(),
    snapshot: null,
    time: null,
  }));
  let isFirstOfLink = true;

  client.onLinkStateChanged((link) => {
    isFirstOfLink = true;
    store.setState({ link });
  });
  client.onSnapshot((snapshot) => {
    const last = store.getState().snapshot;
    if (!isFirstOfLink && last !== null && snapshot.revision < last.revision) return;
    isFirstOfLink = false;
    store.setState({ snapshot, time: { now: snapshot.now, receivedAtMs: monotonicMs() } });
  });
  return store;
}
