import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  CheckoutDraft,
  CheckoutLine,
  SaleReceipt,
  Selling,
  Snapshot,
} from '#shared/contract/terminal/snapshot.ts';
import type { CheckoutId, PackageId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Money } from '#shared/kernel/money.ts';
import type { ScreenFailure } from '../transport/screen-failure.ts';
import type { Answer, TerminalClient } from '../transport/terminal-client.ts';
import { addOne, cartTotal, isSameCart, removeOne } from './cart.ts';
import { typedAmount } from './cash-entry.ts';
import { isPayDead } from './pay-dead-time.ts';
import {
  AT_CART,
  mayChangeCart,
  moveSale,
  type SaleFlow,
  type SaleFlowEvent,
} from './sale-flow.ts';
import { currencyOf } from './selling-currency.ts';
import type { TerminalStore } from './terminal-store.ts';

/** What the seller is doing for the customer at the counter. */
export interface SaleState {
  readonly flow: SaleFlow;
  /** As tapped; the terminal keeps the same once `checkout.change` has answered. */
  readonly lines: readonly CheckoutLine[];
  /** What the last finished sale was made of, for "repeat last". */
  readonly lastLines: readonly CheckoutLine[];
  /** Why the terminal did not take the last change of the cart. */
  readonly cartProblem: ScreenFailure | null;
  /** When the pay pane last showed something else, by `performance.now()`. */
  readonly paneChangedAtMs: number;
}

/** What the selling screen can do. Taps on pay positions are ignored in their dead time. */
export interface SaleActions {
  readonly addPackage: (packageId: PackageId) => void;
  readonly removePackage: (packageId: PackageId) => void;
  readonly repeatLast: () => void;
  readonly payExact: () => void;
  readonly payNote: (tendered: Money) => void;
  readonly openCash: () => void;
  readonly typeDigit: (digit: string) => void;
  readonly eraseDigit: () => void;
  readonly closeCash: () => void;
  readonly payTyped: () => void;
  readonly confirmAmount: () => void;
  readonly correctAmount: () => void;
  readonly confirmCashGivenBack: () => void;
}

export interface SaleStore extends StoreApi<SaleState> {
  readonly actions: SaleActions;
}

interface Payment {
  readonly tenderedMinor: Money['minor'] | null;
  readonly isConfirmed: boolean;
}

/**
 * Runs one sale after the other. Nothing is sold until the terminal has said so: the screen waits.
 *
 * Changes of the cart reach the terminal one at a time and in order; a payment waits for them. When
 * the terminal is lost in the middle of a sale, its next snapshot tells what became of it.
 */
