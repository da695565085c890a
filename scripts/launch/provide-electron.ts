import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findElectronBinary } from '../electron-binary.ts';
import { runCommand } from '../set-up/run-command.mjs';
import type { HostFacts } from './choose-host.ts';

const FETCH_LIMIT_MS = 60_000;
const RETRY_AFTER_MS = 24 * 60 * 60_000;

/**
 * Finds the Electron program file, or fetches it within a minute.
 *
 * A fetch that failed is not tried again for a day unless `insists`: a network that swallows the
 * download would cost every start a minute.
 */
export async function provideElectron({
  root,
  insists,
  report,
}: {
  readonly root: string;
  readonly insists: boolean;
  readonly report: (line: string) => void;
}): Promise<HostFacts['electron']> {
  const present = findElectronBinary(root);
  if (present !== undefined) return { binary: present };
  const note = path.join(root, '.cache/electron-fetch-failed');
  if (!insists && isRecent(note)) {
    return { missing: 'fetching it failed today ("npm run start:electron" tries again)' };
  }
  report('Fetching Electron (a minute at most)');
  await runCommand(process.execPath, [path.join(root, 'node_modules/electron/install.js')], {
    folder: root,
    limitMs: FETCH_LIMIT_MS,
  });
  const fetched = findElectronBinary(root);
  if (fetched !== undefined) {
    rmSync(note, { force: true });
    return { binary: fetched };
  }
  mkdirSync(path.dirname(note), { recursive: true });
  writeFileSync(note, '');
  return { missing: 'its program file could not be fetched' };
}

function isRecent(note: string): boolean {
  return existsSync(note) && Date.now() - statSync(note).mtimeMs < RETRY_AFTER_MS;
}
