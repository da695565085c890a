import { createSignatureVerifier } from '#main/adapters/system/ed25519.ts';
import { collectEntries } from '#main/terminal/stored-data/collect-entries.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { packEntry } from '#shared/contract/journal/sealed-entry.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { CHAIN } from './terminal-database-history.ts';

/** What a rebuild would take from a second journal file alone, in order. */
export function readSecondFile(path: string, chainId: ChainId = CHAIN): readonly JournalEntry[] {
  const sources = { chainId, secondFile: path, databasePath: `${path}.none` };
  const entries = collectEntries(sources, createSignatureVerifier());
  return [...entries].map(({ entry }) => packEntry(entry));
}
