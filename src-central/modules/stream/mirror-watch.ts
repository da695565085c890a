import { listenTo } from '../../db/listener.ts';

/** Tells who waits for an RSU that its mirror, or its control, has changed. */
export interface MirrorWatch {
  /** Calls `onChange` after every change for `rsuId`, until the returned function is called. */
  watch(rsuId: string, onChange: () => void): () => void;
  close(): Promise<void>;
}

/** Watches changes made by any API process over the same database. */
export async function openMirrorWatch(databaseUrl: string): Promise<MirrorWatch> {
  const watchers = new Map<string, Set<() => void>>();
  const listener = await listenTo(databaseUrl, 'mirror_changed', {
    onNotification: (rsuId) => {
      for (const onChange of watchers.get(rsuId) ?? []) onChange();
    },
    onGap: () => {
      for (const onChange of [...watchers.values()].flatMap((set) => [...set])) onChange();
    },
  });
  return {
    watch(rsuId, onChange) {
      const set = watchers.get(rsuId) ?? new Set();
      watchers.set(rsuId, set.add(onChange));
      return () => {
        set.delete(onChange);
        if (set.size === 0) watchers.delete(rsuId);
      };
    },
    close: () => listener.close(),
  };
}
