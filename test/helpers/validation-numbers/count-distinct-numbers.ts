import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Share } from './make-validation-numbers.ts';

/** How many different numbers one block makes of its first `count` sequences; all cores help. */
export async function countDistinctNumbers(count: number): Promise<number> {
  const workers = availableParallelism();
  const size = Math.ceil(count / workers);
  const key = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
  const shares = await Promise.all(
    Array.from({ length: workers }, (_, place) =>
      make({
        prefix: '40718205',
        key,
        from: 1 + place * size,
        to: 1 + Math.min(count, (place + 1) * size),
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
  return distinct;
}

async function make(share: Share): Promise<Uint32Array> {
  const worker = new Worker(new URL('./make-validation-numbers.ts', import.meta.url), {
    workerData: share,
  });
  const [bodies] = (await once(worker, 'message')) as [Uint32Array];
  await worker.terminate();
  return bodies;
}
