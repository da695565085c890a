import type { OrderRow, PrintJobRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import type { OpenTicket, TicketProgress } from '#shared/contract/terminal/snapshot.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { money } from '#shared/kernel/money.ts';
import type { PrintQueue } from './print-queue.ts';

/**
 * Where the paper of one job stands.
 *
 * - `waiting`, `printing`: the print queue of this run has it
 * - `in-question`: nobody knows what is on paper, or that it is not; a person has to look
 * - `parked`: a person looked, and the ticket is not good; a reprint settles it
 */
export type TicketState = TicketProgress['state'];

/** Where one job stands, by the journal and by the queue of this run. */
export function ticketStateOf(job: PrintJobRow, queue: Pick<PrintQueue, 'stageOf'>): TicketState {
  const stage = queue.stageOf(job.printJobId);
  if (stage !== undefined) return stage;
  const { state } = job;
  if (state.kind === 'answered') {
    if (state.answer === 'complete') return 'printed';
    return isProvenUnsent(job) ? 'in-question' : 'parked';
  }
  if (state.kind !== 'finished') return 'in-question';
  const isKnown = state.outcome === 'printed' || state.outcome === 'sent-not-proven';
  return isKnown ? state.outcome : 'in-question';
}

/** Nothing of this job can have reached the printer, so printing it again makes no second ticket. */
function isProvenUnsent({ attempts, state }: PrintJobRow): boolean {
  return attempts === 0 || (state.kind === 'finished' && state.outcome === 'not-sent');
}

/** The job that decides about an order's ticket: its last copy, else the original. */
export function decidingJob({ printJobs }: OrderRow): PrintJobRow {
  const [first, ...others] = printJobs;
  invariant(first !== undefined, 'an order has the job of its original');
  return others.reduce((last, job) => (job.copyNumber > last.copyNumber ? job : last), first);
}

/** How an order's ticket is coming along. */
export function ticketProgressOf(
  order: OrderRow,
  queue: Pick<PrintQueue, 'stageOf'>,
): TicketProgress {
  const job = decidingJob(order);
  return {
    printJobId: job.printJobId,
    orderId: job.orderId,
    state: ticketStateOf(job, queue),
  };
}

/** The tickets that somebody has to look at, oldest first. A later copy settles an earlier job. */
export function findOpenTickets(
  rows: Pick<TerminalRows, 'openPrintJobs' | 'order'>,
  queue: Pick<PrintQueue, 'stageOf'>,
): OpenTicket[] {
  return rows.openPrintJobs().flatMap((job) => {
    const state = ticketStateOf(job, queue);
    if (state !== 'in-question' && state !== 'parked') return [];
    const row = rows.order(job.orderId);
    invariant(row !== undefined, `no order of print job ${job.printJobId}`);
    if (decidingJob(row).printJobId !== job.printJobId) return [];
    return [
      {
        printJobId: job.printJobId,
        orderId: job.orderId,
        validationNumber: row.order.validationNumber,
        packageName: row.order.packageName,
        amount: money(row.order.amountMinor, row.currency),
        soldAt: row.soldAt,
        state,
        isProvenUnsent: isProvenUnsent(job),
      },
    ];
  });
}
