import { join } from 'node:path';
import { createSignatureVerifier } from '#main/adapters/system/ed25519.ts';
import { createSystemClock } from '#main/adapters/system/system-clock.ts';
import { prepareTerminalData, type UsableData } from '#main/terminal/prepare-data.ts';
import { createDataFiles, type DataFiles } from '#main/terminal/stored-data/data-files.ts';
import type { DataPlaces } from '#main/terminal/stored-data/data-places.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { MIGRATIONS } from './terminal-database.ts';
import { CHAIN, createHistoryPlayer, type HistoryPlayer } from './terminal-database-history.ts';
import { untilFlushed } from './until-flushed.ts';

/** The folders of a till below `folder`. */
export function placesBelow(folder: string): DataPlaces {
  return {
    dataDirectory: join(folder, 'data'),
    secondJournalDirectory: join(folder, 'second'),
    vaultDirectory: join(folder, 'vault'),
    migrationsDirectory: MIGRATIONS,
    journalWriterScript: new URL(
      '../../src-main/workers/journal-writer-worker.ts',
      import.meta.url,
    ),
  };
}

/** Starts a till's data as the program does. */
export function prepare(
  places: DataPlaces,
  files: DataFiles = createDataFiles(),
  startsOver = false,
) {
  const tools = { clock: createSystemClock(), verifier: createSignatureVerifier(), files };
  return prepareTerminalData(places, tools, startsOver);
}

/** The same, where a till that can sell is expected. */
export async function prepareUsable(places: DataPlaces, files?: DataFiles): Promise<UsableData> {
  const prepared = await prepare(places, files);
  invariant('storage' in prepared, `not usable: ${JSON.stringify(prepared)}`);
  return prepared;
}

/** A player on a prepared till, which is enrolled and supplied first if it is fresh. */
export function playOn({ kind, storage }: UsableData): HistoryPlayer {
  const { vault, unitOfWork } = storage;
  const player = createHistoryPlayer(unitOfWork, vault.createDeviceKey(CHAIN));
  if (kind === 'fresh') {
    player.enrol(vault.machineFingerprint);
    player.play({ kind: 'mirror', peopleCount: 2, newPins: false, state: 'active' });
  }
  return player;
}

/** Sells one number, after numbers have arrived if there are none; waits for the second copy. */
export async function sellOne({ storage }: UsableData, player: HistoryPlayer): Promise<number> {
  const { unitOfWork, secondJournal, vault } = storage;
  const flushes: Promise<void>[] = [];
  const stop = unitOfWork.onCommitted((entries) => {
    flushes.push(untilFlushed(() => secondJournal.append(entries)));
  });
  const sell = () => player.play({ kind: 'sell', packageSizes: [1] });
  if (sell().length === 0) {
    player.play({ kind: 'numbers', count: 500, mode: 'sequential', blockSize: 500 });
    invariant(sell().length === 1, 'fresh numbers can be sold');
  }
  stop();
  const head = unitOfWork.rows.head();
  await Promise.all(flushes);
  vault.noteHead(CHAIN, head);
  return head.seq;
}
