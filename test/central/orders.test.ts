import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OnlineOrders, Order, OrderDetails } from '#shared/contract/central/people/orders.ts';
import type { VoidRequest } from '#shared/contract/central/people/void-requests.ts';
import type { SaleCompleted } from '#shared/contract/journal/sale-entries.ts';
import {
  formatValidationNumber,
  isWellFormedValidationNumber,
} from '#shared/domain/validation-number.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import {
  type PeopleCentral,
  startPeopleCentral,
  type TestPerson,
} from '#test/helpers/central/people.ts';
import {
  changeTestState,
  createTestOrganisation,
  createTestRsu,
  TEST_PROFILE,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import { enrolledDevice, type TestDevice, uploadAll } from '#test/helpers/central/test-device.ts';
import { createTestJournal, type TestJournal } from '#test/helpers/central/test-journal.ts';

const ORDERS = '/v1/organisations/:organisationId/orders';
const VOIDS = '/v1/organisations/:organisationId/void-requests';

let running: PeopleCentral;
let organisation: TestOrganisation;
let device: TestDevice;
let journal: TestJournal;
let supervisor: TestPerson;
let second: TestPerson;
let online: string;

beforeAll(async () => {
  running = await startPeopleCentral();
  organisation = await createTestOrganisation(running);
  const { code } = await createTestRsu(running, organisation);
  device = await enrolledDevice(running.url, code);
  const { body } = await device.topUp(organisation.raffleEventId);
  journal = createTestJournal(device, organisation, body);
  supervisor = await running.asPerson(organisation.organisationId, 'supervisor');
  second = await running.asPerson(organisation.organisationId, 'supervisor');
  online = `/v1/organisations/:organisationId/raffle-events/${organisation.raffleEventId}/online-orders`;
});

afterAll(() => running.stop());

async function sell(): Promise<SaleCompleted['orders'][number]> {
  let sold: SaleCompleted | undefined;
  journal.sell((sale) => {
    sold = sale;
    return sale;
  });
  await uploadAll(device, journal);
  const [order] = sold?.orders ?? [];
  if (order === undefined) throw new Error('a sale was made');
  return order;
}

async function list(query: string): Promise<readonly Order[]> {
  const { status, body } = await supervisor.get<{ items: readonly Order[] }>(`${ORDERS}?${query}`);
  expect(status).toBe(200);
  return body.items;
}

function purchase(change: object = {}) {
  return {
    lines: [{ packageId: organisation.packageIds[0], count: 2 }],
    totalMinor: 2000,
    paymentReference: randomUUID(),
    ...change,
  };
}

function buy(body: object, key: string = randomUUID()) {
  return supervisor.send<OnlineOrders>('POST', online, body, { 'idempotency-key': key });
}

describe('orders', () => {
  test('are found by number, till, seller, time, state and source, page by page', async () => {
    const sold = await sell();
    await sell();
    const [number] = sold.numbers;
    const only = [expect.objectContaining({ orderId: sold.orderId })];
    const typed = encodeURIComponent(formatValidationNumber(sold.validationNumber));
    expect(await list(`validationNumber=${typed}`)).toEqual(only);
    expect(await list(`orderId=${sold.orderId}`)).toEqual(only);
    expect(await list(`drawNumber=${number?.indices.from}`)).toEqual(only);
    const { raffleEventId, operatorId } = organisation;
    const all = await list(
      `raffleEventId=${raffleEventId}&rsuId=${device.rsuId}&operatorId=${operatorId}&state=sold&source=rsu`,
    );
    expect(all).toHaveLength(2);
    expect(await list(`from=${instantFromEpoch(Date.now() + 60_000)}`)).toEqual([]);
    expect(await list(`before=${instantFromEpoch(Date.now() + 60_000)}`)).toHaveLength(2);
    expect(await list('validationNumber=1')).toEqual([]);
    expect(await list('flagged=open')).toEqual([]);
    const first = await supervisor.get<{ items: Order[]; nextCursor: string }>(`${ORDERS}?limit=1`);
    const rest = await supervisor.get<{ items: Order[] }>(
      `${ORDERS}?limit=1&cursor=${first.body.nextCursor}`,
    );
    expect([...first.body.items, ...rest.body.items]).toEqual(all);
  });

  test('show their numbers, payments and every attempt to print them, reprints too', async () => {
    const sold = await sell();
    const copy = randomUUID() as never;
    journal.append('print.started', { printJobId: sold.printJobId, attempt: 1 });
    journal.append('reprint.ordered', {
      printJobId: copy,
      orderId: sold.orderId,
      copyNumber: 1,
      reason: 'torn',
      approvedBy: organisation.operatorId,
    });
    journal.append('print.finished', { printJobId: copy, outcome: 'printed', detail: '' });
    await uploadAll(device, journal);
    const { body } = await supervisor.get<OrderDetails>(`${ORDERS}/${sold.orderId}`);
    const from = sold.numbers[0]?.indices.from ?? 0;
    expect(body).toMatchObject({
      order: {
        validationNumber: sold.validationNumber,
        state: 'sold',
        source: 'rsu',
        amountMinor: 1000,
        rsuName: 'Till 1',
        operatorName: 'Sam',
        reprintCount: 1,
      },
      journal: { chainId: device.chainId },
      tickets: [0, 1, 2, 3, 4].map((place) => ({ drawNumber: from + place, state: 'sold' })),
      payments: [{ tender: 'cash', amountMinor: 1000 }],
      prints: [
        { copyNumber: 0, log: [{ step: 'started' }] },
        { copyNumber: 1, reason: 'torn', log: [{ step: 'finished' }] },
      ],
      voidRequests: [],
      refunds: [],
    });
  });
});

describe('a purchase on the web', () => {
  test('gets its numbers from the virtual RSU, by the rules of tills, and once for its key', async () => {
    const key = randomUUID();
    const body = purchase({ customer: { email: 'buyer@example.org' } });
    const bought = await buy(body, key);
    expect(bought).toMatchObject({ status: 201, body: { totalMinor: 2000, currency: 'CAD' } });
    expect(bought.body.orders.map(({ drawNumbers }) => drawNumbers.length)).toEqual([5, 5]);
    expect(
      bought.body.orders.every(({ validationNumber }) =>
        isWellFormedValidationNumber(validationNumber),
      ),
    ).toBe(true);
    expect((await buy(body, key)).body).toEqual(bought.body);
    const orders = await list('source=online');
    expect(orders).toHaveLength(2);
    expect(orders[0]).toMatchObject({
      rsuName: 'Online',
      operatorId: null,
      paymentReference: body.paymentReference,
      state: 'sold',
    });
    const [held] = await running.query(
      `SELECT tickets_sold, tickets_available, next_draw_number - start_number AS next FROM rsu_allocations
       JOIN rsus ON rsus.id = rsu_id WHERE rsus.state = 'virtual'`,
    );
    expect(held).toEqual({ tickets_sold: 10, tickets_available: 90, next: 10 });
  });

  test('never gets a number twice, however many come at once', async () => {
    const bought = await Promise.all(Array.from({ length: 8 }, () => buy(purchase())));
    const orders = bought.flatMap(({ body }) => body.orders);
    expect(new Set(orders.flatMap(({ drawNumbers }) => drawNumbers)).size).toBe(80);
    expect(new Set(orders.map(({ validationNumber }) => validationNumber)).size).toBe(16);
  });

  test.each([
    ['another price', () => purchase({ totalMinor: 1 }), 409, 'online-sale.total-differs'],
    [
      'a package of nobody',
      () => purchase({ lines: [{ packageId: randomUUID(), count: 1 }] }),
      409,
      'online-sale.package-unknown',
    ],
  ])('is refused for %s', async (_what, body, status, code) => {
    expect(await buy(body())).toMatchObject({ status, body: { code } });
  });

  test('is refused for a payment that has paid already, and without a key', async () => {
    const body = purchase();
    expect((await buy(body)).status).toBe(201);
    expect(await buy(body)).toMatchObject({
      status: 409,
      body: { code: 'online-sale.payment-used' },
    });
    expect(await supervisor.send('POST', online, purchase())).toMatchObject({
      status: 428,
      body: { code: 'idempotency-key.required' },
    });
  });

  test('is refused while the raffle event does not sell, and when all numbers are sold', async () => {
    const small = await createTestOrganisation(running, {
      eventIdentifier: 'SMALL',
      profile: { ...TEST_PROFILE, numberMode: 'random' },
      numberPlan: {
        numberSpace: { from: 1, to: 48 },
        allocationSize: 20,
        validationBlockSize: 1,
      },
    });
    const person = await running.asPerson(small.organisationId, 'admin');
    const path = `/v1/organisations/:organisationId/raffle-events/${small.raffleEventId}/online-orders`;
    const buyHere = (count: number) =>
      person.send<OnlineOrders>(
        'POST',
        path,
        purchase({ lines: [{ packageId: small.packageIds[0], count }], totalMinor: count * 1000 }),
        { 'idempotency-key': randomUUID() },
      );
    expect(await buyHere(10)).toMatchObject({
      status: 409,
      body: { code: 'online-sale.sold-out' },
    });
    const bought = await buyHere(9);
    expect(bought.status).toBe(201);
    const numbers = bought.body.orders.flatMap(({ drawNumbers }) => drawNumbers);
    expect(new Set(numbers).size).toBe(45);
    await changeTestState(running.central, small.raffleEventId, 'suspended');
    expect(await buyHere(1)).toMatchObject({ status: 409, body: { code: 'online-sale.closed' } });
  });
});

describe('a void', () => {
  const wanted = { reason: 'wrong-package', note: 'wanted the large one' };

  test('of an order whose till is open is that till’s to make: it is told by a command', async () => {
    const sold = await sell();
    const asked = await supervisor.send<VoidRequest>(
      'POST',
      `${ORDERS}/${sold.orderId}/void-requests`,
      wanted,
    );
    expect(asked).toMatchObject({ status: 201, body: { executor: 'till', tillAnswer: null } });
    expect(
      await running.query('SELECT kind, body, withdrawn_at FROM rsu_commands WHERE rsu_id = $1', [
        device.rsuId,
      ]),
    ).toEqual([
      {
        kind: 'void-request',
        body: { kind: 'void-request', orderId: sold.orderId, ...wanted },
        withdrawn_at: null,
      },
    ]);
    const path = `${VOIDS}/${asked.body.voidRequestId}/decision`;
    expect(await second.send('POST', path, { decision: 'approved', note: 'yes' })).toMatchObject({
      status: 409,
      body: { code: 'order.at-open-till' },
    });
    expect(await second.send('POST', path, { decision: 'refused', note: 'no' })).toMatchObject({
      status: 200,
      body: { decision: 'refused' },
    });
    const [command] = await running.query('SELECT withdrawn_at FROM rsu_commands');
    expect(command?.['withdrawn_at']).not.toBe(null);
    expect((await list(`orderId=${sold.orderId}`))[0]?.state).toBe('sold');
  });

  test('of an order from the web takes two people, and says who paid back', async () => {
    const bought = await buy(
      purchase({ lines: [{ packageId: organisation.packageIds[0], count: 1 }], totalMinor: 1000 }),
    );
    const orderId = bought.body.orders[0]?.orderId ?? '';
    const refund = { amountMinor: 600, method: 'online', paidBackBy: 'provider', note: '' };
    expect(await supervisor.send('POST', `${ORDERS}/${orderId}/refunds`, refund)).toMatchObject({
      status: 409,
      body: { code: 'refund.not-due' },
    });
    const asked = await supervisor.send<VoidRequest>(
      'POST',
      `${ORDERS}/${orderId}/void-requests`,
      wanted,
    );
    expect(
      await supervisor.send('POST', `${ORDERS}/${orderId}/void-requests`, wanted),
    ).toMatchObject({
      status: 409,
      body: { code: 'thing.exists' },
    });
    const path = `${VOIDS}/${asked.body.voidRequestId}/decision`;
    const approve = { decision: 'approved', note: 'agreed', refund };
    expect(await supervisor.send('POST', path, approve)).toMatchObject({ status: 403 });
    expect(await second.send('POST', path, approve)).toMatchObject({ status: 200 });
    expect(await supervisor.send('POST', `${ORDERS}/${orderId}/refunds`, refund)).toMatchObject({
      status: 409,
      body: { code: 'refund.too-much' },
    });
    const rest = { ...refund, amountMinor: 400 };
    expect(await supervisor.send('POST', `${ORDERS}/${orderId}/refunds`, rest)).toMatchObject({
      status: 201,
    });
    const { body } = await supervisor.get<OrderDetails>(`${ORDERS}/${orderId}`);
    expect(body.order).toMatchObject({ state: 'voided', paymentStatus: 'refunded' });
    expect(body.tickets.every(({ stateReason }) => stateReason?.startsWith('wrong-package'))).toBe(
      true,
    );
    expect(body.voidRequests).toMatchObject([{ executor: 'central', decision: 'approved' }]);
    expect(body.refunds.map(({ amountMinor }) => amountMinor)).toEqual([600, 400]);
    const audited = await running.query(
      `SELECT count(*)::INT AS rows, bool_and(changed_by IS NOT NULL) AS "isNamed" FROM audit_log
       WHERE table_name = 'tickets' AND new_data ->> 'order_id' = $1`,
      [orderId],
    );
    expect(audited).toEqual([{ rows: 5, isNamed: true }]);
    await expect(
      running.query(`UPDATE tickets SET state = 'sold' WHERE order_id = $1`, [orderId]),
    ).rejects.toThrow('not allowed');
    expect(
      await supervisor.send('POST', `${ORDERS}/${orderId}/void-requests`, wanted),
    ).toMatchObject({
      status: 409,
      body: { code: 'order.out-of-play' },
    });
  });
});
