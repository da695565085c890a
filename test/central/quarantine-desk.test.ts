import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { QuarantinedEntry } from '#shared/contract/central/people/quarantine.ts';
import type { SaleCompleted } from '#shared/contract/journal/sale-entries.ts';
import {
  type PeopleCentral,
  startPeopleCentral,
  type TestPerson,
} from '#test/helpers/central/people.ts';
import {
  createTestOrganisation,
  createTestRsu,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import { enrolledDevice, type TestDevice, uploadAll } from '#test/helpers/central/test-device.ts';
import {
  createTestJournal,
  type Holdings,
  type TestJournal,
} from '#test/helpers/central/test-journal.ts';

const DESK = '/v1/organisations/:organisationId/quarantine';
const VOIDS = '/v1/organisations/:organisationId/void-requests';

let running: PeopleCentral;
let organisation: TestOrganisation;
let device: TestDevice;
let holdings: Holdings;
let journal: TestJournal;
let supervisor: TestPerson;
let second: TestPerson;
let count = 0;

beforeAll(async () => {
  running = await startPeopleCentral();
});

afterAll(() => running.stop());

beforeEach(async () => {
  count += 1;
  organisation = await createTestOrganisation(running, { eventIdentifier: `DESK-${count}` });
  const { code } = await createTestRsu(running, organisation, `Desk till ${count}`);
  device = await enrolledDevice(running.url, code);
  holdings = (await device.topUp(organisation.raffleEventId)).body;
  journal = createTestJournal(device, organisation, holdings);
  supervisor = await running.asPerson(organisation.organisationId, 'supervisor');
  second = await running.asPerson(organisation.organisationId, 'supervisor');
});

/** Sells at another price than the package has: it waits for a person. */
function sellTooCheaply(): SaleCompleted {
  let kept: SaleCompleted | undefined;
  journal.sell((sale) => {
    kept = {
      ...sale,
      totalMinor: 900 as never,
      orders: sale.orders.map((order) => ({ ...order, amountMinor: 900 as never })),
      payments: sale.payments.map((payment) => ({
        ...payment,
        amountMinor: 900 as never,
        tenderedMinor: 900 as never,
      })),
    };
    return kept;
  });
  if (kept === undefined) throw new Error('a sale was made');
  return kept;
}

/** Notes that the ticket of a sale was printed. */
function print({ orders }: SaleCompleted): void {
  for (const { printJobId } of orders) {
    journal.append('print.started', { printJobId, attempt: 1 });
    journal.append('print.finished', { printJobId, outcome: 'printed', detail: '' });
  }
}

async function waiting(state = 'open'): Promise<readonly QuarantinedEntry[]> {
  const { body } = await supervisor.get<{ items: readonly QuarantinedEntry[] }>(
    `${DESK}?state=${state}`,
  );
  return body.items;
}

async function firstWaiting(): Promise<QuarantinedEntry> {
  const [entry] = await waiting();
  if (entry === undefined) throw new Error('nothing waits');
  return entry;
}

function resolve(entry: QuarantinedEntry, body: object, by = supervisor) {
  return by.send('POST', `${DESK}/${entry.quarantineId}/resolution`, body);
}

async function tickets() {
  const [row] = await running.query(
    `SELECT count(*) FILTER (WHERE state = 'sold')::INT AS sold,
       count(*) FILTER (WHERE state = 'voided')::INT AS voided FROM tickets WHERE event_id = $1`,
    [organisation.raffleEventId],
  );
  return row;
}

async function resolutions() {
  const { body } = await device.mirror();
  return body.mirror?.resolutions.map(({ orderId, outcome }) => [orderId, outcome]);
}

describe('an entry under review', () => {
  test('is shown with its bytes, what they say, its neighbours, and why it can be accepted', async () => {
    journal.sell();
    const sale = sellTooCheaply();
    journal.sell();
    await uploadAll(device, journal);
    const entry = await firstWaiting();
    expect(entry).toMatchObject({
      seq: 2,
      reason: 'amount-differs',
      state: 'open',
      orderIds: sale.orders.map(({ orderId }) => orderId),
    });
    const { body } = await supervisor.get(`${DESK}/${entry.quarantineId}`);
    expect(body).toMatchObject({
      entry,
      bodyBase64: journal.entries[1]?.body,
      isSigned: true,
      body: { kind: 'sale.completed', payload: sale },
      unreadable: null,
      raffleEventId: organisation.raffleEventId,
      amountMinor: 900,
      obstacle: null,
      neighbours: [
        { seq: 1, kind: 'sale.completed', verdict: 'accepted' },
        { seq: 3, kind: 'sale.completed' },
      ],
      rivalOrderIds: [],
      voidRequests: [],
      refunds: [],
    });
  });

  test('that nobody can read is shown all the same', async () => {
    journal.appendRaw('{ not JSON', true);
    await uploadAll(device, journal);
    const entry = await firstWaiting();
    expect((await supervisor.get(`${DESK}/${entry.quarantineId}`)).body).toMatchObject({
      body: null,
      unreadable: expect.any(String),
      obstacle: expect.any(String),
    });
    expect(await resolve(entry, { outcome: 'accept', reason: 'why not' })).toMatchObject({
      status: 409,
      body: { code: 'quarantine.not-acceptable' },
    });
  });
});

describe('accepted by a person', () => {
  test('it counts as it was printed, with what waited for it, and the till hears of it', async () => {
    const sale = sellTooCheaply();
    print(sale);
    await uploadAll(device, journal);
    expect((await waiting()).map(({ reason }) => reason)).toEqual([
      'amount-differs',
      'depends-on-quarantined',
      'depends-on-quarantined',
    ]);
    const entry = await firstWaiting();
    expect(await resolve(entry, { outcome: 'accept', reason: 'the old price list' })).toMatchObject(
      {
        status: 200,
        body: { state: 'accepted', resolution: 'the old price list' },
      },
    );
    expect(await waiting()).toEqual([]);
    expect(await tickets()).toEqual({ sold: 5, voided: 0 });
    const [order] = sale.orders;
    const { body } = await supervisor.get(
      `/v1/organisations/:organisationId/orders/${order?.orderId}`,
    );
    expect(body).toMatchObject({
      order: { amountMinor: 900, state: 'sold' },
      prints: [{ copyNumber: 0, log: [{ step: 'started' }, { step: 'finished' }] }],
    });
    expect(await resolutions()).toEqual([[order?.orderId, 'accepted']]);
    const [audited] = await running.query(
      `SELECT changed_by IS NOT NULL AS "isNamed", new_data ->> 'state' AS state FROM audit_log
       WHERE table_name = 'journal_quarantine' AND operation = 'UPDATE' ORDER BY id LIMIT 1`,
    );
    expect(audited).toEqual({ isNamed: true, state: 'accepted' });
  });

  test('it is decided once, also by two people at the same moment', async () => {
    sellTooCheaply();
    await uploadAll(device, journal);
    const entry = await firstWaiting();
    const answers = await Promise.all(
      [supervisor, second].map((by) => resolve(entry, { outcome: 'accept', reason: 'fine' }, by)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await tickets()).toEqual({ sold: 5, voided: 0 });
  });

  test('a number never becomes valid twice', async () => {
    const copy = journal.fork();
    journal.sell();
    await uploadAll(device, journal);
    copy.sell();
    await uploadAll(device, copy);
    const entry = await firstWaiting();
    expect(entry.reason).toBe('chain-forked');
    const { body } = await supervisor.get<{ rivalOrderIds: string[] }>(
      `${DESK}/${entry.quarantineId}`,
    );
    expect(body.rivalOrderIds).toHaveLength(1);
    expect(await resolve(entry, { outcome: 'accept', reason: 'a copy' })).toMatchObject({
      status: 409,
      body: { code: 'quarantine.not-acceptable' },
    });
    expect(await tickets()).toEqual({ sold: 5, voided: 0 });
  });

  test('it cannot be what came after reconciliation', async () => {
    journal.sell();
    await running.query('ALTER TABLE raffle_events DISABLE TRIGGER guard_reconciliation');
    await running.query(
      'UPDATE raffle_events SET reconciliation_confirmed_at = now() WHERE id = $1',
      [organisation.raffleEventId],
    );
    await running.query('ALTER TABLE raffle_events ENABLE TRIGGER guard_reconciliation');
    await uploadAll(device, journal);
    const entry = await firstWaiting();
    expect(entry.reason).toBe('after-reconciliation');
    expect(await resolve(entry, { outcome: 'accept', reason: 'late' })).toMatchObject({
      status: 409,
    });
    const asked = await supervisor.send<{ voidRequestId: string }>(
      'POST',
      `${DESK}/${entry.quarantineId}/void-requests`,
      { reason: 'sold-after-end', note: 'came too late' },
    );
    const decided = await second.send('POST', `${VOIDS}/${asked.body.voidRequestId}/decision`, {
      decision: 'approved',
      note: 'agreed',
      refund: { amountMinor: 1000, method: 'cash', paidBackBy: 'Sam', note: '' },
    });
    expect(decided.status).toBe(200);
    expect(await tickets()).toEqual({ sold: 0, voided: 0 });
    expect((await supervisor.get(`${DESK}/${entry.quarantineId}`)).body).toMatchObject({
      entry: { state: 'voided' },
      refunds: [{ amountMinor: 1000, paidBackBy: 'Sam' }],
    });
  });
});

describe('linked to an order', () => {
  test('it was the second account of a sale that counts already', async () => {
    const copy = journal.fork();
    let sold: SaleCompleted | undefined;
    journal.sell((sale) => {
      sold = sale;
      return sale;
    });
    await uploadAll(device, journal);
    copy.sell(() => ({ ...(sold as SaleCompleted), isOffline: true }));
    await uploadAll(device, copy);
    const entry = await firstWaiting();
    const orderIds = sold?.orders.map(({ orderId }) => orderId);
    expect(
      await resolve(entry, { outcome: 'link', reason: 'the same ticket', orderIds }),
    ).toMatchObject({ status: 200, body: { state: 'linked', linkedOrderIds: orderIds } });
    expect(await tickets()).toEqual({ sold: 5, voided: 0 });
  });

  test('that order has to bear its validation number, and to be of this organisation', async () => {
    journal.sell();
    sellTooCheaply();
    await uploadAll(device, journal);
    const entry = await firstWaiting();
    const [other] = await running.query('SELECT id FROM orders WHERE chain_id = $1', [
      device.chainId,
    ]);
    const link = (orderId: unknown) =>
      resolve(entry, { outcome: 'link', reason: 'that one', orderIds: [orderId] });
    expect(await link(other?.['id'])).toMatchObject({
      status: 409,
      body: { code: 'quarantine.not-linkable' },
    });
    expect(await link('00000000-0000-4000-8000-000000000000')).toMatchObject({ status: 404 });
    expect((await firstWaiting()).state).toBe('open');
  });
});

describe('voided', () => {
  test('takes two people; its numbers are dead, and what waited for it is done with', async () => {
    const sale = sellTooCheaply();
    print(sale);
    await uploadAll(device, journal);
    const entry = await firstWaiting();
    const asked = await supervisor.send<{ voidRequestId: string }>(
      'POST',
      `${DESK}/${entry.quarantineId}/void-requests`,
      { reason: 'wrong-package', note: 'sold by mistake' },
    );
    expect(asked).toMatchObject({ status: 201, body: { executor: 'central', decision: null } });
    expect(await resolve(entry, { outcome: 'accept', reason: 'no' })).toMatchObject({
      status: 409,
      body: { code: 'thing.in-use' },
    });
    const path = `${VOIDS}/${asked.body.voidRequestId}/decision`;
    const approve = { decision: 'approved', note: 'agreed' };
    expect(await supervisor.send('POST', path, approve)).toMatchObject({
      status: 403,
      body: { code: 'second-person.required' },
    });
    expect(await second.send('POST', path, approve)).toMatchObject({
      status: 200,
      body: { decision: 'approved' },
    });
    expect(await second.send('POST', path, approve)).toMatchObject({ status: 409 });
    expect(await waiting()).toEqual([]);
    expect(await tickets()).toEqual({ sold: 0, voided: 5 });
    expect(await resolutions()).toEqual([[sale.orders[0]?.orderId, 'voided']]);
    const [allocation] = await running.query(
      'SELECT tickets_sold, tickets_voided FROM rsu_allocations WHERE rsu_id = $1',
      [device.rsuId],
    );
    expect(allocation).toEqual({ tickets_sold: 0, tickets_voided: 5 });
  });

  test('a void that is refused leaves it where it was', async () => {
    sellTooCheaply();
    await uploadAll(device, journal);
    const entry = await firstWaiting();
    const asked = await supervisor.send<{ voidRequestId: string }>(
      'POST',
      `${DESK}/${entry.quarantineId}/void-requests`,
      { reason: 'other', note: 'unsure' },
    );
    await second.send('POST', `${VOIDS}/${asked.body.voidRequestId}/decision`, {
      decision: 'refused',
      note: 'it was paid',
    });
    expect((await firstWaiting()).quarantineId).toBe(entry.quarantineId);
    expect(await resolve(entry, { outcome: 'accept', reason: 'it was paid' })).toMatchObject({
      status: 200,
    });
  });
});
