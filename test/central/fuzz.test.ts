import { expect, test } from 'vitest';
import { fuzzEveryCall } from '#test/helpers/central/fuzz-every-call.ts';

test('every call of the document answers anything without a fault, and changes nothing when it refuses', async () => {
  const { findings, doneShare } = await fuzzEveryCall({ requestsPerCall: 6, longestMs: 25_000 });
  expect(findings).toEqual([]);
  // Otherwise hardly anything was tried beyond the door.
  expect(doneShare).toBeGreaterThan(1 / 3);
}, 120_000);
