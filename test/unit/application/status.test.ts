import { describe, expect, test } from 'vitest';
import { createSnapshotFeed } from '#main/application/status/snapshot-feed.ts';
import { OPERATIONS } from '#shared/contract/terminal/operations.ts';
import { orderDetailsSchema } from '#shared/contract/terminal/orders.ts';
import { type Snapshot, snapshotSchema } from '#shared/contract/terminal/snapshot.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { fakeId } from '#test/helpers/fakes/fake-ids.ts';
import { createFakeTime, settle, TEST_START } from '#test/helpers/fakes/fake-time.ts';
import { openBareTill, openSellingTill, openTill } from '#test/helpers/fakes/open-till.ts';
import { PACKAGES, PEOPLE } from '#test/helpers/fakes/test-mirror.ts';

describe('the snapshot', () => {
  test('fits its contract in every phase', async () => {
    using till = await openBareTill();
    const fits = () =>
      expect(snapshotSchema.safeParse(till.core().snapshot()).error).toBeUndefined();
    fits();
    await till.enrol();
    fits();
    await till.mirror();
    await till.contact();
    fits();
    await till.choose(fakeId('b', 1));
    await till.signIn();
    till.printer.script('unknown');
    await till.sell(PACKAGES.one);
    await till.fill();
    await till.sync.tell({ kind: 'problem', problem: { kind: 'certificate-date' } });
    fits();
    till.core().goOutOfService([{ check: 'chain', detail: 'broken' }]);
    fits();
  });

  test('of a sale reaches the screen before the answer, so that no old "all sent" outlives it', async () => {
    using till = await openSellingTill();
    const heard: (number | undefined)[] = [];
    till.core().onSnapshotChanged(({ sync }) => heard.push(sync?.orderCount));
    await till.sell(PACKAGES.one);
    expect(heard.at(-1)).toBe(1);
  });

  test('knows before the tap how many sales are left, less what is in the cart', async () => {
    using till = await openSellingTill();
    const left = () =>
      till
        .core()
        .snapshot()
        .selling?.packages.map(({ name, salesLeft }) => [name, salesLeft]);
    expect(left()).toEqual([
      ['1 number', 100],
      ['3 numbers', 33],
      ['10 numbers', 10],
    ]);
    for (let count = 0; count < 9; count += 1) await till.sell(PACKAGES.ten);
    await till.fill(PACKAGES.one);
    expect(till.core().snapshot().selling).toMatchObject({
      numberSpace: { from: 1, to: 1_000_001 },
      numbersLeft: 10,
      salesLeft: 0,
      salesLeftOf: PACKAGES.ten,
      packages: [
        { salesLeft: 9, refusal: null },
        { salesLeft: 3, refusal: null },
        {
          salesLeft: 0,
          refusal: { code: 'allocation.exhausted', detail: { numbersLeft: 9, numberCount: 10 } },
        },
      ],
    });
  });

  test('is told soon after a change, many changes at once, under a rising revision', async () => {
    using till = await openTill();
    const told: Snapshot[] = [];
    const stop = till.core().onSnapshotChanged((snapshot) => told.push(snapshot));
    await till.time.advance(2_000);
    told.splice(0);
    await till.signIn();
    await till.fill(PACKAGES.one);
    expect(told).toEqual([]);
    await till.time.advance(50);
    expect(told.map(({ session, checkout }) => [session.kind, checkout?.lines.length])).toEqual([
      ['active', 1],
    ]);
    await till.sell(PACKAGES.one);
    await till.time.advance(100);
    const revisions = told.map(({ revision }) => revision);
    expect(revisions).toEqual([...new Set(revisions)].toSorted((left, right) => left - right));
    stop();
    const count = told.length;
    await till.run['session.lock']({});
    await till.time.advance(5_000);
    expect(told).toHaveLength(count);
  });

  test('keeps the cart over a restart, and the result until the next customer', async () => {
    using till = await openSellingTill();
    await till.sell(PACKAGES.three);
    expect(till.core().snapshot()).toMatchObject({
      checkout: null,
      lastSale: { totalMinor: 1_000, tickets: [{ state: 'printed' }] },
    });
    const draft = await till.fill(PACKAGES.one);
    expect(till.core().snapshot().lastSale).toBeNull();
    await till.restart();
    await till.signIn();
    expect(till.core().snapshot().checkout).toEqual(draft.ok ? draft.value : undefined);
  });

  test('shows the result of a sale to its own seller only', async () => {
    using till = await openSellingTill();
    await till.sell(PACKAGES.three);
    await till.run['session.lock']({});
    expect(till.core().snapshot().lastSale).toMatchObject({ totalMinor: 1_000 });
    await till.run['session.sign-out']({});
    expect(till.core().snapshot().lastSale).toBeNull();
    await till.signIn('ana');
    expect(till.core().snapshot().lastSale).toBeNull();
  });
});

