import { expect, test } from 'vitest';
import { parsePercentage } from '#shared/domain/percentage.ts';

test.each([
  ['50.00', 5_000],
  ['33.33', 3_333],
  ['0.07', 7],
  ['29.29', 2_929],
  ['57.3', 5_730],
  ['7', 700],
  ['100.00', 10_000],
  ['0', 0],
])('%s percent are %i hundredths', (text, hundredths) => {
  expect(parsePercentage(text)).toBe(hundredths);
});

test.each(['', '100.01', '1e2', '-1', ' 5', '5.', '.5', '5.001', 'NaN', '1000'])(
  '%j is no percentage',
  (text) => {
    expect(parsePercentage(text)).toBeUndefined();
  },
);
