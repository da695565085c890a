import { expect, test } from 'vitest';
import type { Instant } from '#shared/kernel/instant.ts';
import { addMilliseconds } from '#shared/kernel/instant.ts';
import { TEST_START } from '#test/helpers/fakes/fake-time.ts';
import { contactNews, openSellingTill, type TestTill } from '#test/helpers/fakes/open-till.ts';
import { PACKAGES, PEOPLE, RAFFLE_EVENT } from '#test/helpers/fakes/test-mirror.ts';

const HOUR_MS = 3_600_000;

function confirm(till: TestTill, now: Instant, name: 'supervisor' | 'sam' = 'supervisor') {
  const { operatorId, pin } = PEOPLE[name];
  return till.run['clock.confirm']({
    now,
    approval: { identification: { method: 'name', operatorId }, pin },
  });
}

test('a clock put back past the close stays closed, also after a restart', async () => {
  using till = await openSellingTill();
  await till.time.advance(3 * HOUR_MS);
  expect(till.payloads('sales.ended')).toHaveLength(1);
  till.time.moveWall(-HOUR_MS);
  await till.restart();
  await till.signIn();
  expect(till.core().snapshot().selling).toMatchObject({
    hasEnded: true,
    refusal: { code: 'clock.in-doubt' },
  });
  await confirm(till, addMilliseconds(TEST_START, 3 * HOUR_MS + 60_000));
  expect(await till.sell(PACKAGES.one)).toMatchObject({ failure: { code: 'raffle-event.closed' } });
});

test('in doubt after a start, a supervisor confirms a time that was not reached before', async () => {
  using till = await openSellingTill();
  await till.time.advance(20_000);
  await till.run['session.sign-out']({});
  const watermark = addMilliseconds(TEST_START, 20_000);
  till.time.moveWall(-HOUR_MS);
  await till.restart();
  await till.time.advance(250);
  await till.signIn();
  expect(till.core().snapshot().clock).toEqual({
    isTrusted: false,
    doubt: 'behind-watermark',
    notBefore: watermark,
    notAfter: addMilliseconds(TEST_START, 15 * HOUR_MS),
    offsetMs: 0,
  });
  expect(await till.sell(PACKAGES.one)).toEqual({
    ok: false,
    failure: { code: 'clock.in-doubt', detail: { notBefore: watermark } },
  });
  expect(till.payloads('clock.doubted')).toMatchObject([{ doubt: 'behind-watermark' }]);
  expect(await confirm(till, TEST_START)).toEqual({
    ok: false,
    failure: { code: 'clock.before-watermark', detail: { notBefore: watermark } },
  });
  expect(await confirm(till, watermark, 'sam')).toMatchObject({
    failure: { code: 'role.insufficient' },
  });
  const now = addMilliseconds(TEST_START, 60_000);
  expect(await confirm(till, now)).toEqual({ ok: true, value: {} });
  expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true, value: { soldAt: now } });
  expect(till.payloads('clock.confirmed')).toMatchObject([
    { by: { kind: 'supervisor', operatorId: PEOPLE.supervisor.operatorId }, now },
  ]);
  expect(await confirm(till, TEST_START)).toEqual({ ok: true, value: {} });
});

test('the central ends a doubt by itself, and may set the time back', async () => {
  using till = await openSellingTill();
  await till.time.advance(20_000);
  till.time.moveWall(-HOUR_MS);
  await till.restart();
  await till.time.advance(250);
  const { state, salesEnd } = RAFFLE_EVENT;
  const serverTime = addMilliseconds(TEST_START, 5_000);
  await till.sync.tell(contactNews(till.time, { state, salesEnd }, 'enabled', serverTime));
  await till.signIn();
  expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true, value: { soldAt: serverTime } });
  expect(till.payloads('clock.confirmed')).toMatchObject([{ by: { kind: 'central' } }]);
});

test('a wall clock more than two minutes off is a significant event, once', async () => {
  using till = await openSellingTill();
  const { state, salesEnd } = RAFFLE_EVENT;
  for (let count = 0; count < 3; count += 1) {
    const serverTime = addMilliseconds(till.time.clock.wall(), 180_000);
    await till.sync.tell(contactNews(till.time, { state, salesEnd }, 'enabled', serverTime));
  }
  const noted = till.payloads('significant-event.noted');
  expect(noted.filter(({ code }) => code === 'clock.skewed')).toMatchObject([
    { severity: 'warning', detail: { offsetMs: 180_000 } },
  ]);
  expect(till.core().snapshot()).toMatchObject({ clock: { isTrusted: true, offsetMs: 180_000 } });
});

