import path from 'node:path';
import { createEnrolmentClient } from '#main/adapters/central/enrolment-client.ts';
import { createVirtualPrinter } from '#main/adapters/printer/virtual-printer.ts';
import { createDiskSpace } from '#main/adapters/system/disk-space.ts';
import { createFileJournalExport } from '#main/adapters/system/file-journal-export.ts';
import { createScryptPinHasher } from '#main/adapters/system/scrypt-pin-hasher.ts';
import { createSystemTimers } from '#main/adapters/system/system-timers.ts';
import { createSyncLink } from '#main/workers/sync-supervisor.ts';
import type { Software } from '#shared/contract/journal/terminal-entries.ts';
import type { BootId } from '#shared/kernel/ids.ts';
import { createTerminalCore } from '../application/terminal-core.ts';
import { createDispatcher } from '../transport/dispatcher.ts';
import type { TerminalConfiguration } from './configuration.ts';
import type { UsableData } from './prepare-data.ts';
import { readDemoPeople } from './read-demo-people.ts';
import { runDemo } from './run-demo.ts';
import { firstRevisionOf, type Turn } from './succession.ts';
import type { SystemTools } from './system-tools.ts';
import type { Terminal } from './terminal.ts';

/** Runs a terminal on data that was found good. */
export async function runTerminal(
  configuration: TerminalConfiguration,
  { kind: _, storage, ...found }: UsableData,
  software: Software,
  tools: SystemTools,
  turn: Turn,
): Promise<Terminal> {
  const { dataDirectory, programDirectory, centralUrl, demo } = configuration;
  const { log, ids } = tools;
  const printer = createVirtualPrinter({
    directory: path.join(dataDirectory, 'printer'),
    columns: configuration.printer.columns,
  });
  const sync = createSyncLink({
    databasePath: storage.databasePath,
    vaultDirectory: storage.vaultFolder,
    software,
    centralUrl,
    ...tools,
  });
  const core = createTerminalCore({
    ...storage,
    ...tools,
    pinHasher: createScryptPinHasher(),
    printer,
    sync,
    enrolmentClient: createEnrolmentClient(tools),
    journalExport: createFileJournalExport({
      ...configuration,
      clock: tools.clock,
      copyDatabase: storage.copyDatabase,
    }),
    timers: createSystemTimers(),
    diskSpace: createDiskSpace(dataDirectory),
    software,
    bootId: ids.next<BootId>(),
    configurationHash: configuration.configurationHash,
    ...found,
    firstRevision: firstRevisionOf(turn),
    startOver: turn.startOver,
    demo: demo === null ? null : readDemoPeople(programDirectory),
  });
  let isStopping = false;
  await core.start();
  storage.verifyOlderEntries().catch((error: unknown) => {
    if (!isStopping) core.noteThrow('verify older entries', error);
  });
  const endDemo =
    demo === null || centralUrl === null ? undefined : runDemo(core, { centralUrl, ...demo }, log);
  return {
    transport: createDispatcher(core),
    async stop() {
      isStopping = true;
      endDemo?.();
      await core.stop();
      await sync.close();
      await printer.close();
      await storage.close();
    },
  };
}
