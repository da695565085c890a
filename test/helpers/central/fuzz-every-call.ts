import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FuzzedCentral, startFuzzedCentral } from './fuzz-calls.ts';

/** How hard each call is tried. */
export interface FuzzEffort {
  readonly requestsPerCall: number;
  /** No round of one request for every call begins after so long. */
  readonly longestMs: number;
}

/**
 * Declares the test that makes every call of the API's document with values that fit its schemas and
 * with spoilt ones, as everybody: no answer is a fault, and a refusal changes nothing.
 */
export function fuzzEveryCall({ requestsPerCall, longestMs }: FuzzEffort): void {
  let central: FuzzedCentral;

  beforeAll(async () => {
    central = await startFuzzedCentral();
  });

  afterAll(() => central.stop());

  test(
    'every call of the document answers anything without a fault, and changes nothing when it refuses',
    async () => {
      const seed = randomInt(2 ** 31);
      const through = new Set<string>();
      const found: unknown[] = [];
      const requests = new Map(
        [...central.calls, ...central.lastCalls].map((call) => [
          call,
          fc.sample(central.requestsOf(call), { numRuns: requestsPerCall, seed }),
        ]),
      );
      const makeCalls = async (calls: readonly string[], round: number) => {
        for (const call of calls) {
          const request = requests.get(call)?.[round];
          if (request === undefined) throw new Error(`no request for ${call}`);
          const { status, text, changed } = await central.send(request);
          if (status < 400) through.add(call);
          if (status >= 500 || changed !== '') found.push({ seed, request, status, text, changed });
        }
      };
      const begun = performance.now();
      for (let round = 0; round < requestsPerCall; round += 1) {
        if (performance.now() - begun > longestMs) break;
        await makeCalls(central.calls, round);
      }
      await makeCalls(central.lastCalls, 0);
      expect(found).toEqual([]);
      // Otherwise nothing was tried beyond the door.
      expect(through.size).toBeGreaterThan(central.calls.length / 3);
    },
    longestMs * 4,
  );
}
