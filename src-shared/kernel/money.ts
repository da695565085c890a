import type { Brand } from './brand.ts';
import { invariant } from './invariant.ts';

/** A whole number of the currency's smallest unit (cents, yen, fils). */
export type MinorUnits = Brand<number, 'MinorUnits'>;

/** An ISO 4217 code of three capitals. */
export type CurrencyCode = Brand<string, 'CurrencyCode'>;

/** An amount of money in one currency. */
export interface Money {
  readonly minor: MinorUnits;
  readonly currency: CurrencyCode;
}

/**
 * No amount in a till comes near this; a sum that does is a bug.
 *
 * 2^51 rather than 2^53 leaves room for every intermediate result to stay an exact integer.
 */
const LARGEST_MINOR = 2 ** 51;

/** The currencies of ISO 4217 that people use at a till and that have no two minor digits. */
const WITHOUT_MINOR = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ');
const WITH_THREE_DIGITS = 'BHD IQD JOD KWD LYD OMR TND'.split(' ');

/** Minor-unit digits of a currency: 2 unless ISO 4217 says otherwise. */
export function currencyExponent(currency: CurrencyCode): number {
  if (WITHOUT_MINOR.includes(currency)) return 0;
  return WITH_THREE_DIGITS.includes(currency) ? 3 : 2;
}

/** Reads a currency code; `undefined` unless it is three capital letters. */
export function parseCurrencyCode(text: string): CurrencyCode | undefined {
  return /^[A-Z]{3}$/.test(text) ? (text as CurrencyCode) : undefined;
}

/** Brands a whole number as minor units. Throws if it is not a safe whole number. */
export function minorUnits(value: number): MinorUnits {
  invariant(
    Number.isSafeInteger(value) && Math.abs(value) <= LARGEST_MINOR,
    `not an amount in minor units: ${value}`,
  );
  return value as MinorUnits;
}

/** An amount from minor units. */
export function money(minor: number, currency: CurrencyCode): Money {
  return { minor: minorUnits(minor), currency };
}

/** Nothing, in `currency`. */
export function noMoney(currency: CurrencyCode): Money {
  return money(0, currency);
}

/** The sum of two amounts. Throws on different currencies. */
export function addMoney(left: Money, right: Money): Money {
  assertSameCurrency(left, right);
  return money(left.minor + right.minor, left.currency);
}

/** `left` less `right`; may be negative. Throws on different currencies. */
export function subtractMoney(left: Money, right: Money): Money {
  assertSameCurrency(left, right);
  return money(left.minor - right.minor, left.currency);
}

/** `count` times `amount`, for a whole `count`. */
export function multiplyMoney(amount: Money, count: number): Money {
  invariant(Number.isSafeInteger(count), `not a whole count: ${count}`);
  return money(amount.minor * count, amount.currency);
}

/** Negative, zero or positive as `left` is less than, equal to or more than `right`. */
export function compareMoney(left: Money, right: Money): number {
  assertSameCurrency(left, right);
  return left.minor - right.minor;
}

/** The sum of `amounts`, which is nothing in `currency` when there are none. */
export function sumMoney(amounts: readonly Money[], currency: CurrencyCode): Money {
  return amounts.reduce(addMoney, noMoney(currency));
}

/**
 * An amount in words that need no local knowledge: `CAD 10.00`, `JPY 500`, `CAD -2.50`.
 *
 * The code stands for itself on paper; a dollar sign would not say which dollar.
 */
export function formatMoney({ minor, currency }: Money): string {
  const exponent = currencyExponent(currency);
  const digits = Math.abs(minor)
    .toString()
    .padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
  return `${currency} ${minor < 0 ? '-' : ''}${whole}${fraction}`;
}

function assertSameCurrency(left: Money, right: Money): void {
  invariant(
    left.currency === right.currency,
    `amounts in two currencies: ${left.currency} and ${right.currency}`,
  );
}
