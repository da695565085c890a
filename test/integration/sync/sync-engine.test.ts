import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceKey } from '#main/ports/keys.ts';
import type { NumberRequest } from '#main/workers/sync/number-requests.ts';
import { idOf } from '#shared/kernel/ids.ts';
import { createJournalInMemory } from '#test/helpers/sync/journal-in-memory.ts';
import { createKeyPair } from '#test/helpers/sync/key-pair.ts';
import { type RunningTill, startTill, type TillChoices } from '#test/helpers/sync/running-till.ts';
import { type ScriptedCentral, startScriptedCentral } from '#test/helpers/sync/scripted-central.ts';

const REQUEST: NumberRequest = {
  requestId: idOf('0195d0a0-0000-7000-8000-0000000000aa'),
  raffleEventId: idOf('0195d0a0-0000-7000-8000-0000000000ab'),
};

let key: DeviceKey;
let central: ScriptedCentral;
let tills: RunningTill[];

beforeEach(async () => {
  key = createKeyPair();
  central = await startScriptedCentral(key);
  tills = [];
});

afterEach(async () => {
  for (const till of tills) await till.stop();
  await central.stop();
});

function start(choices: TillChoices = {}): RunningTill {
  const till = startTill(key, central, choices);
  tills.push(till);
  return till;
}

const paths = () =>
  central.seen.map(({ method, path }) => `${method} ${path.replace(/^.*rsus\/[^/]+/, '')}`);

/** Has the central say that something has changed, and waits until the till has come to look. */
async function lookAgain(till: RunningTill): Promise<void> {
  const beats = central.memory.heartbeats.length;
  await till.until('the stream', () => central.openStreams() === 1);
  central.wakeStreams();
  await till.until('another look', () => central.memory.heartbeats.length > beats);
}

describe('a till that is online', () => {
  it('signs in, compares heads, reports holdings, uploads, beats and fetches, in that order', async () => {
    const till = start();
    till.sell('first', 'second');
    await till.until('the mirror', () => till.newsOf('mirror').length === 1);

    expect(paths().slice(0, 7)).toEqual([
      'POST /v1/device-tokens/nonces',
      'POST /v1/device-tokens',
      'GET /journal/head',
      'POST /holdings',
      'POST /journal',
      'POST /heartbeats',
      'GET /mirror',
    ]);
    expect(central.memory.stored).toEqual(till.journal.written);
    expect(central.memory.heartbeats[0]).toMatchObject({ headSeq: 2, unsentEntries: 0 });
  });

  it('never sends an entry that is not flushed', async () => {
    const till = start();
    till.sell('flushed');
    till.journal.append('committed, not flushed');
    till.engine.wake(1);
    await till.until('the first entry', () => central.memory.stored.length === 1);
    await lookAgain(till);

    expect(central.memory.stored).toHaveLength(1);
    expect(central.memory.heartbeats.every(({ headSeq }) => headSeq <= 1)).toBe(true);
  });

  it('sends many entries in batches of at most 500, compressed', async () => {
    const till = start();
    till.sell(...Array.from({ length: 1_201 }, (_, index) => `sale ${index}`));
    await till.until('all of them', () => central.memory.stored.length === 1_201);

    const uploads = central.seen.filter(
      ({ method, path }) => method === 'POST' && path.endsWith('/journal'),
    );
    expect(
      uploads.map(({ content }) => (content as { entries: unknown[] }).entries.length),
    ).toEqual([500, 500, 201]);
    expect(uploads.every(({ contentEncoding }) => contentEncoding === 'gzip')).toBe(true);
  });

  it('fetches a mirror again that the main thread could not write, until it has', async () => {
    const till = start({ writesMirrors: false, pace: { deliveryRetryMs: 20 } });
    await till.until('it twice', () => till.newsOf('mirror').length > 1);
    const [mirror, again] = till.newsOf('mirror');
    expect(again).toEqual(mirror);
    if (mirror !== undefined) till.journal.haveMirror(mirror.mirror);
    await lookAgain(till);
    const count = till.newsOf('mirror').length;
    await lookAgain(till);
    await lookAgain(till);
    expect(till.newsOf('mirror')).toHaveLength(count);
  });

  it('hears of a change through the stream', async () => {
    const till = start({ pace: { pollMs: 60_000 } });
    await till.until('the stream', () => central.openStreams() === 1);
    await till.until('the first mirror', () => till.newsOf('mirror').length === 1);
    central.memory.setMirrorVersion('1.2');
    central.wakeStreams();
    await till.until('the second mirror', () => till.newsOf('mirror').length === 2);

    expect(till.newsOf('mirror').map(({ mirror }) => mirror.mirrorVersion)).toEqual(['1.1', '1.2']);
  });

  it('asks for numbers once, under the id it was given', async () => {
    const till = start();
    central.misbehave(({ path }) =>
      path.endsWith('/allocations') &&
      till.newsOf('numbers').length === 0 &&
      central.memory.grants.size === 0
        ? 'drop-answer'
        : undefined,
    );
    till.engine.requestNumbers(REQUEST);
    await till.until('the numbers', () => till.newsOf('numbers').length === 1);

    const asked = central.seen.filter(({ path }) => path.endsWith('/allocations'));
    expect(asked.map(({ content }) => content)).toEqual(
      asked.map(() => ({
        ...REQUEST,
        drawNumbersLeft: 12,
        validationNumbersLeft: 34,
      })),
    );
    expect(asked.length).toBeGreaterThan(1);
  });

  it('keeps uploading while a request for numbers is refused', async () => {
    const till = start();
    central.refuse('/allocations', 'allocation.exhausted');
    till.engine.requestNumbers(REQUEST);
    await till.until('the refusal', () => till.newsOf('problem').length > 0);
    till.sell('after the refusal');
    await till.until('the sale', () => central.memory.stored.length === 1);

    expect(till.newsOf('problem')[0]?.problem).toMatchObject({
      kind: 'refused',
      code: 'allocation.exhausted',
    });
  });
});

