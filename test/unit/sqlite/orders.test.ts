import { expect, test } from 'vitest';
import type { AnyDatabase } from '#main/adapters/sqlite/open-database.ts';
import type { OrderRow } from '#main/ports/terminal-rows.ts';
import { ok } from '#shared/kernel/result.ts';
import { openTestDatabase, type TestDatabase } from '#test/helpers/terminal-database.ts';
import { createHistoryPlayer, RAFFLE_EVENT } from '#test/helpers/terminal-database-history.ts';

/** Sequential numbers from 100,000, then a list of random ones. */
function afterSales(till: TestDatabase) {
  const player = createHistoryPlayer(till.unitOfWork, till.key);
  player.enrol();
  player.play({ kind: 'mirror', peopleCount: 2, newPins: false, state: 'active' });
  player.play({ kind: 'numbers', count: 5, mode: 'sequential', blockSize: 100 });
  player.play({ kind: 'numbers', count: 200, mode: 'random', blockSize: 100 });
  for (const packageSizes of [[2], [1, 4], [10], [3]]) player.play({ kind: 'sell', packageSizes });
  return player;
}

function search(till: TestDatabase, text: string, cursor: string | null = null, limit = 10) {
  const query = { raffleEventId: RAFFLE_EVENT, search: text, cursor, limit };
  return till.unitOfWork.rows.findOrders(query);
}

const sizes = (rows: readonly OrderRow[]) => rows.map(({ order }) => order.numberCount);

test('orders come newest first, a page at a time', () => {
  using till = openTestDatabase();
  afterSales(till);
  const first = search(till, '', null, 2);
  expect(sizes(first.orders)).toEqual([3, 10]);
  const second = search(till, '', first.nextCursor, 2);
  expect(sizes(second.orders)).toEqual([4, 1]);
  const third = search(till, '', second.nextCursor, 2);
  expect({ sizes: sizes(third.orders), nextCursor: third.nextCursor }).toEqual({
    sizes: [2],
    nextCursor: null,
  });
  expect(search(till, '', 'no cursor').orders).toEqual([]);
});

test('a draw number finds the order that holds it, in either mode, and nothing while it is unsold', () => {
  using till = openTestDatabase();
  const player = afterSales(till);
  expect(sizes(search(till, '100001').orders)).toEqual([2]);
  expect(sizes(search(till, '000100002').orders)).toEqual([1]);
  // The second allocation deals 200,000 + index * 7,919 modulo 99,991.
  expect(sizes(search(till, String(200_000 + 7_919)).orders)).toEqual([4]);
  expect(sizes(search(till, String(200_000 + 5 * 7_919)).orders)).toEqual([10]);
  expect(search(till, String(200_000 + ((150 * 7_919) % 99_991))).orders).toEqual([]);
  player.play({ kind: 'sell', packageSizes: [150] });
  expect(sizes(search(till, String(200_000 + ((150 * 7_919) % 99_991))).orders)).toEqual([150]);
});

test('four digits or more find validation numbers by any part; fewer name a draw number', () => {
  using till = openTestDatabase();
  afterSales(till);
  const [newest] = search(till, '', null, 1).orders;
  const validationNumber = newest?.order.validationNumber ?? '';
  expect(validationNumber).toBe('100000030000000500');
  expect(search(till, '000000 0500').orders).toEqual([newest]);
  expect(sizes(search(till, '10000003').orders)).toEqual([3, 10, 4, 1, 2]);
  expect(search(till, '050').orders).toEqual([]);
  expect(search(till, 'abc').orders).toEqual([]);
  expect(search(till, '9'.repeat(30)).orders).toEqual([]);
});

test('an order tells how its ticket and its review stand', () => {
  using till = openTestDatabase();
  const player = afterSales(till);
  const { unitOfWork } = till;
  player.play({ kind: 'print', outcome: 'unknown' });
  player.play({ kind: 'answer', answer: 'torn' });
  const [job] = unitOfWork.rows.openPrintJobs();
  expect(job?.state).toEqual({ kind: 'answered', answer: 'torn' });
  player.play({ kind: 'reprint' });
  const orderId = job?.orderId as never;
  const seq = unitOfWork.rows.order(orderId)?.seq ?? 0;
  unitOfWork.note((notes) =>
    notes.saveStanding(
      {
        highWaterSeq: seq,
        headHash: 'f'.repeat(64) as never,
        totals: { orderCount: 1, grossMinor: 500, quarantinedOrderCount: 1 },
      },
      [
        {
          verdict: 'quarantined',
          seq,
          hash: 'f'.repeat(64) as never,
          isRepeated: false,
          reason: 'amount-differs',
          detail: '',
        },
      ],
      true,
    ),
  );
  const row = unitOfWork.rows.order(orderId);
  expect(row?.review).toEqual({ isOpen: true, reason: 'amount-differs' });
  expect(
    row?.printJobs.map(({ copyNumber, attempts, state }) => ({ copyNumber, attempts, state })),
  ).toEqual([
    { copyNumber: 0, attempts: 1, state: { kind: 'answered', answer: 'torn' } },
    { copyNumber: 1, attempts: 0, state: { kind: 'waiting' } },
  ]);
  // The copy settles the torn original.
  expect(unitOfWork.rows.openPrintJobs()).toHaveLength(5);
  expect(unitOfWork.rows.orderCounts(RAFFLE_EVENT)).toEqual({
    orderCount: 5,
    unsentOrderCount: 4,
    unsentValueMinor: 18 * 250,
    underReviewCount: 1,
  });
  expect(unitOfWork.notes.sync()).toEqual({
    acknowledgedSeq: seq,
    underReviewCount: 1,
    isAgreed: true,
    lastContactAt: null,
    offsetMs: null,
  });
});

