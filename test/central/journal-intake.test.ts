import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setRsuEnabled } from '#central/modules/administration/rsus.ts';
import { judgeLeftovers } from '#central/modules/journal/service.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import type { SaleCompleted } from '#shared/contract/journal/sale-entries.ts';
import { entryHash } from '#shared/domain/journal-chain.ts';
import { fromBase64 } from '#shared/kernel/bytes.ts';
import {
  changeTestState,
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  type TestCentral,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import {
  enrolledDevice,
  sha256,
  type TestDevice,
  uploadAll,
} from '#test/helpers/central/test-device.ts';
import { createTestJournal, type TestJournal } from '#test/helpers/central/test-journal.ts';

let running: TestCentral;
let organisation: TestOrganisation;
let device: TestDevice;
let journal: TestJournal;

beforeEach(async () => {
  running = await startTestCentral();
  organisation = await createTestOrganisation(running);
  const { code } = await createTestRsu(running, organisation);
  device = await enrolledDevice(running.url, code);
  const { body } = await device.topUp(organisation.raffleEventId);
  journal = createTestJournal(device, organisation, body);
});

afterEach(() => running.stop());

function counts() {
  return running.query(
    `SELECT (SELECT count(*)::INT FROM orders) AS orders, (SELECT count(*)::INT FROM tickets) AS tickets,
       (SELECT count(*)::INT FROM payments) AS payments,
       (SELECT count(*)::INT FROM journal_entries) AS entries,
       (SELECT count(*)::INT FROM journal_quarantine WHERE state = 'open') AS waiting`,
  );
}

/** Verdicts as words: `accepted`, or the reason of the quarantine. */
async function verdicts(): Promise<string[]> {
  const answer = await uploadAll(device, journal);
  return answer.verdicts.map((verdict) =>
    verdict.verdict === 'accepted' ? 'accepted' : verdict.reason,
  );
}

describe('a sale', () => {
  test('becomes orders, one ticket a number, payments, print jobs and totals', async () => {
    journal.sell(undefined, 2);
    const answer = await uploadAll(device, journal);
    expect(answer).toMatchObject({
      highWaterSeq: 1,
      headHash: journal.entries[0]?.hash,
      verdicts: [{ verdict: 'accepted', seq: 1, isRepeated: false }],
      totals: { orderCount: 2, grossMinor: 2000, quarantinedOrderCount: 0 },
      control: { deviceState: 'enabled' },
    });
    expect(await counts()).toEqual([
      { orders: 2, tickets: 10, payments: 1, entries: 1, waiting: 0 },
    ]);
    expect(
      await running.query(
        `SELECT array_agg(draw_number ORDER BY draw_number) AS numbers, min(state) AS state,
           min(sold_by::TEXT) AS seller FROM tickets`,
      ),
    ).toEqual([
      {
        numbers: [1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009],
        state: 'sold',
        seller: organisation.operatorId,
      },
    ]);
    expect(
      await running.query(
        `SELECT sum(amount)::INT AS shared, (SELECT count(*)::INT FROM print_jobs) AS jobs,
           (SELECT gross::INT FROM rsu_totals) AS gross,
           (SELECT tickets_available FROM rsu_allocations) AS available FROM order_payments`,
      ),
    ).toEqual([{ shared: 2000, jobs: 2, gross: 2000, available: 90 }]);
  });

  test('sent again gets its first verdict, marked as repeated, and changes nothing', async () => {
    const entry = journal.sell();
    await uploadAll(device, journal);
    const { body } = await device.upload([entry]);
    expect(body.verdicts).toEqual([
      { verdict: 'accepted', seq: 1, hash: entry.hash, isRepeated: true },
    ]);
    expect(await counts()).toEqual([
      { orders: 1, tickets: 5, payments: 1, entries: 1, waiting: 0 },
    ]);
  });

  test('after a gap is not taken; the high water says where to go on', async () => {
    journal.sell();
    journal.sell();
    const last = journal.sell();
    const [first] = journal.entries;
    const { status, body } = await device.upload(first === undefined ? [] : [first, last]);
    expect({ status, highWaterSeq: body.highWaterSeq, taken: body.verdicts.length }).toEqual({
      status: 200,
      highWaterSeq: 1,
      taken: 1,
    });
    expect((await device.upload(journal.entries.slice(1))).body.highWaterSeq).toBe(3);
    expect(await counts()).toEqual([
      { orders: 3, tickets: 15, payments: 3, entries: 3, waiting: 0 },
    ]);
  });

  test('of a disabled device still arrives', async () => {
    journal.sell();
    await setRsuEnabled(running.central, 'test', device.rsuId, false);
    const answer = await uploadAll(device, journal);
    expect(answer).toMatchObject({
      verdicts: [{ verdict: 'accepted' }],
      control: { deviceState: 'disabled' },
    });
  });

  test('that arrives while the raffle event is suspended counts, with a flag', async () => {
    journal.sell();
    await changeTestState(running.central, organisation.raffleEventId, 'suspended');
    expect(await verdicts()).toEqual(['accepted']);
    expect(await running.query('SELECT flags FROM orders')).toEqual([
      { flags: ['arrived-while-suspended'] },
    ]);
  });
});

describe('what waits for a person', () => {
  const OTHER = '11111111-2222-4333-8444-555555555555' as never;

  function firstOrder(
    change: (order: SaleCompleted['orders'][number]) => object,
  ): (sale: SaleCompleted) => SaleCompleted {
    return (sale) => ({
      ...sale,
      orders: sale.orders.map((order) => ({ ...order, ...change(order) })),
    });
  }

  test.each<[string, (sale: SaleCompleted) => SaleCompleted]>([
    ['raffle-event-unknown', (sale) => ({ ...sale, raffleEventId: OTHER })],
    ['package-unknown', firstOrder(() => ({ packageId: OTHER }))],
    ['amount-differs', (sale) => ({ ...sale, totalMinor: 900 as never })],
    ['amount-differs', (sale) => ({ ...sale, currency: 'USD' as never })],
    ['amount-differs', firstOrder(() => ({ numberCount: 2_000_000_000 }))],
    [
      'running-totals-differ',
      (sale) => ({ ...sale, runningTotals: { orderCount: 9, grossMinor: 9 } }),
    ],
    [
      'number-outside-allocation',
      firstOrder(({ numbers }) => ({
        numbers: numbers.map((part) => ({ ...part, indices: { from: 1100, to: 1105 } })),
      })),
    ],
    [
      'number-outside-allocation',
      firstOrder(({ numbers }) => ({
        numbers: numbers.map((part) => ({ ...part, allocationId: OTHER })),
      })),
    ],
    ['numbers-hash-differs', firstOrder(() => ({ drawNumbersHash: sha256('other') }))],
    ['validation-number-outside-block', firstOrder(() => ({ validationSequence: 7 }))],
    ['validation-number-outside-block', firstOrder(() => ({ validationBlockId: OTHER }))],
  ])('%s: the sale waits, later sales count', async (reason, change) => {
    journal.sell();
    await uploadAll(device, journal);
    journal.sell(change);
    journal.sell();
    expect(await verdicts()).toEqual([reason, 'accepted']);
    expect(await counts()).toEqual([
      { orders: 2, tickets: 10, payments: 2, entries: 3, waiting: 1 },
    ]);
  });

  test('a draw number or validation number sold twice, within an upload and across two', async () => {
    const again: { orders?: SaleCompleted['orders'] } = {};
    journal.sell((sale) => {
      again.orders = sale.orders;
      return sale;
    });
    const repeatNumbers = firstOrder(() => ({
      numbers: again.orders?.[0]?.numbers,
      drawNumbersHash: again.orders?.[0]?.drawNumbersHash,
    }));
    const repeatValidation = firstOrder(() => ({
      validationNumber: again.orders?.[0]?.validationNumber,
      validationSequence: again.orders?.[0]?.validationSequence,
    }));
    journal.sell(repeatNumbers);
    journal.sell(repeatValidation);
    expect(await verdicts()).toEqual([
      'accepted',
      'number-already-sold',
      'validation-number-already-used',
    ]);
    journal.sell(repeatNumbers);
    journal.sell(repeatValidation);
    journal.sell();
    expect(await verdicts()).toEqual([
      'number-already-sold',
      'validation-number-already-used',
      'accepted',
    ]);
  });

  test('a sale after the till itself had ended its sales', async () => {
    journal.sell();
    journal.append('sales.ended', {
      raffleEventId: organisation.raffleEventId,
      cause: 'closed-by-central',
      salesEnd: new Date().toISOString() as never,
    });
    journal.sell();
    expect(await verdicts()).toEqual(['accepted', 'accepted', 'after-effective-close']);
    journal.sell();
    expect(await verdicts()).toEqual(['after-effective-close']);
  });

  test('a sale that arrives after reconciliation', async () => {
    journal.sell();
    for (const state of ['closed', 'reconciled'] as const) {
      await changeTestState(running.central, organisation.raffleEventId, state);
    }
    expect(await verdicts()).toEqual(['after-reconciliation']);
  });

  test('what cannot be read, and prints of an order that waits; the rest goes on', async () => {
    journal.appendRaw('not json');
    journal.appendRaw('{"kind":"money.burnt"}');
    journal.appendRaw(new Uint8Array([0xff, 0xfe]));
    journal.append('significant-event.noted', {
      code: 'printer.fault',
      severity: 'error',
      detail: { text: 'NUL \u0000 and half a pair \ud800' },
    });
    const bad = journal.sell((sale) => ({ ...sale, totalMinor: 1 as never }));
    const { payload } = JSON.parse(Buffer.from(bad.body, 'base64').toString()) as {
      payload: SaleCompleted;
    };
    const [order] = payload.orders;
    journal.append('print.started', { printJobId: order?.printJobId as never, attempt: 1 });
    journal.append('print.started', { printJobId: OTHER, attempt: 1 });
    journal.sell();
    expect(await verdicts()).toEqual([
      'not-readable',
      'unknown-kind',
      'not-readable',
      'not-readable',
      'amount-differs',
      'depends-on-quarantined',
      'cannot-be-projected',
      'accepted',
    ]);
    const { body } = await device.mirror();
    expect(body.mirror?.resolutions).toEqual([
      {
        orderId: order?.orderId,
        outcome: 'under-review',
        reason: 'the orders add up to 1000, not 1',
      },
    ]);
    const head = await device.call<{ totals: object }>('GET', CENTRAL_ROUTES.journalHead);
    expect(head.body.totals).toEqual({ orderCount: 2, grossMinor: 1001, quarantinedOrderCount: 1 });
  });

  test('an entry that only the database refuses is found out alone', async () => {
    journal.sell();
    journal.append('reprint.ordered', {
      printJobId: OTHER,
      orderId: OTHER,
      copyNumber: 1,
      reason: 'torn',
      approvedBy: organisation.operatorId,
    });
    journal.sell((sale) => ({
      ...sale,
      orders: sale.orders.map((order) => ({ ...order, amountMinor: 1_000 as never })),
      shiftId: null,
    }));
    await running.query(
      `ALTER TABLE payments ADD CONSTRAINT poison CHECK (received_at < now() OR tendered < 3000)`,
    );
    journal.sell((sale) => ({
      ...sale,
      payments: sale.payments.map((payment) => ({
        ...payment,
        tenderedMinor: 5_000 as never,
        changeMinor: 4_000 as never,
      })),
    }));
    journal.sell();
    expect(await verdicts()).toEqual([
      'accepted',
      'cannot-be-projected',
      'accepted',
      'cannot-be-projected',
      'accepted',
    ]);
  });

  test('a money entry without the device’s signature', async () => {
    const signed = journal.sell();
    const body = Buffer.from(signed.body, 'base64').toString();
    const copy = createTestJournal(device, organisation, { allocations: [], validationBlocks: [] });
    const unsigned = copy.appendRaw(body);
    expect((await device.upload([unsigned])).body.verdicts).toMatchObject([
      { verdict: 'quarantined', reason: 'signature-invalid' },
    ]);
  });
});

describe('the chain', () => {
  test('a changed entry is kept and flagged, and stops the device', async () => {
    journal.sell();
    const changed = journal.sell();
    journal.sell();
    const entries = journal.entries.map((entry) =>
      entry === changed ? { ...entry, body: Buffer.from('{}').toString('base64') } : entry,
    );
    const { body } = await device.upload(entries);
    expect(
      body.verdicts.map((verdict) => ('reason' in verdict ? verdict.reason : 'accepted')),
    ).toEqual(['accepted', 'chain-broken', 'chain-broken']);
    expect(body).toMatchObject({ highWaterSeq: 3, control: { deviceState: 'revoked' } });
    const again = await device.upload(entries);
    expect(again.body.verdicts.every(({ isRepeated }) => isRepeated)).toBe(true);
    expect(
      await running.query('SELECT event_type, seq::INT FROM critical_events WHERE severity = $1', [
        'ERROR',
      ]),
    ).toEqual([{ event_type: 'chain.broken', seq: 2 }]);
  });

  test('of a copied till forks: both branches are kept in full, the second waits, the device stops', async () => {
    journal.sell();
    await uploadAll(device, journal);
    const copy = journal.fork();
    journal.sell();
    journal.sell();
    expect(await verdicts()).toEqual(['accepted', 'accepted']);
    const branch = [copy.sell(), copy.sell(), copy.sell()];
    const { body } = await device.upload(branch);
    expect(body).toMatchObject({
      highWaterSeq: 4,
      headHash: branch.at(-1)?.hash,
      verdicts: [
        { verdict: 'quarantined', reason: 'chain-forked' },
        { verdict: 'quarantined', reason: 'chain-forked' },
        { verdict: 'quarantined', reason: 'chain-forked' },
      ],
      control: { deviceState: 'revoked' },
    });
    journal.sell();
    expect(await verdicts()).toEqual(['device-stopped']);
    expect(await running.query('SELECT state, high_water_seq::INT FROM chains')).toEqual([
      { state: 'forked', high_water_seq: 4 },
    ]);
    expect(await counts()).toEqual([
      { orders: 3, tickets: 15, payments: 3, entries: 7, waiting: 4 },
    ]);
    expect((await device.topUp(organisation.raffleEventId)).body).toMatchObject({
      code: 'rsu.disabled',
    });
  });

  test('is given back byte for byte to a till that lost its own', async () => {
    journal.sell();
    journal.sell();
    await uploadAll(device, journal);
    const { body } = await device.call<{ entries: unknown }>(
      'GET',
      `${CENTRAL_ROUTES.journal}?after=0`,
    );
    expect(body.entries).toEqual(journal.entries);
  });

  /** What an API process leaves that is killed between storing an entry and judging it. */
  async function storeWithoutVerdict(entry: JournalEntry): Promise<void> {
    const head = Buffer.from(entry.hash, 'hex');
    await running.query(
      `INSERT INTO journal_entries (chain_id, seq, hash, previous_hash, body, signature, received_at)
       VALUES ($1, 1, $2, $3, $4, $5, now() - interval '1 minute')`,
      [
        device.chainId,
        head,
        Buffer.from(entry.previousHash, 'hex'),
        Buffer.from(entry.body, 'base64'),
        Buffer.from(entry.signature ?? '', 'base64'),
      ],
    );
    await running.query('UPDATE chains SET high_water_seq = 1, head_hash = $1', [head]);
  }

  test('takes up what a crash between storing and judging left behind', async () => {
    await storeWithoutVerdict(journal.sell());
    expect(await verdicts()).toEqual(['accepted']);
    expect(await counts()).toEqual([
      { orders: 1, tickets: 5, payments: 1, entries: 1, waiting: 0 },
    ]);
  });

  test('takes it up also when the till, which sees the high water, sends nothing more', async () => {
    await storeWithoutVerdict(journal.sell());
    await judgeLeftovers(running.central);
    await judgeLeftovers(running.central);
    expect(await counts()).toEqual([
      { orders: 1, tickets: 5, payments: 1, entries: 1, waiting: 0 },
    ]);
  });

  test('of another device is not taken', async () => {
    const { code } = await createTestRsu(running, organisation, 'Till 2');
    const other = await enrolledDevice(running.url, code);
    journal.sell();
    const entries = journal.takeUnsent();
    expect(
      await other.call('POST', CENTRAL_ROUTES.journal, { chainId: device.chainId, entries }),
    ).toMatchObject({ status: 404, body: { code: 'chain.unknown' } });
    expect(await counts()).toMatchObject([{ entries: 0 }]);
  });
});

test('kept records refuse UPDATE, DELETE and TRUNCATE', async () => {
  journal.sell();
  await uploadAll(device, journal);
  for (const statement of [
    'DELETE FROM orders',
    'DELETE FROM tickets',
    'DELETE FROM raffle_events',
    "UPDATE journal_entries SET body = ''",
    'DELETE FROM journal_entries',
    'TRUNCATE journal_entries CASCADE',
    'UPDATE audit_log SET actor = NULL',
    'UPDATE orders SET total_amount = 1',
    'UPDATE tickets SET draw_number = 1',
    'UPDATE ticket_packages SET price = 1',
    'DELETE FROM prizes',
  ]) {
    await expect(running.query(statement), statement).rejects.toThrow(
      /not allowed|does not change/,
    );
  }
  expect(
    await running.query(
      `SELECT DISTINCT actor FROM audit_log WHERE table_name IN ('orders', 'tickets', 'payments')`,
    ),
  ).toEqual([{ actor: `rsu:${device.rsuId}` }]);
});

test('every stored hash is the hash of the stored bytes', async () => {
  journal.sell();
  const [entry] = journal.entries;
  await uploadAll(device, journal);
  if (entry === undefined) throw new Error('a sale was made');
  const body = fromBase64(entry.body) ?? new Uint8Array();
  expect(
    await running.query('SELECT encode(hash, $1) AS hash FROM journal_entries', ['hex']),
  ).toEqual([{ hash: entryHash({ ...entry, body }) }]);
});
