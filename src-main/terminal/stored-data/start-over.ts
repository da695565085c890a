import { secondJournalPath } from '#main/adapters/system/second-journal.ts';
import { findOwnChains } from './find-second-file.ts';
import { asideNameOf } from './set-aside-name.ts';
import {
  type NoDatabase,
  type SettledDatabase,
  type SettlingParts,
  settleDatabase,
} from './settle-database.ts';
import { setAsideDatabase } from './swap-database.ts';

/**
 * Settles the database of a till that somebody gave up. Where both copies are still beyond repair, or
 * still set back, they are set aside, and the till starts without a chain.
 */
export function startOver(parts: SettlingParts): SettledDatabase | NoDatabase {
  const settled = settleDatabase(parts);
  const isSetBack = 'database' in settled && settled.awaitedHead !== null;
  const isBeyondRepair = settled.kind === 'out-of-service' && settled.canStartOver === true;
  if (!isSetBack && !isBeyondRepair) return settled;
  if ('database' in settled) settled.database.client.close();
  setAsideCopies(parts);
  return settleDatabase(parts);
}

/** The second file goes first: killed in between, the till is as it was with that file missing. */
function setAsideCopies({ places, tools, vault }: SettlingParts): void {
  const { files, clock } = tools;
  const { secondJournalDirectory } = places;
  const chains = findOwnChains(secondJournalDirectory, vault);
  for (const chainId of chains) {
    const path = secondJournalPath(secondJournalDirectory, chainId);
    files.rename(path, asideNameOf(path, clock.wall(), files));
  }
  if (chains.length > 0) files.flushFolder(secondJournalDirectory);
  setAsideDatabase(places, tools);
}
