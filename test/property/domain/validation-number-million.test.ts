import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { Share } from './fixtures/make-validation-numbers.ts';

const COUNT = 1_000_000;
const MINUTES = 10;

async function make(share: Share): Promise<Uint32Array> {
  const worker = new Worker(new URL('./fixtures/make-validation-numbers.ts', import.meta.url), {
    workerData: share,
  });
  const [bodies] = (await once(worker, 'message')) as [Uint32Array];
  await worker.terminate();
  return bodies;
}

test(
  'a million numbers of one block have no duplicate',
  async () => {
    const workers = availableParallelism();
    const size = Math.ceil(COUNT / workers);
    const key = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
    const shares = await Promise.all(
      Array.from({ length: workers }, (_, place) =>
        make({
          prefix: '40718205',
          key,
          from: 1 + place * size,
          to: 1 + Math.min(COUNT, (place + 1) * size),
        }),
      ),
    );

    const seen = new Uint8Array(100_000_000);
    let distinct = 0;
    for (const bodies of shares) {
      for (const body of bodies) {
        distinct += 1 - (seen[body] ?? 0);
        seen[body] = 1;
      }
    }
    expect(distinct).toBe(COUNT);
  },
  MINUTES * 60_000,
);