test('a finished checkout is read back as it was sold', () => {
  using till = openTestDatabase();
  afterSales(till);
  const { rows } = till.unitOfWork;
  const [newest] = search(till, '', null, 1).orders;
  const checkout = rows.checkout(newest?.checkoutId as never);
  expect(checkout?.sale.orders).toEqual([newest?.order]);
  expect(checkout?.sale.runningTotals).toEqual(rows.totals());
  expect(rows.totalsAt(checkout ? checkout.seq - 1 : 0)).toEqual({
    orderCount: 4,
    grossMinor: 17 * 250,
  });
  expect(rows.checkout(newest?.order.orderId as never)).toBeUndefined();
});

/** Every statement that a function prepares or runs on a database. */
function plansOf(database: AnyDatabase, statement: string): readonly string[] {
  return database.client
    .prepare<[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${statement}`)
    .all()
    .map(({ detail }) => detail);
}

test.each([
  [
    'the list',
    "SELECT * FROM orders WHERE raffle_event_id = 'x' AND ordinal < 9 ORDER BY ordinal DESC LIMIT 30",
  ],
  [
    'unsent orders',
    "SELECT count(*), sum(amount_minor) FROM orders WHERE seq > coalesce((SELECT acknowledged_seq FROM sync_notes), 0) AND +raffle_event_id = 'x'",
  ],
  ['open print jobs', 'SELECT * FROM print_jobs WHERE is_settled = 0 ORDER BY ordinal'],
  ['numbers of an order', 'SELECT * FROM order_numbers WHERE order_ordinal = 1 ORDER BY position'],
  [
    'holder of an index',
    'SELECT * FROM order_numbers WHERE allocation_ordinal = 1 AND first_index <= 7 ORDER BY first_index DESC LIMIT 1',
  ],
  ['the running totals', 'SELECT * FROM checkouts WHERE seq <= 9 ORDER BY seq DESC LIMIT 1'],
  [
    'the last checkpoint',
    "SELECT * FROM journal WHERE kind = 'checkpoint.signed' ORDER BY seq DESC LIMIT 1",
  ],
  ['a checkout by its id', "SELECT * FROM checkouts WHERE checkout_id = 'x'"],
])('%s needs no scan and no sorting', (_, statement) => {
  using till = openTestDatabase();
  const plan = plansOf(till.database, statement);
  expect(
    plan.filter((step) => /SCAN (?!sync_notes|print_jobs USING INDEX)|TEMP B-TREE/.test(step)),
  ).toEqual([]);
  expect(plan).not.toEqual([]);
});

test('notes can be read at any time and change no row', () => {
  using till = openTestDatabase();
  const { unitOfWork } = till;
  const draft = { checkoutId: '018f0000-0000-7000-8000-000000000001', lines: [] } as never;
  const other = '018f0000-0000-7000-8000-000000000002' as never;
  expect(unitOfWork.notes.draft()).toBeUndefined();
  expect(unitOfWork.notes.watermark()).toBeUndefined();
  expect(unitOfWork.notes.pendingEnrolment()).toBeUndefined();
  unitOfWork.note((notes) => {
    notes.saveDraft(draft);
    notes.discardDraft(other);
    notes.saveWatermark('2026-10-31T18:00:00.000Z' as never);
    notes.saveContact('2026-10-31T18:00:01.000Z' as never, -40);
    notes.savePendingEnrolment({ codeHash: 'a'.repeat(64) as never, chainId: other });
  });
  expect(unitOfWork.notes.draft()).toEqual(draft);
  expect(unitOfWork.notes.watermark()).toBe('2026-10-31T18:00:00.000Z');
  expect(unitOfWork.notes.sync()).toMatchObject({
    acknowledgedSeq: 0,
    lastContactAt: '2026-10-31T18:00:01.000Z',
    offsetMs: -40,
  });
  expect(unitOfWork.notes.pendingEnrolment()).toEqual({ codeHash: 'a'.repeat(64), chainId: other });
  const discarded = unitOfWork.run(({ notes }) =>
    ok(notes.discardDraft('018f0000-0000-7000-8000-000000000001' as never)),
  );
  expect(discarded.ok).toBe(true);
  expect(unitOfWork.notes.draft()).toBeUndefined();
});
