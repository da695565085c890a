import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import { createChainRows } from './chain-rows.ts';
import { createCheckoutRows } from './checkout-rows.ts';
import { createDeviceRows } from './device-rows.ts';
import { createLastEntryRows } from './last-entry-rows.ts';
import { createMirrorRows } from './mirror-rows.ts';
import { createNumberRows } from './number-rows.ts';
import type { AnyDatabase } from './open-database.ts';
import { createOrderCountRows } from './order-count-rows.ts';
import { createOrderRows } from './order-rows.ts';
import { createPrintJobRows } from './print-job-rows.ts';

/** The rows of one database, and a way to drop what was remembered of rows now rolled back. */
export interface SqliteTerminalRows {
  readonly rows: TerminalRows;
  forget(): void;
}

/** Reads the rows of one database. `emptyHead` is the head while the journal has no entry. */
export function createTerminalRows(
  database: AnyDatabase,
  emptyHead: () => ChainHead,
): SqliteTerminalRows {
  const chain = createChainRows(database);
  const numbers = createNumberRows(database);
  const printJobs = createPrintJobRows(database);

  const rows: TerminalRows = {
    ...createDeviceRows(database),
    ...createMirrorRows(database),
    allocations: numbers.allocations,
    validationBlocks: numbers.validationBlocks,
    heldNumbers: numbers.heldNumbers,
    ...createCheckoutRows(database),
    ...createOrderRows(database),
    ...createOrderCountRows(database),
    ...createLastEntryRows(database),
    printJob: printJobs.printJob,
    openPrintJobs: printJobs.openPrintJobs,
    head: () => {
      const head = chain.head();
      return head.seq === 0 ? emptyHead() : head;
    },
    hashAt: chain.hashAt,
    totals: chain.totals,
    totalsAt: chain.totalsAt,
  };
  return {
    rows,
    forget: numbers.forget,
  };
}
