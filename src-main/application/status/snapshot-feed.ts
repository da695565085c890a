import type { Timers } from '#main/ports/timers.ts';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';

/** How long changes are gathered before the screen hears of them, in milliseconds. */
const GATHERING_MS = 50;

/** Tells screens what changed, not too often. */
export interface SnapshotFeed {
  /** A fresh snapshot; its revision is higher than any before. */
  current(): Snapshot;
  /** Something may have changed: listeners hear of it within `GATHERING_MS`, many changes at once. */
  changed(): void;
  /** Tells listeners now if anything but the time differs from what they heard last. */
  refresh(): void;
  onChanged(listener: (snapshot: Snapshot) => void): () => void;
  stop(): void;
}

/**
 * Makes the feed. `assemble` builds the snapshot of this moment under a revision; what it throws
 * while nobody waits for it goes to `onFault`.
 */
export function createSnapshotFeed(dependencies: {
  readonly timers: Pick<Timers, 'after'>;
  /** Revisions are higher than this: those of an earlier terminal behind the same screen. */
  readonly firstRevision: number;
  assemble(revision: number): Snapshot;
  onFault(error: unknown): void;
}): SnapshotFeed {
  const listeners = new Set<(snapshot: Snapshot) => void>();
  let revision = dependencies.firstRevision;
  let toldContent = '';
  let cancel: (() => void) | undefined;
  let isStopped = false;

  function current(): Snapshot {
    revision += 1;
    return dependencies.assemble(revision);
  }

  function tellIf(isWanted: (content: string) => boolean): void {
    try {
      const snapshot = current();
      const content = contentOf(snapshot);
      if (!isWanted(content)) return;
      toldContent = content;
      for (const listener of listeners) listener(snapshot);
    } catch (error) {
      dependencies.onFault(error);
    }
  }

  return {
    current,
    changed() {
      if (cancel !== undefined || isStopped) return;
      cancel = dependencies.timers.after(GATHERING_MS, () => {
        cancel = undefined;
        tellIf(() => true);
      });
    },
    refresh() {
      if (listeners.size > 0) tellIf((content) => content !== toldContent);
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      isStopped = true;
      cancel?.();
    },
  };
}

function contentOf({ revision: _, now: __, ...content }: Snapshot): string {
  return JSON.stringify(content);
}
