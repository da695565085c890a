import { describe, expect, test } from 'vitest';
import {
  addMoney,
  type CurrencyCode,
  compareMoney,
  currencyExponent,
  formatMoney,
  minorUnits,
  money,
  multiplyMoney,
  noMoney,
  parseCurrencyCode,
  subtractMoney,
  sumMoney,
} from '#shared/kernel/money.ts';

const CAD = currency('CAD');
const USD = currency('USD');

function currency(code: string): CurrencyCode {
  return parseCurrencyCode(code) as CurrencyCode;
}

describe('a currency', () => {
  test.each([
    ['CAD', 2],
    ['EUR', 2],
    ['JPY', 0],
    ['ISK', 0],
    ['KWD', 3],
  ])('%s has %i minor digits', (code, digits) => {
    expect(currencyExponent(currency(code))).toBe(digits);
  });

  test.each(['cad', 'CA', 'CADD', 'C$D', ''])('is not %j', (text) => {
    expect(parseCurrencyCode(text)).toBeUndefined();
  });
});

describe('an amount', () => {
  test('adds, subtracts, multiplies and sums', () => {
    expect(addMoney(money(150, CAD), money(50, CAD))).toEqual(money(200, CAD));
    expect(subtractMoney(money(50, CAD), money(150, CAD))).toEqual(money(-100, CAD));
    expect(multiplyMoney(money(150, CAD), 3)).toEqual(money(450, CAD));
    expect(sumMoney([money(1, CAD), money(2, CAD), money(3, CAD)], CAD)).toEqual(money(6, CAD));
    expect(sumMoney([], CAD)).toEqual(noMoney(CAD));
  });

  test('compares', () => {
    expect(Math.sign(compareMoney(money(1, CAD), money(2, CAD)))).toBe(-1);
    expect(compareMoney(money(2, CAD), money(2, CAD))).toBe(0);
    expect(Math.sign(compareMoney(money(3, CAD), money(2, CAD)))).toBe(1);
  });

  test.each([addMoney, subtractMoney, compareMoney])('does not mix currencies', (calculate) => {
    expect(() => calculate(money(1, CAD), money(1, USD))).toThrow(
      'amounts in two currencies: CAD and USD',
    );
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 51 + 1, -(2 ** 51) - 1])(
    'is never %s',
    (value) => {
      expect(() => minorUnits(value)).toThrow('not an amount in minor units');
    },
  );

  test('is multiplied by whole counts only', () => {
    expect(() => multiplyMoney(money(1, CAD), 1.5)).toThrow('not a whole count');
  });
});

describe('an amount in words', () => {
  test.each([
    [0, 'CAD', 'CAD 0.00'],
    [5, 'CAD', 'CAD 0.05'],
    [1_000, 'CAD', 'CAD 10.00'],
    [123_456_789, 'USD', 'USD 1234567.89'],
    [-250, 'CAD', 'CAD -2.50'],
    [500, 'JPY', 'JPY 500'],
    [1_500, 'KWD', 'KWD 1.500'],
    [7, 'KWD', 'KWD 0.007'],
  ])('%i minor units of %s are %s', (minor, code, expected) => {
    expect(formatMoney(money(minor, currency(code)))).toBe(expected);
  });
});
