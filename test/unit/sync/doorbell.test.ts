import { describe, expect, it } from 'vitest';
import { createDoorbell } from '#main/workers/sync/doorbell.ts';
import { systemTimer } from '#main/workers/sync/timer.ts';

const A_LONG_TIME = 3_600_000;

describe('a doorbell', () => {
  it('ends a wait', async () => {
    const doorbell = createDoorbell(systemTimer);
    const wait = doorbell.wait(A_LONG_TIME);
    doorbell.ring();
    await expect(wait).resolves.toBeUndefined();
  });

  it('remembers a ring that nobody waited for, once', async () => {
    const doorbell = createDoorbell(systemTimer);
    doorbell.ring();
    doorbell.ring();
    await doorbell.wait(A_LONG_TIME);
    const outcome = await Promise.race([
      doorbell.wait(A_LONG_TIME).then(() => 'answered'),
      systemTimer.sleep(20, new AbortController().signal).then(() => 'still waiting'),
    ]);
    expect(outcome).toBe('still waiting');
    doorbell.ring();
  });

  it('ends a wait when its time is up', async () => {
    await expect(createDoorbell(systemTimer).wait(1)).resolves.toBeUndefined();
  });
});
