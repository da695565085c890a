import type { SaleReceipt } from '#shared/contract/terminal/snapshot.ts';
import type { Money } from '#shared/kernel/money.ts';
import type { ScreenFailure } from '../transport/screen-failure.ts';

/** Where one customer's sale stands, and with it what the pay pane shows. */
export type SaleFlow =
  | { readonly step: 'cart' }
  | {
      readonly step: 'cash';
      /** What the seller has typed, in whole units or in minor units. */
      readonly digits: string;
      readonly problem: ScreenFailure | null;
    }
  | { readonly step: 'confirm-amount'; readonly tendered: Money }
  | { readonly step: 'saving'; readonly tendered: Money }
  | { readonly step: 'sold'; readonly receipt: SaleReceipt }
  | { readonly step: 'not-sold'; readonly failure: ScreenFailure; readonly giveBack: Money };

/** What can happen to a sale on the screen. */
export type SaleFlowEvent =
  | { readonly kind: 'cart-changed' }
  | { readonly kind: 'cash-opened' }
  | { readonly kind: 'digit-typed'; readonly digit: string }
  | { readonly kind: 'digit-erased' }
  | { readonly kind: 'cash-closed' }
  | { readonly kind: 'paid'; readonly tendered: Money }
  | { readonly kind: 'sold'; readonly receipt: SaleReceipt }
  | { readonly kind: 'refused'; readonly failure: ScreenFailure }
  | { readonly kind: 'amount-corrected' }
  | { readonly kind: 'cash-given-back' }
  | { readonly kind: 'abandoned' };

/** The pane of a customer who has not paid. */
export const AT_CART: SaleFlow = { step: 'cart' };

/** More digits than any amount of cash over a counter has. */
const MOST_DIGITS = 7;

/** Moves a sale on. An event that does not belong to the step leaves it as it is. */
export function moveSale(flow: SaleFlow, event: SaleFlowEvent): SaleFlow {
  switch (event.kind) {
    case 'cart-changed':
      return flow.step === 'sold' ? AT_CART : flow;
    case 'cash-opened':
      return flow.step === 'cart' ? { step: 'cash', digits: '', problem: null } : flow;
    case 'digit-typed':
      return flow.step === 'cash' ? typed(flow.digits, event.digit) : flow;
    case 'digit-erased':
      return flow.step === 'cash'
        ? { step: 'cash', digits: flow.digits.slice(0, -1), problem: null }
        : flow;
    case 'cash-closed':
      return flow.step === 'cash' ? AT_CART : flow;
    case 'paid':
      return mayPay(flow) ? { step: 'saving', tendered: event.tendered } : flow;
    case 'sold':
      return { step: 'sold', receipt: event.receipt };
    case 'refused':
      return flow.step === 'saving' ? afterRefusal(flow.tendered, event.failure) : flow;
    case 'amount-corrected':
      return flow.step === 'confirm-amount' ? { step: 'cash', digits: '', problem: null } : flow;
    case 'cash-given-back':
      return flow.step === 'not-sold' ? AT_CART : flow;
    case 'abandoned':
      return AT_CART;
  }
}

/** Whether the cart may be changed: not while money is being counted or a result awaits its answer. */
export function mayChangeCart(flow: SaleFlow): boolean {
  return flow.step === 'cart' || flow.step === 'sold';
}

function mayPay(flow: SaleFlow): boolean {
  return flow.step === 'cart' || flow.step === 'cash' || flow.step === 'confirm-amount';
}

function typed(digits: string, digit: string): SaleFlow {
  const longer = `${digits}${digit}`.replace(/^0+/, '').slice(0, MOST_DIGITS);
  return { step: 'cash', digits: longer, problem: null };
}

function afterRefusal(tendered: Money, reason: ScreenFailure): SaleFlow {
  if (reason.code === 'payment.improbable') return { step: 'confirm-amount', tendered };
  if (reason.code === 'payment.too-little') return { step: 'cash', digits: '', problem: reason };
  return { step: 'not-sold', failure: reason, giveBack: tendered };
}
