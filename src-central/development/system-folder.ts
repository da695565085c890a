import { accessSync, constants, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder that every user can enter, for what the database user cannot reach in its own place.
 *
 * `/var/lib/counterfoil`, which survives a restart of the machine; below the temporary folder only
 * where `/var/lib` cannot be written.
 */
export function systemFolder(): string {
  for (const base of ['/var/lib', tmpdir()]) {
    try {
      accessSync(base, constants.W_OK);
      const folder = join(base, 'counterfoil');
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      return folder;
    } catch {
      // This place is not ours to write in; the next one may be.
    }
  }
  throw new Error('There is no folder in which the database server could keep its files.');
}
