import type { PrizeAward } from '#shared/domain/jackpot.ts';
import { parsePercentage } from '#shared/domain/percentage.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { type CurrencyCode, money } from '#shared/kernel/money.ts';

/** What the columns of `prizes` say about a prize's worth. Amounts in minor units. */
export interface StoredAward {
  readonly type: string;
  readonly value: number | null;
  readonly percentage: string | null;
  readonly cap: number | null;
}

/** A stored prize as the rule of its worth. Throws for a type that nothing here writes. */
export function readAward(prize: StoredAward, currency: CurrencyCode): PrizeAward {
  if (prize.type === 'fixed') {
    invariant(prize.value !== null, 'a fixed prize has a value');
    return { kind: 'fixed', value: money(prize.value, currency) };
  }
  const hundredthsOfPercent = parsePercentage(prize.percentage ?? '');
  invariant(
    prize.type === 'percentage' && hundredthsOfPercent !== undefined,
    `no rule for a prize of the type ${prize.type} with ${prize.percentage} percent`,
  );
  const cap = prize.cap === null ? null : money(prize.cap, currency);
  return { kind: 'percentage', hundredthsOfPercent, cap };
}