export function createSaleStore(dependencies: {
  readonly client: TerminalClient;
  readonly terminal: TerminalStore;
  readonly monotonicMs: () => number;
}): SaleStore {
  const { client, terminal, monotonicMs } = dependencies;
  const store = createStore<SaleState>(() => ({
    flow: AT_CART,
    lines: [],
    lastLines: [],
    cartProblem: null,
    paneChangedAtMs: monotonicMs(),
  }));
  let checkoutId: CheckoutId | null = null;
  let confirmedLines: readonly CheckoutLine[] = [];
  let changing: Promise<void> | null = null;
  let isCompleting = false;

  function move(event: SaleFlowEvent): void {
    const { flow } = store.getState();
    const next = moveSale(flow, event);
    if (next === flow) return;
    store.setState({
      flow: next,
      ...(next.step === flow.step ? {} : { paneChangedAtMs: monotonicMs() }),
    });
  }

  function isDead(): boolean {
    return isPayDead(store.getState().paneChangedAtMs, monotonicMs());
  }

  function changeLines(change: (lines: readonly CheckoutLine[]) => readonly CheckoutLine[]): void {
    const { flow, lines } = store.getState();
    if (!mayChangeCart(flow)) return;
    const changed = change(lines);
    if (changed === lines) return;
    move({ kind: 'cart-changed' });
    store.setState({ lines: changed, cartProblem: null, paneChangedAtMs: monotonicMs() });
    changing ??= sendChanges().finally(() => {
      changing = null;
    });
  }

  async function sendChanges(): Promise<void> {
    while (!isSameCart(store.getState().lines, confirmedLines) || checkoutId === null) {
      const { lines } = store.getState();
      const answer = await client.request('checkout.change', { checkoutId, lines: [...lines] });
      if (!answer.ok) {
        store.setState({ lines: confirmedLines, cartProblem: answer.failure });
        return;
      }
      checkoutId = answer.value.checkoutId;
      confirmedLines = answer.value.lines;
    }
  }

  async function pay(tendered: Money, payment: Payment): Promise<void> {
    move({ kind: 'paid', tendered });
    if (store.getState().flow.step !== 'saving' || isCompleting) return;
    isCompleting = true;
    try {
      await changing;
      finish(await complete(payment));
    } finally {
      isCompleting = false;
    }
  }

  async function complete(payment: Payment): Promise<Answer<'sale.complete'> | null> {
    const { lines, cartProblem } = store.getState();
    if (cartProblem !== null || checkoutId === null) return null;
    return await client.request('sale.complete', {
      checkoutId,
      lines: [...lines],
      expectedTotalMinor: totalNow().minor,
      payment: { tender: 'cash', ...payment },
    });
  }

  function finish(answer: Answer<'sale.complete'> | null): void {
    if (answer === null) {
      const { cartProblem } = store.getState();
      if (cartProblem !== null) move({ kind: 'refused', failure: cartProblem });
      return;
    }
    if (answer.ok) {
      startAfresh({ lastLines: answer.value.lines });
      move({ kind: 'sold', receipt: newestOf(answer.value) });
    } else if (answer.failure.code !== 'link.lost') {
      move({ kind: 'refused', failure: answer.failure });
    }
  }

  /** A snapshot that came with the answer knows more of the tickets than the answer. */
  function newestOf(receipt: SaleReceipt): SaleReceipt {
    const shown = terminal.getState().snapshot?.lastSale;
    return shown?.checkoutId === receipt.checkoutId ? shown : receipt;
  }

  function startAfresh(also: Partial<SaleState>): void {
    checkoutId = null;
    confirmedLines = [];
    store.setState({ lines: [], cartProblem: null, ...also });
  }

  function adoptDraft(draft: CheckoutDraft | null): void {
    checkoutId = draft?.checkoutId ?? null;
    confirmedLines = draft?.lines ?? [];
    if (!isSameCart(store.getState().lines, confirmedLines)) {
      store.setState({ lines: confirmedLines, paneChangedAtMs: monotonicMs() });
    }
  }

  function adopt(snapshot: Snapshot): void {
    if (changing !== null || isCompleting) return;
    if (snapshot.session.kind === 'signed-out') {
      startAfresh({ lastLines: [] });
      move({ kind: 'abandoned' });
      return;
    }
    const { flow } = store.getState();
    if (flow.step === 'saving') move({ kind: 'abandoned' });
    adoptDraft(snapshot.checkout);
    const sale = snapshot.lastSale;
    if (sale === null) return;
    store.setState({ lastLines: sale.lines });
    if (confirmedLines.length > 0) return;
    const current = store.getState().flow;
    if (current.step === 'sold' || current.step === 'cart') {
      move({ kind: 'sold', receipt: sale });
    }
  }

  function totalNow(): Money {
    const selling = sellingNow();
    return cartTotal(store.getState().lines, selling.packages, currencyOf(selling));
  }

  function sellingNow(): Selling {
    const selling = terminal.getState().snapshot?.selling;
    invariant(selling, 'a sale without a raffle event');
    return selling;
  }

  terminal.subscribe(({ snapshot }, before) => {
    if (snapshot !== null && snapshot !== before.snapshot) adopt(snapshot);
  });

  const whenLive = (action: () => void) => (): void => {
    if (!isDead()) action();
  };
  return {
    ...store,
    actions: {
      addPackage: (packageId) => changeLines((lines) => addOne(lines, packageId)),
      removePackage: (packageId) => changeLines((lines) => removeOne(lines, packageId)),
      repeatLast: whenLive(() => changeLines(() => store.getState().lastLines)),
      payExact: whenLive(() => {
        void pay(totalNow(), { tenderedMinor: null, isConfirmed: false });
      }),
      payNote(tendered) {
        if (!isDead()) void pay(tendered, { tenderedMinor: tendered.minor, isConfirmed: false });
      },
      openCash: whenLive(() => move({ kind: 'cash-opened' })),
      typeDigit: (digit) => move({ kind: 'digit-typed', digit }),
      eraseDigit: () => move({ kind: 'digit-erased' }),
      closeCash: whenLive(() => move({ kind: 'cash-closed' })),
      payTyped: whenLive(() => {
        const { flow } = store.getState();
        if (flow.step !== 'cash') return;
        const tendered = typedAmount(flow.digits, sellingNow());
        if (tendered !== null) {
          void pay(tendered, { tenderedMinor: tendered.minor, isConfirmed: false });
        }
      }),
      confirmAmount: whenLive(() => {
        const { flow } = store.getState();
        if (flow.step !== 'confirm-amount') return;
        const { tendered } = flow;
        void pay(tendered, { tenderedMinor: tendered.minor, isConfirmed: true });
      }),
      correctAmount: whenLive(() => move({ kind: 'amount-corrected' })),
      confirmCashGivenBack: whenLive(() => move({ kind: 'cash-given-back' })),
    },
  };
}
