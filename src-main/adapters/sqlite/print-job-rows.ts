import { asc, eq, sql } from 'drizzle-orm';
import type { PrintJobRow, PrintJobState, TerminalRows } from '#main/ports/terminal-rows.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { AnyDatabase } from './open-database.ts';
import { orders, printJobs } from './schema.ts';

type PrintJobRows = Pick<TerminalRows, 'printJob' | 'openPrintJobs'> & {
  /** Every copy of one order, the original first. */
  ofOrder(orderOrdinal: number): readonly PrintJobRow[];
};

/** Reads where each ticket's printing stands. */
export function createPrintJobRows(database: AnyDatabase): PrintJobRows {
  const select = () =>
    database.orm
      .select({ job: printJobs, orderId: orders.orderId })
      .from(printJobs)
      .innerJoin(orders, eq(orders.ordinal, printJobs.orderOrdinal))
      .$dynamic();
  const find = select()
    .where(eq(printJobs.printJobId, sql.placeholder('printJobId')))
    .prepare();
  // Written out, so that SQLite sees that the partial index fits.
  const listOpen = select()
    .where(sql`${printJobs.isSettled} = 0`)
    .orderBy(asc(printJobs.ordinal))
    .prepare();
  const listOfOrder = select()
    .where(eq(printJobs.orderOrdinal, sql.placeholder('orderOrdinal')))
    .orderBy(asc(printJobs.copyNumber))
    .prepare();

  return {
    printJob: (printJobId) => {
      const row = find.get({ printJobId });
      return row && printJobOf(row);
    },
    openPrintJobs: () => listOpen.all().map(printJobOf),
    ofOrder: (orderOrdinal) => listOfOrder.all({ orderOrdinal }).map(printJobOf),
  };
}

function printJobOf(row: {
  readonly job: typeof printJobs.$inferSelect;
  readonly orderId: PrintJobRow['orderId'];
}): PrintJobRow {
  const { printJobId, copyNumber, attempts } = row.job;
  return { printJobId, orderId: row.orderId, copyNumber, attempts, state: stateOf(row.job) };
}

function stateOf({ state, outcome, answer }: typeof printJobs.$inferSelect): PrintJobState {
  switch (state) {
    case 'finished':
      invariant(outcome !== null, 'the table keeps an outcome with every finished job');
      return { kind: 'finished', outcome };
    case 'answered':
      invariant(answer !== null, 'the table keeps an answer with every answered job');
      return { kind: 'answered', answer };
    default:
      return { kind: state };
  }
}
