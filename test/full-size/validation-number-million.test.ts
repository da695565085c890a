import { expect, test } from 'vitest';
import { countDistinctNumbers } from '#test/helpers/validation-numbers/count-distinct-numbers.ts';

test('a million numbers of one block have no duplicate', async () => {
  expect(await countDistinctNumbers(1_000_000)).toBe(1_000_000);
});
