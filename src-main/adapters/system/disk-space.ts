import { statfsSync } from 'node:fs';
import type { DiskSpace } from '#main/ports/disk-space.ts';

/** The room that an ordinary user has on the disk under `folder`. */
export function createDiskSpace(folder: string): DiskSpace {
  return {
    freeBytes: () => {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize;
    },
  };
}
