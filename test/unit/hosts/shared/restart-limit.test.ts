import { expect, test } from 'vitest';
import { createRestartLimit } from '#main/hosts/shared/restart-limit.ts';

test('three starts in any sixty seconds, and no more', () => {
  let nowMs = 0;
  const limit = createRestartLimit(() => nowMs);
  const allowed = [0, 10_000, 20_000, 30_000, 59_999, 60_000, 61_000, 70_000].map((atMs) => {
    nowMs = atMs;
    return limit.allows();
  });
  expect(allowed).toEqual([true, true, true, false, false, true, false, true]);
});
