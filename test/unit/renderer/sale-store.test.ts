import { beforeEach, describe, expect, it } from 'vitest';
import { createSaleStore, type SaleStore } from '#renderer/stores/sale-store.ts';
import { createTerminalStore } from '#renderer/stores/terminal-store.ts';
import { LINK_LOST } from '#renderer/transport/screen-failure.ts';
import { failure } from '#shared/contract/failures.ts';
import type { CheckoutLine } from '#shared/contract/terminal/snapshot.ts';
import type { CheckoutId, PackageId } from '#shared/kernel/ids.ts';
import { idOf } from '#shared/kernel/ids.ts';
import { type CurrencyCode, money } from '#shared/kernel/money.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import {
  aReceipt,
  aSnapshot,
  sampleId,
} from '#test/helpers/screen-gallery/page/sample-snapshot.ts';
import { createScriptedTerminal, type ScriptedTerminal, settle } from './scripted-terminal.ts';

const CAD = 'CAD' as CurrencyCode;
const FIVE = idOf<PackageId>(sampleId(101));
const TEN = idOf<PackageId>(sampleId(102));
const CHECKOUT = idOf<CheckoutId>(sampleId(20));
const line = (packageId: PackageId, quantity: number): CheckoutLine => ({ packageId, quantity });
const draft = (...lines: CheckoutLine[]) => ({ checkoutId: CHECKOUT, lines });

let terminal: ScriptedTerminal;
let sale: SaleStore;
let nowMs: number;

beforeEach(() => {
  nowMs = 10_000;
  terminal = createScriptedTerminal();
  const dependencies = { client: terminal.client, monotonicMs: () => nowMs };
  sale = createSaleStore({ ...dependencies, terminal: createTerminalStore(dependencies) });
  terminal.show(aSnapshot());
});

/** Taps a package and has the terminal take it; the pay positions are live afterwards. */
async function tapTen(): Promise<void> {
  sale.actions.addPackage(TEN);
  await (await terminal.next()).answer(ok(draft(line(TEN, 1))));
  nowMs += 600;
}

describe('the cart', () => {
  it('opens a checkout with the first tap, and changes it with the next', async () => {
    sale.actions.addPackage(TEN);
    sale.actions.addPackage(FIVE);
    expect(sale.getState().lines).toEqual([line(TEN, 1), line(FIVE, 1)]);
    const first = await terminal.next();
    expect(first).toMatchObject({
      operation: 'checkout.change',
      input: { checkoutId: null, lines: [line(TEN, 1)] },
    });
    expect(terminal.pending).toEqual([]);
    await first.answer(ok(draft(line(TEN, 1))));
    expect(await terminal.next()).toMatchObject({
      operation: 'checkout.change',
      input: { checkoutId: CHECKOUT, lines: [line(TEN, 1), line(FIVE, 1)] },
    });
  });

  it('goes back to what the terminal has when it refuses a change, and says why', async () => {
    await tapTen();
    sale.actions.addPackage(FIVE);
    const suspended = failure('raffle-event.suspended');
    await (await terminal.next()).answer(refuse(suspended));
    expect(sale.getState()).toMatchObject({ lines: [line(TEN, 1)], cartProblem: suspended });
  });

  it('is the one that the terminal kept when the screen is opened again', () => {
    terminal.show(aSnapshot({ revision: 2, checkout: draft(line(TEN, 3)) }));
    expect(sale.getState().lines).toEqual([line(TEN, 3)]);
  });

  it('knows the last sale when the screen is opened again with a cart', () => {
    const lastSale = aReceipt();
    terminal.show(aSnapshot({ revision: 2, checkout: draft(line(FIVE, 1)), lastSale }));
    expect(sale.getState()).toMatchObject({
      lines: [line(FIVE, 1)],
      lastLines: lastSale.lines,
      flow: { step: 'cart' },
    });
  });

  it('does not fall back to an older snapshot while a change is on its way', () => {
    sale.actions.addPackage(TEN);
    terminal.show(aSnapshot({ revision: 2 }));
    expect(sale.getState().lines).toEqual([line(TEN, 1)]);
  });

  it('goes when the seller does', async () => {
    await tapTen();
    terminal.show(aSnapshot({ revision: 2, session: { kind: 'signed-out' } }));
    expect(sale.getState()).toMatchObject({ lines: [], lastLines: [], flow: { step: 'cart' } });
  });
});

