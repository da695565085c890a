import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { exclusively } from '../../../scripts/set-up/exclusive.mjs';
import { SetUpRefusal } from '../../../scripts/set-up/refusal.mjs';

const HOLDER = path.join(import.meta.dirname, 'fixtures/lock-holder-main.ts');

let holder: ChildProcess | undefined;

afterEach(() => holder?.kill('SIGKILL'));

async function holdElsewhere(folder: string): Promise<ChildProcess> {
  holder = spawn(process.execPath, [HOLDER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (holder.stdout !== null) await once(holder.stdout, 'data');
  return holder;
}

function lock(folder: string, waitMs: number, onWait = () => {}) {
  return { purpose: 'test', folder, waitMs, onWait, refusal: 'busy' };
}

describe('exclusively', () => {
  it('lets one after the other work, and different folders at once', async () => {
    const steps: string[] = [];
    const work = (name: string) => async () => {
      steps.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      steps.push(`${name} ends`);
    };
    await exclusively(lock('/a', 0), async () => {
      await exclusively(lock('/b', 0), work('other folder'));
      await expect(exclusively(lock('/a', 0), work('same folder'))).rejects.toThrow(SetUpRefusal);
    });
    await exclusively(lock('/a', 0), work('afterwards'));
    expect(steps).toEqual([
      'other folder begins',
      'other folder ends',
      'afterwards begins',
      'afterwards ends',
    ]);
  });

  it('is free again after its holder was killed', async () => {
    const elsewhere = await holdElsewhere('/killed');
    await expect(exclusively(lock('/killed', 0), async () => {})).rejects.toThrow('busy');
    let waited = 0;
    const result = exclusively(
      lock('/killed', 10_000, () => {
        waited += 1;
      }),
      async () => 'done',
    );
    elsewhere.kill('SIGKILL');
    expect(await result).toBe('done');
    expect(waited).toBe(1);
  });
});
