import { expect, test } from 'vitest';
import { settle } from '#test/helpers/fakes/fake-time.ts';
import { openSellingTill } from '#test/helpers/fakes/open-till.ts';
import { PACKAGES } from '#test/helpers/fakes/test-mirror.ts';

test('nothing leaves before the second copy has it: no reply, no print, no upload', async () => {
  using till = await openSellingTill();
  const flushedBefore = till.sync.flushedSeq();
  till.secondJournal.hold();
  let answer = 'none yet';
  const selling = till.sell(PACKAGES.one).then((sold) => {
    answer = sold.ok ? 'sold' : sold.failure.code;
  });
  await settle();
  expect(till.rows().totals().orderCount).toBe(1);
  expect([answer, till.printer.requests().length, till.sync.flushedSeq()]).toEqual([
    'none yet',
    0,
    flushedBefore,
  ]);
  till.secondJournal.release();
  await selling;
  expect(answer).toBe('sold');
  expect(till.printer.requests()).toHaveLength(1);
  expect(till.sync.flushedSeq()).toBe(till.rows().head().seq);
});

test('a failed second copy is journaled once and stops the next sale, until it works again', async () => {
  using till = await openSellingTill();
  till.secondJournal.fail();
  expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
  expect(await till.sell(PACKAGES.one)).toEqual({
    ok: false,
    failure: { code: 'journal.second-copy-failed', detail: {} },
  });
  expect(till.core().snapshot().secondJournal.state).toBe('failed');
  till.secondJournal.repair();
  await till.run['session.lock']({});
  await settle();
  await till.signIn();
  expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
  await settle();
  const noted = till
    .payloads('significant-event.noted')
    .map(({ code }) => code)
    .filter((code) => code.startsWith('second-journal'));
  expect(noted).toEqual(['second-journal.failed', 'second-journal.recovered']);
  expect(till.secondJournal.entries().map(({ seq }) => seq)).toEqual(
    Array.from({ length: till.rows().head().seq }, (_, index) => index + 1),
  );
});

test('a second copy that failed is tried again without another entry', async () => {
  using till = await openSellingTill();
  till.secondJournal.fail();
  await till.sell(PACKAGES.one);
  await till.time.advance(10_000);
  expect(till.core().snapshot().selling?.refusal?.code).toBe('journal.second-copy-failed');
  till.secondJournal.repair();
  await till.time.advance(10_000);
  expect(till.core().snapshot().selling?.refusal).toBeNull();
  expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
  expect(till.secondJournal.entries().map(({ seq }) => seq)).toEqual(
    Array.from({ length: till.rows().head().seq }, (_, index) => index + 1),
  );
});

test('where the profile says so, selling goes on without the second copy', async () => {
  using till = await openSellingTill({ profile: { sellsWithoutSecondCopy: true } });
  till.secondJournal.fail();
  expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
  expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
  expect(till.printer.requests()).toHaveLength(2);
});

test('entries carry when, by which clock and by whom', async () => {
  using till = await openSellingTill();
  await till.time.advance(1_234);
  till.time.moveWall(-30_000);
  await till.sell(PACKAGES.one);
  const sale = till.entries().find(({ kind }) => kind === 'sale.completed');
  expect(sale).toMatchObject({
    version: 1,
    at: '2026-11-22T18:30:01.234Z',
    wall: '2026-11-22T18:29:31.234Z',
    offsetMs: 30_000,
    bootId: '00000007-0000-7000-8000-000000000001',
  });
});
