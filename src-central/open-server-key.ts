import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CentralStore } from './read-store.ts';
import { openServerKeyFile, parseServerKey } from './secrets/server-key.ts';

/**
 * The key that encrypts what the central keeps secret: from the environment, where several
 * processes share one database; otherwise from a file beside the data, or in the user's state.
 */
export function openServerKey(store: CentralStore): Uint8Array {
  const given = process.env['COUNTERFOIL_SERVER_KEY'];
  if (given !== undefined) return parseServerKey(given, 'COUNTERFOIL_SERVER_KEY');
  if (store.kind === 'embedded') return openServerKeyFile(join(store.dataDirectory, 'server.key'));
  const state = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state');
  return openServerKeyFile(join(state, 'counterfoil', 'server.key'));
}