describe('paying', () => {
  it('sells the cart with its total, and shows the receipt', async () => {
    await tapTen();
    sale.actions.payExact();
    expect(sale.getState().flow).toEqual({ step: 'saving', tendered: money(1000, CAD) });
    const request = await terminal.next();
    expect(request).toMatchObject({
      operation: 'sale.complete',
      input: {
        checkoutId: CHECKOUT,
        lines: [line(TEN, 1)],
        expectedTotalMinor: 1000,
        payment: { tender: 'cash', tenderedMinor: null, isConfirmed: false },
      },
    });
    const receipt = aReceipt({ lines: [line(TEN, 1)] });
    await request.answer(ok(receipt));
    expect(sale.getState()).toMatchObject({
      flow: { step: 'sold', receipt },
      lines: [],
      lastLines: [line(TEN, 1)],
    });
  });

  it('takes how the tickets stand from a snapshot that came with the answer', async () => {
    await tapTen();
    sale.actions.payExact();
    const request = await terminal.next();
    const receipt = aReceipt({ lines: [line(TEN, 1)] });
    const printed = {
      ...receipt,
      tickets: receipt.tickets.map((ticket) => ({ ...ticket, state: 'printed' as const })),
    };
    terminal.show(aSnapshot({ revision: 2, lastSale: printed }));
    await request.answer(ok(receipt));
    expect(sale.getState().flow).toEqual({ step: 'sold', receipt: printed });
  });

  it('does nothing in the dead time after the pane has changed', async () => {
    sale.actions.addPackage(TEN);
    await (await terminal.next()).answer(ok(draft(line(TEN, 1))));
    nowMs += 599;
    sale.actions.payExact();
    sale.actions.payNote(money(2000, CAD));
    sale.actions.openCash();
    expect(sale.getState().flow).toEqual({ step: 'cart' });
    nowMs += 1;
    sale.actions.payExact();
    expect(sale.getState().flow.step).toBe('saving');
  });

  it('sells once for two taps on EXACT', async () => {
    await tapTen();
    sale.actions.payExact();
    nowMs += 1000;
    sale.actions.payExact();
    await settle();
    expect(terminal.pending).toHaveLength(1);
  });

  it('waits for the cart to reach the terminal', async () => {
    sale.actions.addPackage(TEN);
    const change = await terminal.next();
    nowMs += 600;
    sale.actions.payExact();
    expect(terminal.pending).toEqual([]);
    await change.answer(ok(draft(line(TEN, 1))));
    expect((await terminal.next()).operation).toBe('sale.complete');
  });

  it('is NOT SOLD when the cart did not reach the terminal', async () => {
    sale.actions.addPackage(TEN);
    nowMs += 600;
    sale.actions.payExact();
    const reason = failure('printer.not-ready');
    await (await terminal.next()).answer(refuse(reason));
    expect(terminal.pending).toEqual([]);
    expect(sale.getState().flow).toEqual({
      step: 'not-sold',
      failure: reason,
      giveBack: money(1000, CAD),
    });
  });

  it('is NOT SOLD with the cart kept when the terminal refuses', async () => {
    await tapTen();
    sale.actions.payNote(money(2000, CAD));
    await (await terminal.next()).answer(refuse(failure('sale.not-saved')));
    expect(sale.getState()).toMatchObject({
      flow: { step: 'not-sold', giveBack: money(2000, CAD) },
      lines: [line(TEN, 1)],
    });
    nowMs += 600;
    sale.actions.confirmCashGivenBack();
    expect(sale.getState().flow).toEqual({ step: 'cart' });
  });

  it('takes typed whole units, and confirms an improbable amount once', async () => {
    await tapTen();
    sale.actions.openCash();
    for (const digit of '600') sale.actions.typeDigit(digit);
    nowMs += 600;
    sale.actions.payTyped();
    const first = await terminal.next();
    expect(first.input).toMatchObject({ payment: { tenderedMinor: 60_000, isConfirmed: false } });
    await first.answer(refuse(failure('payment.improbable')));
    expect(sale.getState().flow.step).toBe('confirm-amount');
    nowMs += 600;
    sale.actions.confirmAmount();
    expect((await terminal.next()).input).toMatchObject({
      payment: { tenderedMinor: 60_000, isConfirmed: true },
    });
  });
});

describe('a terminal lost in the middle of a sale', () => {
  beforeEach(async () => {
    await tapTen();
    sale.actions.payExact();
    await (await terminal.next()).answer(refuse(LINK_LOST));
    terminal.setLink('lost');
    terminal.setLink('connected');
  });

  it('says nothing about the sale until it is back', () => {
    expect(sale.getState().flow.step).toBe('saving');
  });

  it('shows the receipt if the sale was saved', () => {
    const receipt = aReceipt({ lines: [line(TEN, 1)] });
    terminal.show(aSnapshot({ revision: 0, lastSale: receipt }));
    expect(sale.getState()).toMatchObject({ flow: { step: 'sold', receipt }, lines: [] });
  });

  it('shows the cart if it was not', () => {
    terminal.show(aSnapshot({ revision: 0, checkout: draft(line(TEN, 1)) }));
    expect(sale.getState()).toMatchObject({ flow: { step: 'cart' }, lines: [line(TEN, 1)] });
  });
});

describe('after a sale', () => {
  const receipt = aReceipt({ lines: [line(TEN, 2)] });

  beforeEach(() => {
    terminal.show(aSnapshot({ revision: 2, lastSale: receipt }));
    nowMs += 600;
  });

  it('follows the tickets while they print', () => {
    const [first, second] = receipt.tickets;
    const tickets = [
      { ...first, state: 'printed' },
      { ...second, state: 'printing' },
    ] as typeof receipt.tickets;
    terminal.show(aSnapshot({ revision: 3, lastSale: { ...receipt, tickets } }));
    expect(sale.getState().flow).toEqual({ step: 'sold', receipt: { ...receipt, tickets } });
  });

  it('starts the next customer with a package, also while printing', async () => {
    sale.actions.addPackage(FIVE);
    expect(sale.getState()).toMatchObject({ flow: { step: 'cart' }, lines: [line(FIVE, 1)] });
    expect((await terminal.next()).input).toEqual({ checkoutId: null, lines: [line(FIVE, 1)] });
  });

  it('repeats the last cart, which still has to be paid', () => {
    sale.actions.repeatLast();
    expect(sale.getState()).toMatchObject({ flow: { step: 'cart' }, lines: [line(TEN, 2)] });
    sale.actions.payExact();
    expect(sale.getState().flow.step).toBe('cart');
  });
});
