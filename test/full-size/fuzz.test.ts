import { expect, test } from 'vitest';
import { fuzzEveryCall } from '#test/helpers/central/fuzz-every-call.ts';

const MINUTE_MS = 60_000;

test(
  'a hundred requests for every call of the document end without a fault, and refusals without a change',
  async () => {
    const effort = { requestsPerCall: 100, longestMs: 4 * MINUTE_MS };
    const { findings, doneShare } = await fuzzEveryCall(effort);
    expect(findings).toEqual([]);
    expect(doneShare).toBeGreaterThan(1 / 2);
  },
  10 * MINUTE_MS,
);
