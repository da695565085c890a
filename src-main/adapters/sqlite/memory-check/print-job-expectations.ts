import { isDeepStrictEqual } from 'node:util';
import type { PrintJobState } from '#main/ports/terminal-rows.ts';
import type { EntryBody } from '#shared/contract/journal/entry-body.ts';
import type { PrintJobId } from '#shared/kernel/ids.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import type { AnyDatabase } from '../open-database.ts';
import { createPrintJobRows } from '../print-job-rows.ts';

/** Gathers what the last entries say of print jobs, to compare it with their rows. */
export interface PrintJobExpectations {
  add(body: EntryBody): void;
  /** Throws `IntegrityFault` at the first print job that stands otherwise than its last entry says. */
  compare(database: AnyDatabase): void;
}

/** Begins without any print job. */
export function expectPrintJobs(): PrintJobExpectations {
  const states = new Map<PrintJobId, PrintJobState>();
  return {
    add: (body) => {
      for (const [printJobId, state] of statesIn(body)) states.set(printJobId, state);
    },
    compare: (database) => {
      const rows = createPrintJobRows(database);
      for (const [printJobId, state] of states) {
        if (!isDeepStrictEqual(rows.printJob(printJobId)?.state, state)) {
          throw new IntegrityFault(
            `print job ${printJobId} stands otherwise than its last entry says`,
          );
        }
      }
    },
  };
}

function statesIn(body: EntryBody): readonly (readonly [PrintJobId, PrintJobState])[] {
  switch (body.kind) {
    case 'sale.completed':
      return body.payload.orders.map(({ printJobId }) => [printJobId, { kind: 'waiting' }]);
    case 'reprint.ordered':
      return [[body.payload.printJobId, { kind: 'waiting' }]];
    case 'print.started':
      return [[body.payload.printJobId, { kind: 'started' }]];
    case 'print.finished':
      return [[body.payload.printJobId, { kind: 'finished', outcome: body.payload.outcome }]];
    case 'print.answered':
      return [[body.payload.printJobId, { kind: 'answered', answer: body.payload.answer }]];
    default:
      return [];
  }
}
