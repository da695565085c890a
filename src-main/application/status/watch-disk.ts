import type { Ledger } from '#main/application/ledger.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { DiskSpace } from '#main/ports/disk-space.ts';

/** Free disk space below which a person should do something. Selling goes on for a while. */
const LOW_BYTES = 512 * 1024 * 1024;

/** Whether so much free space is worth a warning. */
export function isDiskLow(freeBytes: number): boolean {
  return freeBytes < LOW_BYTES;
}

/** Journals once that the disk is getting full, and again when it does so after there was room. */
export function createDiskWatch(dependencies: {
  readonly diskSpace: DiskSpace;
  readonly ledger: Pick<Ledger, 'recordByItself'>;
}): () => Promise<void> {
  let wasLow = false;
  return async () => {
    const freeBytes = dependencies.diskSpace.freeBytes();
    const isNews = isDiskLow(freeBytes) && !wasLow;
    wasLow = isDiskLow(freeBytes);
    if (!isNews) return;
    await dependencies.ledger.recordByItself(
      'significant-event.noted',
      significantEvent('disk.low', { freeBytes }),
    );
  };
}