describe('a till that loses its connection', () => {
  it('signs in again before anything else when the connection is back', async () => {
    const till = start();
    till.sell('before');
    await till.until('the first sale', () => central.memory.stored.length === 1);
    await central.stop();
    till.sell('while away');
    await till.until('the loss', () => till.newsOf('problem').length > 0);
    const before = central.seen.length;
    await central.restart();
    await till.until('the second sale', () => central.memory.stored.length === 2);

    expect(paths().slice(before, before + 4)).toEqual([
      'POST /v1/device-tokens/nonces',
      'POST /v1/device-tokens',
      'GET /journal/head',
      'POST /journal',
    ]);
  });

  it('goes on with a new token when the central forgets its tokens in the middle of an upload', async () => {
    const till = start();
    let hasForgotten = false;
    central.misbehave(({ path, method }) => {
      if (hasForgotten || method !== 'POST' || !path.endsWith('/journal')) return undefined;
      hasForgotten = true;
      return 'forget-tokens';
    });
    till.sell(...Array.from({ length: 700 }, (_, index) => `sale ${index}`));
    await till.until('all of them', () => central.memory.stored.length === 700);

    expect(till.newsOf('problem')).toEqual([]);
    expect(paths().filter((path) => path === 'POST /v1/device-tokens')).toHaveLength(2);
  });

  it('takes a captive portal for a lost connection, and gets through it', async () => {
    const till = start();
    let answers = 0;
    central.misbehave(() => {
      answers += 1;
      return answers < 10 ? 'captive-portal' : undefined;
    });
    till.sell('behind the portal');
    await till.until('the sale', () => central.memory.stored.length === 1);

    expect(till.newsOf('problem').map(({ problem }) => problem.kind)).toEqual(
      Array.from({ length: 9 }, () => 'transport'),
    );
  });

  it('gives up on a central that never answers, and tries again', async () => {
    const till = start({ limits: { wholeMs: 50 } });
    let hasHung = false;
    central.misbehave(({ path }) => {
      if (hasHung || !path.endsWith('/journal')) return undefined;
      hasHung = true;
      return 'hang';
    });
    till.sell('into the void');
    await till.until('the sale', () => central.memory.stored.length === 1);

    expect(till.newsOf('problem').map(({ problem }) => problem)).toEqual([
      { kind: 'transport', detail: 'TIME_LIMIT' },
    ]);
  });

  it('does not take its own end for a lost connection', async () => {
    const till = start();
    central.misbehave(() => 'hang');
    await till.until('a call', () => central.seen.length === 1);
    await till.stop();

    expect(till.newsOf('problem')).toEqual([]);
  });

  it('stays away for as long as it is told to, without signing in again', async () => {
    const till = start();
    let refusedAt: number | undefined;
    let cameBackAt: number | undefined;
    central.misbehave(({ path }) => {
      if (refusedAt !== undefined) {
        cameBackAt ??= performance.now();
        return undefined;
      }
      if (!path.endsWith('/journal')) return undefined;
      refusedAt = performance.now();
      return 'busy-for-a-second';
    });
    till.sell('one at a time, please');
    await till.until('the refusal', () => refusedAt !== undefined);
    till.sell('and another');
    await till.until('the sales', () => central.memory.stored.length === 2);

    expect((cameBackAt ?? 0) - (refusedAt ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect(paths().filter((path) => path === 'POST /v1/device-tokens')).toHaveLength(1);
    expect(till.newsOf('problem').map(({ problem }) => problem)).toEqual([
      { kind: 'back-pressure', retryAfterMs: 1_000 },
    ]);
  });

  it('sends smaller batches over a line that cannot carry large ones', async () => {
    const till = start();
    central.misbehave(({ content, path }) => {
      const { entries = [] } = (content ?? {}) as { entries?: unknown[] };
      return path.endsWith('/journal') && entries.length > 40 ? 'drop-request' : undefined;
    });
    till.sell(...Array.from({ length: 300 }, (_, index) => `sale ${index}`));
    await till.until('all of them', () => central.memory.stored.length === 300);

    expect(central.memory.stored).toEqual(till.journal.written);
  });
});

it('tells a central with another key from a lost connection, and gives it nothing', async () => {
  const impostor = { url: central.url, publicKey: createKeyPair().publicKey };
  const till = startTill(key, impostor);
  tills.push(till);
  till.sell('1');
  await till.until('word of it', () => till.newsOf('problem').length > 2);
  expect(till.newsOf('problem').slice(0, 3)).toEqual(
    Array.from({ length: 3 }, () => ({ kind: 'problem', problem: { kind: 'not-our-central' } })),
  );
  expect(till.newsOf('contact')).toEqual([]);
  expect(central.memory.stored).toEqual([]);
});

describe('two ends that do not agree', () => {
  it('goes back to the high water of a central that was restored, after reporting its holdings', async () => {
    const till = start();
    till.sell('1', '2', '3', '4');
    await till.until('all of them', () => central.memory.stored.length === 4);
    await till.until('the first report', () => central.memory.holdingsReports === 1);
    central.memory.restore(2);
    till.sell('5');
    await till.until('all of them again', () => central.memory.stored.length === 5);
    await till.until('the second report', () => central.memory.holdingsReports === 2);

    expect(central.memory.stored).toEqual(till.journal.written);
  });

  it('takes back what it lost, and goes on after it', async () => {
    const first = start();
    first.sell('1', '2', '3');
    await first.until('all of them', () => central.memory.stored.length === 3);
    await first.stop();
    first.journal.rollBackTo(1);
    const second = start({
      journal: first.journal,
      onNews(news, journal) {
        if (news.kind === 'lost-entries') journal.adopt(news.entries);
      },
    });
    await second.until('the lost entries', () => second.newsOf('lost-entries').length === 1);
    second.sell('4');
    await second.until('the next sale', () => central.memory.stored.length === 4);

    expect(second.newsOf('lost-entries')[0]?.entries.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(central.memory.stored).toEqual(second.journal.written);
    expect(central.memory.secondBranch).toEqual([]);
  });

  it('brings lost entries again that the main thread could not write', async () => {
    const first = start();
    first.sell('1', '2', '3');
    await first.until('all of them', () => central.memory.stored.length === 3);
    await first.stop();
    first.journal.rollBackTo(1);
    const second = start({ journal: first.journal, pace: { deliveryRetryMs: 20 } });
    await second.until('them twice', () => second.newsOf('lost-entries').length > 1);
    const [told, again] = second.newsOf('lost-entries');
    expect(again).toEqual(told);
    second.journal.adopt(told?.entries ?? []);
    await second.until('the agreement', () => second.newsOf('standing').length > 0);
    expect(second.newsOf('standing').at(-1)?.standing.highWaterSeq).toBe(3);
  });

  it('does not upload over entries that it has not taken back yet', async () => {
    const first = start();
    first.sell('1', '2', '3');
    await first.until('all of them', () => central.memory.stored.length === 3);
    await first.stop();
    first.journal.rollBackTo(1);
    const second = start({ journal: first.journal });
    await second.until('the lost entries', () => second.newsOf('lost-entries').length === 1);
    second.engine.wake(1);
    await lookAgain(second);
    await lookAgain(second);

    expect(second.newsOf('lost-entries')).toHaveLength(1);
    expect(second.newsOf('standing')).toEqual([]);
  });

  it('recognises itself as a copy, says where, and delivers its branch', async () => {
    const original = start();
    original.sell('1', '2', '3');
    await original.until('the common part', () => central.memory.stored.length === 3);
    await original.stop();
    const copy = createJournalInMemory(key, central);
    for (const words of ['1', '2', '3', 'copy 4', 'copy 5', 'copy 6']) copy.append(words);
    const again = start({ journal: original.journal });
    again.sell('original 4', 'original 5');
    await again.until('the original', () => central.memory.stored.length === 5);
    await again.stop();
    const copied = start({ journal: copy });
    copied.engine.wake(6);
    await copied.until('the branch', () => central.memory.secondBranch.length === 3);

    expect(copied.newsOf('forked')).toEqual([{ kind: 'forked', seq: 4 }]);
    expect(central.memory.secondBranch).toEqual(copy.written.slice(3));
    expect(central.memory.stored).toEqual(original.journal.written);
  });

  it('learns from a verdict that another till has gone on with its chain', async () => {
    const original = start();
    original.sell('1');
    await original.until('the common part', () => central.memory.stored.length === 1);
    const copy = createJournalInMemory(key, central);
    copy.append('1');
    const copied = start({ journal: copy });
    await copied.until('agreement', () => copied.newsOf('standing').length > 0);
    original.sell('original 2');
    await original.until('the original', () => central.memory.stored.length === 2);
    copied.sell('copy 2', 'copy 3');
    await copied.until('the branch', () => central.memory.secondBranch.length === 2);
    await copied.until('the news', () => copied.newsOf('forked').length > 0);

    expect(copied.newsOf('forked')).toEqual([{ kind: 'forked', seq: 2 }]);
    expect(original.newsOf('forked')).toEqual([]);
  });
});

describe('a device that was stopped', () => {
  it('delivers what it sold and says how it is, until it is let in again', async () => {
    central.memory.setDeviceState('disabled');
    const till = start();
    till.sell('sold before it knew');
    till.engine.requestNumbers(REQUEST);
    await till.until('some looks', () => central.memory.heartbeats.length > 3);
    const whileStopped = paths();
    central.memory.setDeviceState('enabled');
    await till.until('the numbers', () => till.newsOf('numbers').length === 1);

    expect(central.memory.stored).toEqual(till.journal.written);
    expect(new Set(whileStopped)).toEqual(
      new Set([
        'POST /v1/device-tokens/nonces',
        'POST /v1/device-tokens',
        'GET /journal/head',
        'POST /holdings',
        'POST /journal',
        'POST /heartbeats',
      ]),
    );
    expect(till.newsOf('problem')).toEqual([]);
    expect(till.newsOf('contact').at(0)?.control.deviceState).toBe('disabled');
    expect(till.newsOf('contact').at(-1)?.control.deviceState).toBe('enabled');
  });

  it('exchanges its token for a narrower one when it is stopped in the middle', async () => {
    const till = start();
    await till.until('the first mirror', () => till.newsOf('mirror').length === 1);
    central.memory.setDeviceState('revoked');
    central.memory.setMirrorVersion('1.2');
    await lookAgain(till);
    await till.until('the refusal', () => till.newsOf('problem').length === 1);
    till.sell('sold before it knew');
    await till.until('the sale', () => central.memory.stored.length === 1);

    expect(till.newsOf('problem').map(({ problem }) => problem)).toEqual([
      { kind: 'refused', code: 'rsu.disabled', detail: 'scripted' },
    ]);
  });
});

describe('an impostor', () => {
  it('gets no call beyond the sign-in that it cannot prove', async () => {
    central.becomeImpostor();
    const till = start();
    till.sell('not for you');
    await till.until('three refusals', () => till.newsOf('problem').length > 2);

    expect(central.memory.stored).toEqual([]);
    expect(new Set(paths())).toEqual(
      new Set(['POST /v1/device-tokens/nonces', 'POST /v1/device-tokens']),
    );
    expect(till.newsOf('contact')).toEqual([]);
  });
});

describe('a stall', () => {
  it('is met with a new client first, and is told after that', async () => {
    const till = start({ pace: { stallMs: 120, watchMs: 5 } });
    await till.until('contact', () => till.newsOf('contact').length > 0);
    central.refuse('/journal', 'request.invalid');
    till.sell('never taken');
    await till.until('the news', () => till.newsOf('stalled').length > 0);

    expect(till.newsOf('stalled')[0]?.sinceMs).toBeGreaterThanOrEqual(240);
    central.refuse('/journal', undefined);
    await till.until('the sale', () => central.memory.stored.length === 1);
  });
});
