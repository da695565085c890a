import { expect, test } from 'vitest';
import { prizeOf } from '#shared/domain/jackpot.ts';
import { type CurrencyCode, money, parseCurrencyCode } from '#shared/kernel/money.ts';

const CAD = parseCurrencyCode('CAD') as CurrencyCode;
const USD = parseCurrencyCode('USD') as CurrencyCode;

function half(cap: number | null) {
  return {
    kind: 'percentage',
    hundredthsOfPercent: 5_000,
    cap: cap === null ? null : money(cap, CAD),
  } as const;
}

test('a fixed prize does not depend on sales', () => {
  expect(prizeOf(money(0, CAD), { kind: 'fixed', value: money(50_000, CAD) })).toEqual(
    money(50_000, CAD),
  );
});

test('a share of the sales is rounded down', () => {
  expect(prizeOf(money(10_001, CAD), half(null))).toEqual(money(5_000, CAD));
  const third = { kind: 'percentage', hundredthsOfPercent: 3_333, cap: null } as const;
  expect(prizeOf(money(10_000, CAD), third)).toEqual(money(3_333, CAD));
});

test('a share stops at its cap', () => {
  expect(prizeOf(money(19_998, CAD), half(10_000))).toEqual(money(9_999, CAD));
  expect(prizeOf(money(20_000, CAD), half(10_000))).toEqual(money(10_000, CAD));
  expect(prizeOf(money(90_000, CAD), half(10_000))).toEqual(money(10_000, CAD));
});

test('a share of the largest amount there is stays exact', () => {
  const all = { kind: 'percentage', hundredthsOfPercent: 9_999, cap: null } as const;
  expect(prizeOf(money(2 ** 51, CAD), all)).toEqual(money(2_251_574_633_703_879, CAD));
});

test('a prize in another currency than the sales is a bug', () => {
  expect(() => prizeOf(money(100, USD), half(10))).toThrow('two currencies');
});
