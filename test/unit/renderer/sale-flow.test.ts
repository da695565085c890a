import { describe, expect, it } from 'vitest';
import { AT_CART, mayChangeCart, moveSale, type SaleFlow } from '#renderer/stores/sale-flow.ts';
import { failure } from '#shared/contract/failures.ts';
import type { SaleReceipt } from '#shared/contract/terminal/snapshot.ts';
import { type CurrencyCode, money } from '#shared/kernel/money.ts';

const twenty = money(2000, 'CAD' as CurrencyCode);
const receipt = { totalMinor: twenty.minor } as SaleReceipt;
const cash = (digits: string): SaleFlow => ({ step: 'cash', digits, problem: null });
const saving: SaleFlow = { step: 'saving', tendered: twenty };

describe('moveSale', () => {
  it('saves as soon as somebody pays, and shows the receipt', () => {
    const paid = moveSale(AT_CART, { kind: 'paid', tendered: twenty });
    expect(paid).toEqual(saving);
    expect(moveSale(paid, { kind: 'sold', receipt })).toEqual({ step: 'sold', receipt });
  });

  it('pays once: a second payment while saving changes nothing', () => {
    expect(moveSale(saving, { kind: 'paid', tendered: money(5000, twenty.currency) })).toBe(saving);
  });

  it('starts the next customer with the next package', () => {
    expect(moveSale({ step: 'sold', receipt }, { kind: 'cart-changed' })).toEqual(AT_CART);
  });

  it('says NOT SOLD and how much to give back when the terminal refuses', () => {
    const reason = failure('sale.not-saved');
    const flow = moveSale(saving, { kind: 'refused', failure: reason });
    expect(flow).toEqual({ step: 'not-sold', failure: reason, giveBack: twenty });
    expect(mayChangeCart(flow)).toBe(false);
    expect(moveSale(flow, { kind: 'cash-given-back' })).toEqual(AT_CART);
  });

  it('asks about an improbable amount, and takes it when it is confirmed', () => {
    const asked = moveSale(saving, { kind: 'refused', failure: failure('payment.improbable') });
    expect(asked).toEqual({ step: 'confirm-amount', tendered: twenty });
    expect(moveSale(asked, { kind: 'paid', tendered: twenty })).toEqual(saving);
    expect(moveSale(asked, { kind: 'amount-corrected' })).toEqual(cash(''));
  });

  it('goes back to the keypad when the cash is too little', () => {
    const reason = failure('payment.too-little', { missingMinor: 500 });
    expect(moveSale(saving, { kind: 'refused', failure: reason })).toEqual({
      step: 'cash',
      digits: '',
      problem: reason,
    });
  });

  it('types digits without leading zeros, and not without end', () => {
    const keys = ['0', '0', '4', '0', '0', '0', '0', '0', '0', '9'];
    const typed = keys.reduce<SaleFlow>(
      (flow, digit) => moveSale(flow, { kind: 'digit-typed', digit }),
      moveSale(AT_CART, { kind: 'cash-opened' }),
    );
    expect(typed).toEqual(cash('4000000'));
    expect(moveSale(typed, { kind: 'digit-erased' })).toEqual(cash('400000'));
    expect(moveSale(typed, { kind: 'cash-closed' })).toEqual(AT_CART);
  });

  it.each([
    ['digit-typed', { kind: 'digit-typed', digit: '1' }],
    ['digit-erased', { kind: 'digit-erased' }],
    ['cash-closed', { kind: 'cash-closed' }],
    ['refused', { kind: 'refused', failure: failure('sale.not-saved') }],
    ['amount-corrected', { kind: 'amount-corrected' }],
    ['cash-given-back', { kind: 'cash-given-back' }],
  ] as const)('ignores %s at the cart', (_name, event) => {
    expect(moveSale(AT_CART, event)).toBe(AT_CART);
  });
});
