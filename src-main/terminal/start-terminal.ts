import path from 'node:path';
import { createDiskSpace } from '#main/adapters/system/disk-space.ts';
import {
  copyClosedDatabase,
  createFileJournalExport,
} from '#main/adapters/system/file-journal-export.ts';
import type { Software } from '#shared/contract/journal/terminal-entries.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { TerminalConfiguration } from './configuration.ts';
import { createOutOfServiceTerminal } from './out-of-service-terminal.ts';
import { type PreparedData, prepareTerminalData } from './prepare-data.ts';
import { identifyProgram } from './program-identity.ts';
import { runTerminal } from './run-terminal.ts';
import { dataFault } from './stored-data/data-fault.ts';
import type { NoDatabase } from './stored-data/settle-database.ts';
import { firstRevisionOf, startSuccession, type Turn } from './succession.ts';
import { createSystemTools, type SystemTools } from './system-tools.ts';
import type { Terminal } from './terminal.ts';

const JOURNAL_WRITER = new URL('../workers/journal-writer-worker.ts', import.meta.url);

/**
 * Starts the terminal: checks the program's files, then everything it keeps, then works.
 *
 * Damage does not keep it from starting: it starts out of service and says why (GLI-31 3.4.4,
 * 3.5.2). Refuses, in one line, when another terminal holds the data.
 */
export function startTerminal(
  configuration: TerminalConfiguration,
): Promise<Result<Terminal, string>> {
  const tools = createSystemTools(configuration);
  return startSuccession({
    start: (turn) => startInTurn(configuration, tools, turn),
    standStill: (turn, detail) => {
      const { software } = identifyProgram(configuration);
      return standStill(
        configuration,
        { faults: dataFault('start', detail) },
        software,
        tools,
        turn,
      );
    },
  });
}

async function startInTurn(
  configuration: TerminalConfiguration,
  tools: SystemTools,
  turn: Turn,
): Promise<Result<Terminal, string>> {
  const { software, changedFiles } = identifyProgram(configuration);
  if (changedFiles.length > 0) {
    const faults = dataFault('program files', `changed: ${changedFiles.join(', ')}`);
    return ok(standStill(configuration, { faults }, software, tools, turn));
  }
  const data = await prepareData(configuration, tools, turn.generation > 0);
  switch (data.kind) {
    case 'in-use':
      return refuse(data.detail);
    case 'out-of-service':
      return ok(standStill(configuration, data, software, tools, turn));
    default:
      return ok(await runTerminal(configuration, data, software, tools, turn));
  }
}

function prepareData(
  configuration: TerminalConfiguration,
  tools: SystemTools,
  startsOver: boolean,
): Promise<PreparedData> {
  const migrationsDirectory = path.join(configuration.programDirectory, 'migrations', 'terminal');
  return prepareTerminalData(
    { ...configuration, migrationsDirectory, journalWriterScript: JOURNAL_WRITER },
    tools,
    startsOver,
  );
}

function standStill(
  configuration: TerminalConfiguration,
  { faults, canStartOver }: Pick<NoDatabase, 'faults' | 'canStartOver'>,
  software: Software,
  { clock, log }: SystemTools,
  turn: Turn,
): Terminal {
  log.error({ faults }, 'out of service');
  const { dataDirectory, secondJournalDirectory } = configuration;
  const transport = createOutOfServiceTerminal(
    {
      faults,
      since: clock.wall(),
      software,
      dataDirectory,
      secondJournalDirectory,
      freeBytes: createDiskSpace(dataDirectory).freeBytes(),
      revision: firstRevisionOf(turn),
      startOver: canStartOver === true ? turn.startOver : undefined,
    },
    createFileJournalExport({
      dataDirectory,
      secondJournalDirectory,
      clock,
      copyDatabase: (folder) => copyClosedDatabase(dataDirectory, folder),
    }),
    log,
  );
  return { transport, stop: async () => {} };
}
