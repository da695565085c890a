import { statfsSync } from 'node:fs';
import { ok, type Refused, type Result, refuse } from '#shared/kernel/result.ts';

/** File systems of network shares, by the magic number that Linux reports. */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x5346414f, 'AFS'],
  [0x73757245, 'Coda'],
  [0x564c, 'NCP'],
]);

/**
 * Refuses, in words, a folder on a network share: file locks there do not keep a second till away.
 *
 * Tells only what the operating system tells; Windows shares are known by their `\\` path.
 */
export function checkFolderIsLocal(folder: string): Result<string, string> {
  if (folder.startsWith('\\\\')) return refuseNetwork(folder, 'a Windows share');
  if (process.platform !== 'linux') return ok(folder);
  const network = NETWORK_FILE_SYSTEMS.get(statfsSync(folder).type);
  return network === undefined ? ok(folder) : refuseNetwork(folder, network);
}

function refuseNetwork(folder: string, kind: string): Refused<string> {
  return refuse(`${folder} is on a network drive (${kind}); choose a folder on this computer`);
}
