import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { type FuzzedRequest, startFuzzedCentral } from './fuzz-calls.ts';

/** How hard each call is tried. */
export interface FuzzEffort {
  readonly requestsPerCall: number;
  /** No round of one request for every call begins after so long. */
  readonly longestMs: number;
}

/** What came of it. */
export interface FuzzOutcome {
  /** Faults, and refusals that changed something. */
  readonly findings: readonly unknown[];
  /** The part of all calls that did what they were asked at least once. */
  readonly doneShare: number;
}

/**
 * Makes every call of the API's document with values that fit its schemas and with spoilt ones, as
 * everybody.
 */
export async function fuzzEveryCall({
  requestsPerCall,
  longestMs,
}: FuzzEffort): Promise<FuzzOutcome> {
  const central = await startFuzzedCentral();
  const seed = randomInt(2 ** 31);
  const done = new Set<string>();
  const findings: unknown[] = [];
  const requests = new Map<string, readonly FuzzedRequest[]>(
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
      if (status < 400) done.add(call);
      if (status >= 500 || changed !== '') findings.push({ seed, request, status, text, changed });
    }
  };
  const begun = performance.now();
  for (let round = 0; round < requestsPerCall; round += 1) {
    if (performance.now() - begun > longestMs) break;
    await makeCalls(central.calls, round);
  }
  await makeCalls(central.lastCalls, 0);
  await central.stop();
  return { findings, doneShare: done.size / requests.size };
}
