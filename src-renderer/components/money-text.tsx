import type { ReactNode } from 'react';
import type { Money } from '#shared/kernel/money.ts';
import { formatMoney } from '../text/format-money.ts';

/** The one place that prints an amount. */
export function MoneyText(props: {
  readonly amount: Money;
  readonly className?: string;
}): ReactNode {
  return <span className={`money ${props.className ?? ''}`}>{formatMoney(props.amount)}</span>;
}
