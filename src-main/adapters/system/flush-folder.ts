import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes new and renamed names in a folder survive a power cut. Windows does so by itself. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