describe('the cart', () => {
  test('shrinks always, grows only while selling is open', async () => {
    using till = await openSellingTill();
    const draft = await till.fill(PACKAGES.one, PACKAGES.three);
    const checkoutId = draft.ok ? draft.value.checkoutId : null;
    await till.contact({ state: 'suspended' });
    const one = { packageId: PACKAGES.one, quantity: 1 };
    expect(
      await till.run['checkout.change']({ checkoutId, lines: [{ ...one, quantity: 2 }] }),
    ).toMatchObject({ failure: { code: 'raffle-event.suspended' } });
    expect(await till.run['checkout.change']({ checkoutId, lines: [one] })).toEqual({
      ok: true,
      value: { checkoutId, lines: [one] },
    });
  });

  test('joins lines of one package', async () => {
    using till = await openSellingTill();
    expect(await till.fill(PACKAGES.one, PACKAGES.three, PACKAGES.one)).toMatchObject({
      value: {
        lines: [
          { packageId: PACKAGES.one, quantity: 2 },
          { packageId: PACKAGES.three, quantity: 1 },
        ],
      },
    });
  });

  test('is refused for a checkout that was sold, or is not the open one', async () => {
    using till = await openSellingTill();
    const sold = await till.sell(PACKAGES.one);
    const lines = [{ packageId: PACKAGES.one, quantity: 1 }];
    const change = (
      checkoutId: Parameters<(typeof till.run)['checkout.change']>[0]['checkoutId'],
    ) => till.run['checkout.change']({ checkoutId, lines });
    expect(await change(sold.ok ? sold.value.checkoutId : null)).toMatchObject({
      failure: { code: 'checkout.conflict' },
    });
    expect(await change(fakeId('6', 1))).toMatchObject({ failure: { code: 'checkout.unknown' } });
    expect(await till.fill(fakeId('c', 9))).toMatchObject({
      failure: { code: 'package.unknown' },
    });
  });
});

describe('orders', () => {
  test('are listed newest first, found by number, and shown with their ticket', async () => {
    using till = await openSellingTill();
    await till.sell(PACKAGES.three);
    await till.sell(PACKAGES.ten);
    const [first, second] = till.payloads('sale.completed').map(({ orders }) => orders[0]);
    const list = async (search: string) => {
      const page = await till.run['order.list']({ search, cursor: null });
      return page.ok ? page.value.orders : [];
    };
    expect(await list('')).toMatchObject([
      { orderId: second?.orderId, firstDrawNumber: 4, numberCount: 10 },
      {
        orderId: first?.orderId,
        firstDrawNumber: 1,
        sellerName: 'Sam Seller',
        standing: 'saved',
        amount: { minor: 1_000, currency: 'CAD' },
        ticket: { state: 'printed' },
        reprintCount: 0,
      },
    ]);
    expect((await list('13')).map(({ orderId }) => orderId)).toEqual([second?.orderId]);
    expect((await list(first?.validationNumber.slice(6, 12) ?? '')).length).toBe(1);
    await till.acknowledge();
    const shown = await till.run['order.show']({ orderId: second?.orderId ?? fakeId('6', 1) });
    expect(shown).toMatchObject({
      value: { standing: 'sent', drawNumbers: [{ first: 4, last: 13 }], reviewReason: null },
    });
    expect(orderDetailsSchema.safeParse(shown.ok ? shown.value : null).error).toBeUndefined();
    expect(await till.run['order.show']({ orderId: fakeId('6', 6) })).toMatchObject({
      failure: { code: 'order.unknown' },
    });
  });

  test('come in pages', async () => {
    using till = await openSellingTill();
    for (let count = 0; count < 4; count += 1) {
      await till.sell(...Array.from({ length: 9 }, () => PACKAGES.one));
      await till.acknowledge();
    }
    const first = await till.run['order.list']({ search: '', cursor: null });
    const cursor = first.ok ? first.value.nextCursor : null;
    const second = await till.run['order.list']({ search: '', cursor });
    const found = [first, second].flatMap((page) => (page.ok ? page.value.orders : []));
    expect([
      first.ok && first.value.orders.length,
      new Set(found.map((o) => o.orderId)).size,
    ]).toEqual([30, 36]);
    expect(second.ok && second.value.nextCursor).toBeNull();
  });

  test('are none before a raffle event is chosen', async () => {
    using till = await openBareTill();
    expect(await till.run['order.list']({ search: '', cursor: null })).toEqual({
      ok: true,
      value: { orders: [], nextCursor: null },
    });
  });
});

