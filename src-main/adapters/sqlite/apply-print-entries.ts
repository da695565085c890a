import { and, eq, lt, sql } from 'drizzle-orm';
import type { PaperAnswer, PrintOutcome } from '#shared/contract/journal/print-entries.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Appliers } from './appliers.ts';
import type { WritableDatabase } from './open-database.ts';
import { prepareInsert } from './prepare-insert.ts';
import { prepareUpdate } from './prepare-update.ts';
import { orders, printJobs } from './schema.ts';

type PrintKind = 'print.started' | 'print.finished' | 'print.answered' | 'reprint.ordered';

/** Outcomes after which nobody has to look at the ticket. */
const SETTLING_OUTCOMES: readonly PrintOutcome[] = ['printed', 'sent-not-proven'];

/** Answers after which nobody has to look at the ticket. */
const SETTLING_ANSWERS: readonly PaperAnswer[] = ['complete'];

/** Entries about tickets on paper. */
export function createPrintAppliers(database: WritableDatabase): Appliers<PrintKind> {
  const move = prepareUpdate(database, printJobs, 'printJobId', [
    'state',
    'outcome',
    'answer',
    'isSettled',
  ]);
  const countAttempt = prepareUpdate(database, printJobs, 'printJobId', ['attempts']);
  const orderCopy = createCopyOrderer(database);

  return {
    'print.started': ({ payload: { printJobId, attempt } }) => {
      countAttempt({ printJobId, attempts: attempt });
      move({ printJobId, state: 'started', outcome: null, answer: null, isSettled: false });
    },
    'print.finished': ({ payload: { printJobId, outcome } }) =>
      move({
        printJobId,
        state: 'finished',
        outcome,
        answer: null,
        isSettled: SETTLING_OUTCOMES.includes(outcome),
      }),
    'print.answered': ({ payload: { printJobId, answer } }) =>
      move({
        printJobId,
        state: 'answered',
        outcome: null,
        answer,
        isSettled: SETTLING_ANSWERS.includes(answer),
      }),
    'reprint.ordered': ({ payload }) => orderCopy(payload),
  };
}

/** A new copy settles every copy before it: the ticket in question is now the new one. */
function createCopyOrderer(database: WritableDatabase) {
  const findOrder = database.orm
    .select({ ordinal: orders.ordinal })
    .from(orders)
    .where(eq(orders.orderId, sql.placeholder('orderId')))
    .prepare();
  const settleEarlier = database.orm
    .update(printJobs)
    .set({ isSettled: true })
    .where(
      and(
        eq(printJobs.orderOrdinal, sql.placeholder('orderOrdinal')),
        lt(printJobs.copyNumber, sql.placeholder('copyNumber')),
      ),
    )
    .prepare();
  const insertCopy = prepareInsert(database, printJobs);

  return (
    copy: Pick<typeof printJobs.$inferSelect, 'printJobId' | 'copyNumber'> & {
      readonly orderId: typeof orders.$inferSelect.orderId;
    },
  ): void => {
    const order = findOrder.get({ orderId: copy.orderId });
    invariant(order !== undefined, `no order ${copy.orderId}`);
    settleEarlier.run({ orderOrdinal: order.ordinal, copyNumber: copy.copyNumber });
    insertCopy({
      printJobId: copy.printJobId,
      orderOrdinal: order.ordinal,
      copyNumber: copy.copyNumber,
      attempts: 0,
      state: 'waiting',
      isSettled: false,
    });
  };
}
