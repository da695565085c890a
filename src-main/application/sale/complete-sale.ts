import type { Commit, Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { PrintQueue } from '#main/application/printing/print-queue.ts';
import type { SessionKeeper } from '#main/application/session/session-keeper.ts';
import type { IdSource } from '#main/ports/randomness.ts';
import type { OrderRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import type { SaleCompleted } from '#shared/contract/journal/sale-entries.ts';
import type { SaleReceipt, TicketProgress } from '#shared/contract/terminal/snapshot.ts';
import type { CheckoutId, PrintJobId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { LastSale } from './last-sale.ts';
import type { NumberSource } from './number-source.ts';
import type { PaymentGuard } from './payment-guard.ts';
import { agreeSale, contentHashOf, planSale, type SaleRequest } from './plan-sale.ts';
import { saleReceiptOf } from './sale-receipt.ts';
import type { SellingDesk } from './selling-desk.ts';

/** What selling works with. */
export interface CompleteSaleDependencies {
  readonly rows: TerminalRows;
  readonly ledger: Pick<Ledger, 'commit' | 'settled'>;
  readonly session: SessionKeeper;
  readonly ids: IdSource;
  readonly desk: SellingDesk;
  readonly numberSource: NumberSource;
  readonly printQueue: Pick<PrintQueue, 'expect' | 'add'>;
  readonly paymentGuard: PaymentGuard;
  readonly lastSale: LastSale;
  isOnline(): boolean;
  progressOf(order: OrderRow): TicketProgress;
  /** Called with what made saving throw. */
  onFault(error: unknown): void;
}

/**
 * Sells the cart for cash: payment first, then tickets (GLI-31 3.1.1).
 *
 * Sold means committed, and flushed to the second file or its failure recorded. All gates are checked
 * inside the same transaction that takes the numbers. The same checkout with the same content gets
 * the first answer; with other content it is refused with `checkout.conflict`. Refuses with the first
 * closed gate and like `agreeSale` and `planSale`; with `checkout.unknown` for a cart that is not the
 * open one; with `sale.not-saved` and the money to give back when the disk did not take it.
 */
export function createCompleteSale(
  dependencies: CompleteSaleDependencies,
): OperationHandlers['sale.complete'] {
  const { rows, ledger, paymentGuard } = dependencies;
  return (request) =>
    paymentGuard.during(async () => {
      const repeated = rows.checkout(request.checkoutId);
      if (repeated === undefined) return sell(dependencies, request);
      if (repeated.sale.contentHash !== contentHashOf(request)) {
        return refuse(failure('checkout.conflict'));
      }
      await ledger.settled();
      return ok(receiptOf(dependencies, request.checkoutId));
    });
}

async function sell(
  dependencies: CompleteSaleDependencies,
  request: SaleRequest,
): Promise<Result<SaleReceipt, Failure>> {
  const { ledger, session, printQueue, lastSale } = dependencies;
  const saved = await save(dependencies, request, () =>
    ledger.commit(session.operatorId(), (commit) => decide(dependencies, commit, request)),
  );
  if (!saved.ok) return saved;
  lastSale.show(request.checkoutId);
  printQueue.add(jobsOf(saved.value));
  return ok(receiptOf(dependencies, request.checkoutId));
}

/** Checks everything once more, now that nothing can change, and writes the sale down. */
function decide(
  { desk, numberSource, ids, printQueue, isOnline }: CompleteSaleDependencies,
  commit: Commit,
  request: SaleRequest,
): Result<SaleCompleted, Failure> {
  const { rows, notes, record } = commit;
  const raffleEvent = desk.raffleEvent(rows)?.raffleEvent;
  const agreed = raffleEvent === undefined ? undefined : agreeSale(raffleEvent, request);
  const wanted = {
    orders: agreed?.ok === true ? agreed.value.cart.packages.length : 0,
    valueMinor: agreed?.ok === true ? agreed.value.cart.total.minor : 0,
  };
  const closed = desk.saleRefusal(commit, wanted);
  if (closed !== undefined) return refuse(closed);
  invariant(raffleEvent !== undefined && agreed !== undefined, 'the gates ask for a raffle event');
  if (notes.draft()?.checkoutId !== request.checkoutId) return refuse(failure('checkout.unknown'));
  if (!agreed.ok) return agreed;
  const planning = { rows, numberSource, ids, isOffline: !isOnline() };
  const sale = planSale(planning, raffleEvent, request, agreed.value);
  if (!sale.ok) return sale;
  record('sale.completed', sale.value);
  printQueue.expect(jobsOf(sale.value));
  notes.discardDraft(request.checkoutId);
  return sale;
}

function jobsOf({ orders }: SaleCompleted): PrintJobId[] {
  return orders.map(({ printJobId }) => printJobId);
}

/** A sale that could not be written down was not made: the money goes back. */
async function save(
  { onFault }: CompleteSaleDependencies,
  { expectedTotalMinor, payment }: SaleRequest,
  commit: () => Promise<Result<SaleCompleted, Failure>>,
): Promise<Result<SaleCompleted, Failure>> {
  const giveBackMinor = payment.tenderedMinor ?? expectedTotalMinor;
  try {
    const saved = await commit();
    if (saved.ok || saved.failure.code !== 'disk.full') return saved;
    return refuse(failure('sale.not-saved', { giveBackMinor, cause: saved.failure.code }));
  } catch (error) {
    onFault(error);
    return refuse(failure('sale.not-saved', { giveBackMinor, cause: 'terminal.fault' }));
  }
}

function receiptOf(
  { rows, progressOf }: CompleteSaleDependencies,
  checkoutId: CheckoutId,
): SaleReceipt {
  const checkout = rows.checkout(checkoutId);
  invariant(checkout !== undefined, `no row of checkout ${checkoutId}`);
  return saleReceiptOf(checkout, rows, progressOf);
}
