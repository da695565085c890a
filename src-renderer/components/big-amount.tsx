import type { ReactNode } from 'react';
import type { Money } from '#shared/kernel/money.ts';
import { formatMoney } from '../text/format-money.ts';
import { MoneyText } from './money-text.tsx';

/** An amount that must be read from afar: as large as its place allows, smaller for more digits. */
export function BigAmount(props: {
  readonly amount: Money;
  readonly use: 'total' | 'change' | 'received' | 'typed-change';
}): ReactNode {
  const { length } = formatMoney(props.amount);
  const fit = length > 7 ? 'long' : length > 5 ? 'medium' : 'short';
  return <MoneyText amount={props.amount} className={`big-amount-${props.use} fit-${fit}`} />;
}
