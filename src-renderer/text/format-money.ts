import { currencyExponent, type Money } from '#shared/kernel/money.ts';

/** An amount as people say it: `$10`, `$10.50`, `-$5`. Whole amounts carry no decimals. */
export function formatMoney({ minor, currency }: Money): string {
  const exponent = currencyExponent(currency);
  const isWhole = minor % 10 ** exponent === 0;
  const digits = isWhole ? 0 : exponent;
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(minor / 10 ** exponent);
}