describe('diagnostics', () => {
  test('answer by section, and hold no secret', async () => {
    using till = await openSellingTill();
    const shown = await till.run['diagnostics.show']({});
    expect(OPERATIONS['diagnostics.show'].output.safeParse(shown.ok && shown.value).error).toBe(
      undefined,
    );
    expect(shown.ok && shown.value.sections.map(({ title }) => title)).toEqual([
      'Program',
      'Memory check',
      'Journal',
      'Central',
      'Clock',
      'Printer',
      'Numbers',
    ]);
    expect(JSON.stringify(shown)).not.toContain(PEOPLE.sam.pin);
    expect(await till.run['diagnostics.export']({})).toEqual({
      ok: true,
      value: { folder: '/exports/1', entryCount: 3 },
    });
  });

  test('an export that cannot be written is a refusal', async () => {
    using till = await openBareTill();
    await till.restart({
      journalExport: { copy: () => Promise.reject(new Error('no space')) },
    });
    expect(await till.run['diagnostics.export']({})).toMatchObject({
      failure: { code: 'disk.full' },
    });
  });

  test('a low disk is noted once', async () => {
    using till = await openTill();
    till.disk.freeBytes = 300_000_000;
    await till.time.advance(3_000);
    expect(
      till.payloads('significant-event.noted').filter(({ code }) => code === 'disk.low'),
    ).toEqual([{ code: 'disk.low', severity: 'warning', detail: { freeBytes: 300_000_000 } }]);
    expect(till.core().snapshot().disk).toEqual({ freeBytes: 300_000_000, isLow: true });
  });
});

describe('what goes wrong', () => {
  test('suspicious refusals are journaled, not each of a flood', async () => {
    using till = await openTill();
    for (let count = 0; count < 5; count += 1) {
      till.core().noteRefusal('sale.complete', { code: 'input.invalid', detail: {} });
    }
    till.core().noteRefusal('session.sign-in', { code: 'session.required', detail: {} });
    await settle();
    const refused = () =>
      till.payloads('significant-event.noted').filter(({ code }) => code === 'request.refused');
    expect(refused()).toMatchObject([
      { detail: { operation: 'sale.complete', code: 'input.invalid' } },
    ]);
    await till.time.advance(60_000);
    till.core().noteRefusal('sale.complete', { code: 'input.invalid', detail: {} });
    await settle();
    expect(refused()).toHaveLength(2);
  });

  test('a bug is journaled; damage ends all selling', async () => {
    using till = await openSellingTill();
    till.core().noteThrow('order.list', new TypeError('oops'));
    await settle();
    expect(till.payloads('significant-event.noted').at(-1)).toMatchObject({
      code: 'program.error',
      detail: { operation: 'order.list' },
    });
    till.core().noteThrow('order.list', new IntegrityFault('page 7 is torn'));
    till.core().noteThrow('order.show', new IntegrityFault('page 7 is torn'));
    await settle();
    expect(till.core().phase()).toMatchObject({
      kind: 'out-of-service',
      faults: [{ check: 'critical memory', detail: 'page 7 is torn' }],
    });
    expect(await till.sell(PACKAGES.one)).toMatchObject({
      failure: { code: 'terminal.out-of-service' },
    });
    expect(await till.run['terminal.show']({})).toMatchObject({ ok: true });
  });

  test('a till whose rows are damaged still says that it is out of service, and why', async () => {
    using till = await openSellingTill();
    const { rsuName } = till.core().snapshot().terminal ?? {};
    till.database().client.exec('DROP TABLE print_jobs; DROP TABLE device');
    till.core().noteThrow('order.list', new IntegrityFault('page 7 is torn'));
    await settle();
    const phase = { kind: 'out-of-service', faults: [{ detail: 'page 7 is torn' }] };
    expect(await till.run['terminal.show']({})).toMatchObject({
      ok: true,
      value: { phase, terminal: { rsuName }, session: { kind: 'signed-out' }, sync: null },
    });
    const shown = await till.run['diagnostics.show']({});
    expect(JSON.stringify(shown)).toContain('not read: it may be damaged');
    expect(await till.run['diagnostics.export']({})).toMatchObject({ ok: true });
    await till.time.advance(5_000);
    expect(till.core().phase()).toMatchObject({ faults: [phase.faults[0]] });
    await till.core().stop();
  });

  test('a bug that shows many times a second is journaled once a minute', async () => {
    using till = await openTill();
    const errors = () =>
      till.payloads('significant-event.noted').filter(({ code }) => code === 'program.error');
    for (let count = 0; count < 5; count += 1) till.core().noteThrow('tick', new TypeError('oops'));
    await settle();
    expect(errors()).toMatchObject([{ detail: { operation: 'tick' } }]);
    await till.time.advance(60_000);
    till.core().noteThrow('tick', new TypeError('oops'));
    await settle();
    expect(errors()).toHaveLength(2);
  });

  test('a snapshot that cannot be made ends nothing', async () => {
    const time = createFakeTime(TEST_START);
    const faults: unknown[] = [];
    const feed = createSnapshotFeed({
      firstRevision: 0,
      timers: time.timers,
      assemble: () => {
        throw new TypeError('oops');
      },
      onFault: (error) => faults.push(error),
    });
    feed.changed();
    await time.advance(1_000);
    expect(faults).toEqual([new TypeError('oops')]);
  });
});
