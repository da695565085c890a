import type { Failure } from '#shared/contract/failures.ts';

/** Whether what the central sent could be written, for the screen to say (GLI-31 5.4.2). */
export interface StorageFault {
  /** Something could not be written: it will come again. */
  note(failure: Failure): void;
  /** Something was written. */
  clear(): void;
  /** Why the last could not be written; null if it could. */
  failure(): Failure | null;
}

/** A storage that has shown no fault. */
export function createStorageFault(onChanged: () => void): StorageFault {
  let current: Failure | null = null;

  function change(next: Failure | null): void {
    if (next?.code === current?.code) return;
    current = next;
    onChanged();
  }

  return { note: change, clear: () => change(null), failure: () => current };
}
