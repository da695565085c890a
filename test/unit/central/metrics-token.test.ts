import { expect, test } from 'vitest';
import { readMetricsToken } from '#central/modules/metrics/metrics-token.ts';

test('a metrics token that can be guessed is refused at the start', () => {
  const token = 'a-token-of-at-least-thirty-two-characters';
  expect([readMetricsToken(undefined), readMetricsToken(''), readMetricsToken(token)]).toEqual([
    undefined,
    undefined,
    token,
  ]);
  expect(() => readMetricsToken('short')).toThrow(/at least 32/);
  expect(() => readMetricsToken(`${token} ${token}`)).toThrow(/without spaces/);
});
