import { existsSync, readdirSync } from 'node:fs';
import { readJournalFileTail } from '#main/adapters/system/journal-file-tail.ts';
import { secondJournalPath } from '#main/adapters/system/second-journal.ts';
import type { MachineVault } from '#main/ports/keys.ts';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import { type ChainId, isUuid } from '#shared/kernel/ids.ts';

/** How the second file of a chain stands to the database's journal. */
export type SecondFileStanding =
  /** It is not there, or no entry can be read at its end. All entries are appended to it. */
  | { readonly kind: 'missing' }
  /** It ends with an entry that the database has too: the rest is appended to it. */
  | { readonly kind: 'ancestor' }
  /** It goes further than the database. */
  | { readonly kind: 'ahead'; readonly seq: number }
  /** It has another entry where the database has one. */
  | { readonly kind: 'other-branch'; readonly seq: number };

/** What a second file is compared with. */
export interface JournalView {
  head(): ChainHead;
  hashAt(seq: number): string | undefined;
}

/** Compares the end of a chain's second file with the database. Reads only the end. */
export function compareSecondFile(path: string, journal: JournalView): SecondFileStanding {
  const last = lastEntryOf(path);
  if (last === undefined) return { kind: 'missing' };
  const { seq, hash } = last;
  if (seq > journal.head().seq) return { kind: 'ahead', seq };
  return journal.hashAt(seq) === hash ? { kind: 'ancestor' } : { kind: 'other-branch', seq };
}

/**
 * The newest chain that has a second file in `directory` and its key on this machine.
 *
 * Files of other machines' chains are left alone, as on a card that moved from till to till.
 */
export function findRecoverableChain(
  directory: string,
  vault: Pick<MachineVault, 'findDeviceKey'>,
): ChainId | undefined {
  // Ids of version 7 sort by the time they were made.
  return findOwnChains(directory, vault)
    .filter((chainId) => lastEntryOf(secondJournalPath(directory, chainId)) !== undefined)
    .sort()
    .at(-1);
}

/** The chains that have a second file in `directory`, readable or not, and their key on this machine. */
export function findOwnChains(
  directory: string,
  vault: Pick<MachineVault, 'findDeviceKey'>,
): readonly ChainId[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .flatMap((name) => chainOfFile(name) ?? [])
    .filter((chainId) => vault.findDeviceKey(chainId) !== undefined);
}

/** A card that cannot be read is worth no more than one that is not there. */
function lastEntryOf(path: string): ChainHead | undefined {
  try {
    return readJournalFileTail(path).last;
  } catch {
    return undefined;
  }
}

function chainOfFile(name: string): ChainId | undefined {
  const [, id = ''] = /^journal-(.{36})\.ndjson$/.exec(name) ?? [];
  return isUuid(id) ? (id as ChainId) : undefined;
}
