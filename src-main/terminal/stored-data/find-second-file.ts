import { existsSync, readdirSync } from 'node:fs';
import { type JournalFileTail, readJournalFileTail } from '#main/adapters/system/journal-file-tail.ts';
import type { FileMachineVault } from '#main/adapters/system/machine-vault.ts';
import { secondJournalPath } from '#main/adapters/system/second-journal.ts';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import { type ChainId, isUuid } from '#shared/kernel/ids.ts';

/** How the second file of a chain stands to the database's journal. */
export type SecondFileStanding =
  /** It is not there, or holds nothing. */
  | 'missing'
  /** It ends with an entry that the database has: the rest can be appended. */
  | 'ancestor'
  /** It goes on where the database ends. */
  | 'ahead'
  /** Its end cannot be read. */
  | 'unreadable'
  /** It has another entry where the database has one. */
  | 'other-branch';

/** Compares the end of a chain's second file with the database. Reads only the end. */
export function compareSecondFile(
  path: string,
  rows: { head(): ChainHead; hashAt(seq: number): string | undefined },
): SecondFileStanding {
  if (!existsSync(path)) return 'missing';
  const tail: JournalFileTail = readJournalFileTail(path);
  if (tail.last === undefined) return tail.isEmpty ? 'missing' : 'unreadable';
  const { seq, hash } = tail.last;
  if (seq > rows.head().seq) return 'ahead';
  return rows.hashAt(seq) === hash ? 'ancestor' : 'other-branch';
}

/**
 * The newest chain that has a second file in `directory` and its key on this machine.
 *
 * Files of other machines' chains are left alone, as on a card that moved from till to till.
 */
export function findRecoverableChain(
  directory: string,
  vault: Pick<FileMachineVault, 'findDeviceKey'>,
): ChainId | undefined {
  if (!existsSync(directory)) return undefined;
  const chains = readdirSync(directory).flatMap((name) => chainOfFile(name) ?? []);
  // Ids of version 7 sort by the time they were made.
  return chains
    .filter((chainId) => vault.findDeviceKey(chainId) !== undefined)
    .filter((chainId) => compareSecondFile(secondJournalPath(directory, chainId), NOTHING) === 'ahead')
    .sort()
    .at(-1);
}

const NOTHING = { head: () => ({ seq: 0 }), hashAt: () => undefined } as never;

function chainOfFile(name: string): ChainId | undefined {
  const [, id = ''] = /^journal-(.{36})\.ndjson$/.exec(name) ?? [];
  return isUuid(id) ? (id as ChainId) : undefined;
}
