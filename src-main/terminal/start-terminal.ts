import path from 'node:path';
import { createEnrolmentClient } from '#main/adapters/central/enrolment-client.ts';
import { createVirtualPrinter } from '#main/adapters/printer/virtual-printer.ts';
import { createJournalReader } from '#main/adapters/sqlite/journal-reader.ts';
import { migrate } from '#main/adapters/sqlite/migrate.ts';
import { openWritableDatabase } from '#main/adapters/sqlite/open-database.ts';
import { createUnitOfWork } from '#main/adapters/sqlite/unit-of-work.ts';
import { createDiskSpace } from '#main/adapters/system/disk-space.ts';
import { createSignatureVerifier } from '#main/adapters/system/ed25519.ts';
import { createFileJournalExport } from '#main/adapters/system/file-journal-export.ts';
import { openMachineVault } from '#main/adapters/system/machine-vault.ts';
import { createPinoLog } from '#main/adapters/system/pino-log.ts';
import { createScryptPinHasher } from '#main/adapters/system/scrypt-pin-hasher.ts';
import { createSecondJournal } from '#main/adapters/system/second-journal.ts';
import { identifySoftware } from '#main/adapters/system/software-identity.ts';
import { createSystemClock } from '#main/adapters/system/system-clock.ts';
import { createIdSource, createSystemRandom } from '#main/adapters/system/system-randomness.ts';
import { createSystemTimers } from '#main/adapters/system/system-timers.ts';
import { createSyncLink } from '#main/workers/sync-supervisor.ts';
import type { BootId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { createTerminalCore } from '../application/terminal-core.ts';
import { createDispatcher } from '../transport/dispatcher.ts';
import type { TerminalTransport } from '../transport/terminal-transport.ts';
import type { TerminalConfiguration } from './configuration.ts';
import { readDemoPeople } from './read-demo-people.ts';
import { runDemo } from './run-demo.ts';
import { mkdirSync } from 'node:fs';

export interface Terminal {
  readonly transport: TerminalTransport;
  stop(): Promise<void>;
}

export async function startTerminal(
  configuration: TerminalConfiguration,
): Promise<Result<Terminal, string>> {
  const { dataDirectory, programDirectory } = configuration;
  mkdirSync(dataDirectory, { recursive: true });
  mkdirSync(configuration.secondJournalDirectory, { recursive: true });
  const log = createPinoLog(path.join(dataDirectory, 'terminal.log'));
  const clock = createSystemClock();
  const random = createSystemRandom();
  const ids = createIdSource(clock, random);
  const verifier = createSignatureVerifier();
  const vault = openMachineVault(configuration.vaultDirectory);
  const databasePath = path.join(dataDirectory, 'terminal.db');
  const database = openWritableDatabase(databasePath);
  migrate(database, {
    migrationsDirectory: path.join(programDirectory, 'migrations', 'terminal'),
    backUp: () => {},
  });
  const unitOfWork = createUnitOfWork(database, verifier);
  const { software } = identifySoftware({
    programDirectory,
    parts: ['package.json', 'migrations', 'src-main', 'src-shared', 'dist/main', 'dist/renderer'],
  });
  const reader = createJournalReader(databasePath);
  const secondJournal = createSecondJournal({
    directory: configuration.secondJournalDirectory,
    chainId: unitOfWork.rows.device()?.chainId,
    dataDirectory,
    writerScript: new URL('../workers/journal-writer-worker.ts', import.meta.url),
    source: {
      hashAt: (seq) => reader.hashAt(seq),
      entriesAfter: (after, most) =>
        reader.entries({ after, through: 2 ** 40, mostEntries: most, mostBytes: 4e6 }),
    },
  });
  const core = createTerminalCore({
    unitOfWork,
    secondJournal,
    vault,
    pinHasher: createScryptPinHasher(),
    printer: createVirtualPrinter({
      directory: path.join(dataDirectory, 'printer'),
      columns: configuration.printer.columns,
    }),
    sync: createSyncLink({
      databasePath,
      vaultDirectory: configuration.vaultDirectory,
      software,
      centralUrl: configuration.centralUrl,
      log,
      ids,
      random,
    }),
    enrolmentClient: createEnrolmentClient({ clock, random, verifier }),
    journalExport: createFileJournalExport({ ...configuration, clock }),
    clock,
    timers: createSystemTimers(),
    ids,
    diskSpace: createDiskSpace(dataDirectory),
    log,
    software,
    bootId: ids.next<BootId>(),
    configurationHash: configuration.configurationHash,
    memoryCheck: { durationMs: 0, checks: [] },
    rebuilt: null,
    mustCompareHeads: false,
    demo: configuration.demo === null ? null : readDemoPeople(programDirectory),
  });
  await core.start();
  if (configuration.demo !== null && configuration.centralUrl !== null) {
    runDemo(core, { centralUrl: configuration.centralUrl, ...configuration.demo }, log);
  }
  return ok({
    transport: createDispatcher(core),
    async stop() {
      await core.stop();
    },
  });
}