test('an answer that took long to be told is not taken for the present', async () => {
  using till = await openSellingTill();
  const { state, salesEnd } = RAFFLE_EVENT;
  const news = contactNews(till.time, { state, salesEnd });
  await till.time.advance(2_000);
  await till.sync.tell(news);
  expect(till.core().snapshot().now).toBe(addMilliseconds(TEST_START, 2_000));
});

test('after a rebuild, which loses the notes, the last entry still tells the time', async () => {
  using till = await openSellingTill();
  await till.sell(PACKAGES.one);
  till.database().client.exec('DELETE FROM clock_notes');
  till.time.moveWall(-HOUR_MS);
  await till.restart();
  expect(till.core().snapshot().clock).toEqual({
    isTrusted: false,
    doubt: 'behind-watermark',
    notBefore: TEST_START,
    notAfter: addMilliseconds(TEST_START, 15 * HOUR_MS),
    offsetMs: 0,
  });
});

test('a wall put ahead between two contacts moves nothing, and misleads no later start', async () => {
  using till = await openSellingTill();
  await till.time.advance(20_000);
  till.time.moveWall(2 * HOUR_MS);
  await till.time.advance(20_000);
  const soldAt = addMilliseconds(TEST_START, 40_000);
  expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true, value: { soldAt } });
  await till.restart();
  await till.signIn();
  expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true, value: { soldAt } });
  expect(till.payloads('clock.doubted')).toEqual([]);
});

test('a wall put ahead by more than the profile allows stops sales and ends none', async () => {
  using till = await openSellingTill();
  till.time.moveWall(13 * HOUR_MS);
  await till.time.advance(1_000);
  expect(await till.sell(PACKAGES.one)).toMatchObject({ failure: { code: 'clock.in-doubt' } });
  expect(till.payloads('clock.doubted')).toMatchObject([{ doubt: 'disagrees-with-wall' }]);
  expect(till.payloads('sales.ended')).toEqual([]);
  const { state, salesEnd } = RAFFLE_EVENT;
  const serverTime = addMilliseconds(TEST_START, 1_000);
  await till.sync.tell(contactNews(till.time, { state, salesEnd }, 'enabled', serverTime));
  expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
});

test('a sleep past the end of sales ends them', async () => {
  using till = await openSellingTill();
  till.time.sleep(3 * HOUR_MS);
  await till.time.advance(1_000);
  expect(till.payloads('sales.ended')).toMatchObject([{ cause: 'published-end' }]);
  expect(await till.sell(PACKAGES.one)).toMatchObject({ failure: { code: 'raffle-event.closed' } });
});

test('a start whose wall clock says that sales are over asks before it ends them', async () => {
  using till = await openSellingTill();
  await till.time.advance(20_000);
  till.time.moveWall(3 * HOUR_MS);
  await till.restart();
  await till.time.advance(1_000);
  await till.signIn();
  const refused = await till.sell(PACKAGES.one);
  expect(refused).toMatchObject({ failure: { code: 'clock.not-confirmed' } });
  expect(till.payloads('sales.ended')).toEqual([]);
  expect(till.payloads('clock.doubted')).toMatchObject([{ doubt: 'not-confirmed' }]);
  const now = addMilliseconds(TEST_START, 60_000);
  expect(await confirm(till, now)).toEqual({ ok: true, value: {} });
  expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true, value: { soldAt: now } });
});

test('sales that are over by a start that nobody confirmed end once a supervisor says so', async () => {
  using till = await openSellingTill();
  await till.restart();
  await till.time.advance(3 * HOUR_MS);
  await till.signIn();
  expect(await till.sell(PACKAGES.one)).toMatchObject({ failure: { code: 'clock.not-confirmed' } });
  expect(till.payloads('sales.ended')).toEqual([]);
  await confirm(till, addMilliseconds(TEST_START, 3 * HOUR_MS));
  await till.time.advance(1_000);
  expect(till.payloads('sales.ended')).toMatchObject([{ cause: 'published-end' }]);
});

test('a supervisor confirms no time that is long after the end of sales', async () => {
  using till = await openSellingTill();
  await till.time.advance(20_000);
  till.time.moveWall(-HOUR_MS);
  await till.restart();
  const notAfter = addMilliseconds(RAFFLE_EVENT.salesEnd, 12 * HOUR_MS);
  expect(await confirm(till, addMilliseconds(notAfter, 1))).toEqual({
    ok: false,
    failure: { code: 'clock.too-late', detail: { notAfter } },
  });
  await till.time.advance(1_000);
  expect(till.payloads('sales.ended')).toEqual([]);
  expect(till.payloads('clock.confirmed')).toEqual([]);
});
