import type { Commit, Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { SessionKeeper } from '#main/application/session/session-keeper.ts';
import type { IdSource } from '#main/ports/randomness.ts';
import type { KeptDraft } from '#main/ports/terminal-notes.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import type { CheckoutDraft, CheckoutLine } from '#shared/contract/terminal/snapshot.ts';
import type { CheckoutId } from '#shared/kernel/ids.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { LastSale } from './last-sale.ts';
import type { NumberSource } from './number-source.ts';
import { mergeLines, priceCart } from './price-cart.ts';
import type { SellingDesk } from './selling-desk.ts';

/**
 * Replaces the lines of the cart; without a checkout's id, opens a new one for the next customer.
 *
 * A cart may always shrink. It grows only while every gate is open and the numbers for all of it are
 * here. Refuses with the first closed gate, `package.unknown`, `checkout.too-large`, and for a
 * checkout that is not the open one with `checkout.conflict` if it was sold, else `checkout.unknown`.
 */
export function createChangeCheckout(dependencies: {
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly session: SessionKeeper;
  readonly ids: IdSource;
  readonly desk: SellingDesk;
  readonly numberSource: NumberSource;
  readonly lastSale: LastSale;
}): OperationHandlers['checkout.change'] {
  const { ledger, session, ids, lastSale } = dependencies;
  return async ({ checkoutId, lines }) => {
    const changed = await ledger.commit(session.operatorId(), (commit) => {
      const before = findDraft(commit, checkoutId);
      if (!before.ok) return before;
      const draft: CheckoutDraft = {
        checkoutId: checkoutId ?? ids.next<CheckoutId>(),
        lines: mergeLines(lines),
      };
      const refusal = isGrowing(before.value, draft.lines)
        ? findRefusal(dependencies, commit, draft.lines)
        : undefined;
      if (refusal !== undefined) return refuse(refusal);
      replaceDraft(commit, { ...draft, operatorId: session.operatorId() });
      return ok(draft);
    });
    if (changed.ok && checkoutId === null) lastSale.clear();
    return changed;
  };
}

function findDraft(
  { rows, notes }: Commit,
  checkoutId: CheckoutId | null,
): Result<readonly CheckoutLine[], Failure> {
  if (checkoutId === null) return ok([]);
  const draft = notes.draft();
  if (draft?.checkoutId === checkoutId) return ok(draft.lines);
  const isSold = rows.checkout(checkoutId) !== undefined;
  return refuse(failure(isSold ? 'checkout.conflict' : 'checkout.unknown'));
}

function isGrowing(before: readonly CheckoutLine[], after: readonly CheckoutLine[]): boolean {
  return after.some(
    ({ packageId, quantity }) =>
      quantity > (before.find((line) => line.packageId === packageId)?.quantity ?? 0),
  );
}

function findRefusal(
  { desk, numberSource }: { readonly desk: SellingDesk; readonly numberSource: NumberSource },
  commit: Commit,
  lines: readonly CheckoutLine[],
): Failure | undefined {
  const raffleEvent = desk.raffleEvent(commit.rows)?.raffleEvent;
  if (raffleEvent === undefined) return failure('raffle-event.none-chosen');
  const cart = priceCart(raffleEvent, lines);
  if (!cart.ok) return cart.failure;
  const wanted = { orders: cart.value.packages.length, valueMinor: cart.value.total.minor };
  const closed = desk.saleRefusal(commit, wanted);
  if (closed !== undefined) return closed;
  const counts = cart.value.packages.map(({ numberCount }) => numberCount);
  const numbers = numberSource.next(commit.rows, raffleEvent.raffleEventId, counts);
  return numbers.ok ? undefined : numbers.failure;
}

function replaceDraft({ notes }: Commit, draft: KeptDraft): void {
  const before = notes.draft();
  if (before !== undefined && before.checkoutId !== draft.checkoutId) {
    notes.discardDraft(before.checkoutId);
  }
  notes.saveDraft(draft);
}
