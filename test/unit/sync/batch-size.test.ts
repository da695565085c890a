import { describe, expect, it } from 'vitest';
import { createBatchSize } from '#main/workers/sync/batch-size.ts';

describe('the size of batches', () => {
  it('halves with every failure down to one entry, and doubles with every success up to 500', () => {
    const size = createBatchSize();
    const sizes = [size.mostEntries()];
    for (let failures = 0; failures < 10; failures += 1) {
      size.hasFailed();
      sizes.push(size.mostEntries());
    }
    for (let successes = 0; successes < 10; successes += 1) {
      size.hasSucceeded();
      sizes.push(size.mostEntries());
    }
    expect(sizes).toEqual([
      500, 250, 125, 62, 31, 15, 7, 3, 1, 1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 500, 500,
    ]);
  });
});
