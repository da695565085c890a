import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  type TestCentral,
} from '#test/helpers/central/test-central.ts';
import { enrolledDevice, type TestDevice } from '#test/helpers/central/test-device.ts';
import { createTestJournal, type TestJournal } from '#test/helpers/central/test-journal.ts';

let running: TestCentral;
let device: TestDevice;
let journal: TestJournal;

beforeEach(async () => {
  running = await startTestCentral();
  const organisation = await createTestOrganisation(running);
  const { code } = await createTestRsu(running, organisation);
  device = await enrolledDevice(running.url, code);
  const { body } = await device.topUp(organisation.raffleEventId);
  journal = createTestJournal(device, organisation, body);
});

afterEach(() => running.stop());

/** Makes the database fail with this SQLSTATE while `condition` holds for a new order. */
async function failOrders(sqlState: string, condition: string): Promise<void> {
  await running.query('CREATE SEQUENCE IF NOT EXISTS attempts');
  await running.query(`CREATE OR REPLACE FUNCTION fail_order() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF ${condition} THEN RAISE EXCEPTION 'made to fail' USING ERRCODE = '${sqlState}'; END IF;
      RETURN NEW;
    END $$`);
  await running.query(`CREATE TRIGGER fail_order BEFORE INSERT ON orders
    FOR EACH ROW EXECUTE FUNCTION fail_order()`);
}

/** Status, verdicts in words and the sums of an upload of the whole journal. */
async function upload() {
  const { status, body } = await device.upload(journal.entries);
  return {
    status,
    verdicts: body.verdicts?.map((verdict) =>
      verdict.verdict === 'accepted' ? 'accepted' : verdict.reason,
    ),
  };
}

function kept() {
  return running.query(
    `SELECT (SELECT count(*)::INT FROM orders) AS orders,
       (SELECT count(*)::INT FROM journal_quarantine) AS waiting,
       (SELECT judged_seq::INT FROM chains) AS judged`,
  );
}

// A program limit, a feature that is missing, a cancelled query, and an exception without a class.
test.each(['54000', '0A000', '57014', 'P0001', 'XX000'])(
  'an entry that brings about the fault %s waits alone; the others count at once',
  async (sqlState) => {
    for (let count = 0; count < 3; count += 1) journal.sell();
    await failOrders(sqlState, 'NEW.journal_seq = 2');
    expect(await upload()).toEqual({
      status: 200,
      verdicts: ['accepted', 'cannot-be-projected', 'accepted'],
    });
    journal.sell();
    expect((await upload()).verdicts).toEqual([
      'accepted',
      'cannot-be-projected',
      'accepted',
      'accepted',
    ]);
    expect(await kept()).toEqual([{ orders: 3, waiting: 1, judged: 4 }]);
    expect(
      await running.query(
        `SELECT severity, seq::INT, metadata ->> 'code' AS code FROM critical_events
         WHERE event_type = 'journal.entry-at-fault'`,
      ),
    ).toEqual([{ severity: 'ERROR', seq: 2, code: sqlState }]);
  },
);

test('what depends on an entry at fault waits with it, and nothing else does', async () => {
  const first = journal.sell();
  journal.sell();
  const { payload } = JSON.parse(Buffer.from(first.body, 'base64').toString()) as {
    payload: { orders: { printJobId: never }[] };
  };
  journal.append('print.started', {
    printJobId: payload.orders[0]?.printJobId as never,
    attempt: 1,
  });
  journal.sell();
  await failOrders('54000', 'NEW.journal_seq = 1');
  expect((await upload()).verdicts).toEqual([
    'cannot-be-projected',
    'accepted',
    'depends-on-quarantined',
    'accepted',
  ]);
});

// A full disk, too little memory, no connection left, a lost one, a server that stops.
test.each(['53100', '53200', '53300', '08006', '57P01'])(
  'a database that cannot go on (%s) answers 503 and when to come back; nothing is decided',
  async (sqlState) => {
    journal.sell();
    await failOrders(sqlState, 'TRUE');
    const response = await device.upload(journal.entries);
    expect(response).toMatchObject({ status: 503, body: { code: 'central.unavailable' } });
    expect(await kept()).toEqual([{ orders: 0, waiting: 0, judged: 0 }]);
    await running.query('DROP TRIGGER fail_order ON orders');
    expect(await upload()).toEqual({ status: 200, verdicts: ['accepted'] });
    expect(await kept()).toEqual([{ orders: 1, waiting: 0, judged: 1 }]);
  },
);

test.each(['40001', '40P01'])(
  'a conflict with another transaction (%s) is gone when it is tried again',
  async (sqlState) => {
    journal.sell();
    await failOrders(sqlState, `nextval('attempts') < 3`);
    expect(await upload()).toEqual({ status: 200, verdicts: ['accepted'] });
    expect(await kept()).toEqual([{ orders: 1, waiting: 0, judged: 1 }]);
  },
);

test('a time and a number of copies that no column takes wait before the database sees them', async () => {
  const sale = journal.sell();
  const { payload } = JSON.parse(Buffer.from(sale.body, 'base64').toString()) as {
    payload: { orders: { orderId: never }[] };
  };
  journal.append('reprint.ordered', {
    printJobId: '11111111-2222-4333-8444-555555555555' as never,
    orderId: payload.orders[0]?.orderId as never,
    copyNumber: 2 ** 40,
    reason: 'torn',
    approvedBy: '11111111-2222-4333-8444-555555555556' as never,
  });
  const stopped = JSON.parse(Buffer.from(sale.body, 'base64').toString()) as object;
  journal.appendRaw(
    JSON.stringify({
      ...stopped,
      kind: 'terminal.stopped',
      at: '0000-01-01T00:00:00.000Z',
      payload: {},
    }),
  );
  expect((await upload()).verdicts).toEqual(['accepted', 'cannot-be-projected', 'not-readable']);
  expect(
    await running.query(
      `SELECT count(*)::INT AS faults FROM critical_events WHERE event_type = 'journal.entry-at-fault'`,
    ),
  ).toEqual([{ faults: 0 }]);
});
