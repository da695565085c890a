import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  Reconciliation,
  ReconciliationReport,
  Reprojection,
} from '#shared/contract/central/people/reconciliation.ts';
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
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import { enrolledDevice, type TestDevice, uploadAll } from '#test/helpers/central/test-device.ts';
import { createTestJournal, type TestJournal } from '#test/helpers/central/test-journal.ts';

let running: PeopleCentral;
let organisation: TestOrganisation;
let device: TestDevice;
let journal: TestJournal;
let supervisor: TestPerson;
let admin: TestPerson;
let path: string;
let count = 0;

beforeAll(async () => {
  running = await startPeopleCentral();
});

afterAll(() => running.stop());

beforeEach(async () => {
  count += 1;
  organisation = await createTestOrganisation(running, { eventIdentifier: `RECONCILE-${count}` });
  ({ device, journal } = await openTill(`First till ${count}`));
  supervisor = await running.asPerson(organisation.organisationId, 'supervisor');
  admin = await running.asPerson(organisation.organisationId, 'admin');
  path = `/v1/organisations/:organisationId/raffle-events/${organisation.raffleEventId}`;
});

async function openTill(name: string) {
  const { rsuId, code } = await createTestRsu(running, organisation, name);
  const till = await enrolledDevice(running.url, code);
  const { body } = await till.topUp(organisation.raffleEventId);
  return { rsuId, device: till, journal: createTestJournal(till, organisation, body) };
}

/** Ends the sales of a till and delivers all that it has. */
async function close(till = device, what = journal): Promise<void> {
  what.append('sales.ended', {
    raffleEventId: organisation.raffleEventId,
    cause: 'closed-by-central',
    salesEnd: instantFromEpoch(Date.now()),
  });
  await uploadAll(till, what);
}

async function report(): Promise<ReconciliationReport> {
  const { status, body } = await supervisor.get<Reconciliation>(`${path}/reconciliation`);
  expect(status).toBe(200);
  return body.report;
}

function confirm() {
  return supervisor.send<Reconciliation>('POST', `${path}/reconciliation`, {
    statement: 'counted with the treasurer',
  });
}

async function obstacles(): Promise<readonly string[]> {
  return (await report()).obstacles.map(({ code }) => code);
}

describe('reconciliation', () => {
  test('accounts for every number and all money, of each till and together', async () => {
    journal.sell(undefined, 3);
    await close();
    const other = await openTill(`Second till ${count}`);
    other.journal.sell();
    await uploadAll(other.device, other.journal);
    await changeTestState(running.central, organisation.raffleEventId, 'closed');
    const found = await report();
    expect(found.numbers).toEqual({
      allocated: 200,
      sold: 20,
      voided: 0,
      misprinted: 0,
      unsold: 85,
      unaccounted: 95,
    });
    expect(found.money).toMatchObject({ grossMinor: 4000, netMinor: 4000, voidedMinor: 0 });
    expect(found.rsus).toMatchObject([
      {
        standing: 'closed',
        isEqual: true,
        chains: [{ isClosed: true, isEqual: true, journal: { orderCount: 3, amountMinor: 3000 } }],
        missing: [],
      },
      {
        standing: 'open',
        isEqual: true,
        missing: [{ chainId: other.device.chainId, receivedOrderCount: 1, receivedMinor: 1000 }],
      },
    ]);
    expect(found.obstacles).toEqual([
      {
        code: 'till.open',
        detail: expect.stringContaining(`Second till ${count} has not ended its sales: 95 numbers`),
        rsuId: other.rsuId,
      },
    ]);
    expect(await confirm()).toMatchObject({
      status: 409,
      body: { code: 'reconciliation.not-ready', detail: expect.stringContaining('Second till') },
    });
    const [noted] = await running.query(
      `SELECT user_id IS NOT NULL AS "isNamed" FROM critical_events
       WHERE event_type = 'reconciliation.refused' AND event_id = $1`,
      [organisation.raffleEventId],
    );
    expect(noted).toEqual({ isNamed: true });
  });

  test('is confirmed by a person, kept as it was, and later sales wait and never count', async () => {
    journal.sell();
    await close();
    expect(await obstacles()).toEqual(['raffle-event.not-closed']);
    await changeTestState(running.central, organisation.raffleEventId, 'closed');
    const confirmed = await confirm();
    expect(confirmed.status).toBe(201);
    const { report: kept, confirmation } = confirmed.body;
    expect(kept.numbers).toMatchObject({ sold: 5, unsold: 95, unaccounted: 0 });
    expect(confirmation?.reportSha256).toBe(
      createHash('sha256').update(JSON.stringify(kept)).digest('hex'),
    );
    const [row] = await running.query(
      `SELECT state, reconciliation_confirmed_by::TEXT AS by FROM raffle_events WHERE id = $1`,
      [organisation.raffleEventId],
    );
    expect(row).toEqual({ state: 'reconciled', by: confirmation?.confirmedBy });
    journal.sell();
    const late = await uploadAll(device, journal);
    expect(late.verdicts).toMatchObject([{ reason: 'after-reconciliation' }]);
    expect((await supervisor.get<Reconciliation>(`${path}/reconciliation`)).body).toEqual(
      confirmed.body,
    );
    expect(await confirm()).toMatchObject({ status: 409, body: { code: 'thing.decided' } });
    for (const change of [
      'UPDATE raffle_events SET reconciliation_confirmed_at = NULL WHERE id = $1',
      `UPDATE raffle_event_reconciliations SET statement = 'x' WHERE raffle_event_id = $1`,
    ]) {
      await expect(running.query(change, [organisation.raffleEventId])).rejects.toThrow();
    }
  });

  test('is not confirmed by hand while a raffle event sells', async () => {
    await expect(
      running.query(
        `UPDATE raffle_events SET reconciliation_confirmed_at = now(),
           reconciliation_confirmed_by = gen_random_uuid() WHERE id = $1`,
        [organisation.raffleEventId],
      ),
    ).rejects.toThrow('while the raffle event is closed');
  });

  test('waits for entries under review, for flagged sales, and for requests for voids', async () => {
    journal.sell((sale) => ({ ...sale, roundingMinor: 1 as never }));
    journal.sell();
    await uploadAll(device, journal);
    await changeTestState(running.central, organisation.raffleEventId, 'closed');
    journal.sell();
    await close();
    expect(await obstacles()).toEqual(['quarantine.open', 'flags.open']);
    const { openQuarantineIds, openFlags } = await report();
    await supervisor.send(
      'POST',
      `/v1/organisations/:organisationId/quarantine/${openQuarantineIds[0]}/resolution`,
      { outcome: 'accept', reason: 'a cent too many' },
    );
    expect(openFlags).toMatchObject([{ flags: ['arrived-while-closed'] }]);
    const flagged = openFlags.map(({ orderId }) => orderId);
    const acknowledge = (orderIds: readonly string[]) =>
      supervisor.send('POST', `${path}/flag-acknowledgements`, { orderIds, note: 'seen' });
    expect(await acknowledge([randomUUID()])).toMatchObject({ status: 404 });
    expect((await acknowledge(flagged)).body).toEqual({ acknowledgedCount: 1 });
    expect((await acknowledge(flagged)).body).toEqual({ acknowledgedCount: 0 });
    const asked = await supervisor.send<{ voidRequestId: string }>(
      'POST',
      `/v1/organisations/:organisationId/orders/${flagged[0]}/void-requests`,
      { reason: 'sold-after-end', note: 'too late' },
    );
    expect(await obstacles()).toEqual(['voids.open']);
    await admin.send(
      'POST',
      `/v1/organisations/:organisationId/void-requests/${asked.body.voidRequestId}/decision`,
      { decision: 'approved', note: 'agreed' },
    );
    const found = await report();
    expect(found.obstacles).toEqual([]);
    expect(found.numbers).toMatchObject({ sold: 10, voided: 5, unsold: 85 });
    expect(found.money).toMatchObject({ grossMinor: 3000, voidedMinor: 1000, netMinor: 2000 });
    expect((await confirm()).status).toBe(201);
  });

  test('goes on without a till in the corruption log, whose rest stays unaccounted', async () => {
    journal.sell();
    await uploadAll(device, journal);
    await changeTestState(running.central, organisation.raffleEventId, 'closed');
    await running.query(
      `INSERT INTO rsu_corruption_log (rsu_id, raffle_event_id, reason, money_collected, entered_by,
         entered_at, confirmed_by, confirmed_at)
       SELECT $1, $2, 'drowned', 1000, a.id, now(), b.id, now() FROM users a, users b
       WHERE a.cognito_sub = $3 AND b.cognito_sub = $4`,
      [device.rsuId, organisation.raffleEventId, supervisor.subject, admin.subject],
    );
    const found = await report();
    expect(found.rsus).toMatchObject([{ standing: 'given-up' }]);
    expect(found.numbers).toMatchObject({ sold: 5, unsold: 0, unaccounted: 95 });
    expect((await confirm()).status).toBe(201);
  });

  test('notices rows that are not what the journal says, and numbers that do not add up', async () => {
    journal.sell();
    await close();
    await changeTestState(running.central, organisation.raffleEventId, 'closed');
    await running.query('ALTER TABLE orders DISABLE TRIGGER frozen_columns');
    await running.query('UPDATE orders SET total_amount = 1 WHERE chain_id = $1', [device.chainId]);
    await running.query('ALTER TABLE orders ENABLE TRIGGER frozen_columns');
    await running.query(
      'UPDATE rsu_allocations SET tickets_sold = 4, tickets_available = 96 WHERE rsu_id = $1',
      [device.rsuId],
    );
    expect(await obstacles()).toEqual(['numbers.unequal', 'journal.unequal']);
    expect((await reproject()).differences).toEqual([
      { table: 'orders', problem: 'missing', count: 1, examples: [expect.any(String)] },
      { table: 'orders', problem: 'unexpected', count: 1, examples: [expect.any(String)] },
    ]);
  });
});

async function reproject(): Promise<Reprojection> {
  const { status, body } = await admin.send<Reprojection>(
    'POST',
    `/v1/organisations/:organisationId/chains/${device.chainId}/reprojections`,
  );
  expect(status).toBe(200);
  return body;
}

/** What a till may do next. */
const STEPS = [
  'sell',
  'sell wrongly',
  'print',
  'reprint',
  'garbage',
  'sign in',
  'resolve',
  'upload',
] as const;

/** All rows that reports are made from. */
function everything() {
  return running.query(
    `SELECT (SELECT md5(string_agg(to_jsonb(o)::TEXT, '' ORDER BY id)) FROM orders o) AS orders,
       (SELECT md5(string_agg(to_jsonb(t)::TEXT, '' ORDER BY id)) FROM tickets t) AS tickets,
       (SELECT md5(string_agg(to_jsonb(p)::TEXT, '' ORDER BY id)) FROM print_jobs p) AS jobs,
       (SELECT md5(string_agg(to_jsonb(a)::TEXT, '' ORDER BY id)) FROM rsu_allocations a) AS allocations,
       (SELECT md5(string_agg(to_jsonb(r)::TEXT, '' ORDER BY rsu_id)) FROM rsu_totals r) AS totals`,
  );
}

test('whatever a till has sent, its rows made again from the journal are the rows that are there', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...STEPS), { minLength: 3, maxLength: 12 }),
      async (steps) => {
        ({ device, journal } = await openTill(randomUUID().slice(0, 20)));
        let last: { readonly orderId: string; readonly printJobId: string } | undefined;
        for (const step of [...steps, 'upload'] as const) {
          if (step === 'sell' || step === 'sell wrongly') {
            journal.sell((sale) => {
              [last] = sale.orders;
              return step === 'sell' ? sale : { ...sale, roundingMinor: 1 as never };
            });
          } else if (step === 'print' && last !== undefined) {
            journal.append('print.started', { printJobId: last.printJobId as never, attempt: 1 });
          } else if (step === 'reprint' && last !== undefined) {
            journal.append('reprint.ordered', {
              printJobId: randomUUID() as never,
              orderId: last.orderId as never,
              copyNumber: 1,
              reason: 'torn',
              approvedBy: organisation.operatorId,
            });
          } else if (step === 'garbage') {
            journal.appendRaw('{ not JSON');
          } else if (step === 'sign in') {
            journal.append('operator.signed-out', { cause: 'asked' } as never);
          } else if (step === 'resolve') {
            await resolveFirst();
          } else if (step === 'upload') {
            await uploadAll(device, journal);
          }
        }
        const before = await everything();
        expect((await reproject()).differences).toEqual([]);
        expect(await everything()).toEqual(before);
      },
    ),
    { numRuns: 8 },
  );
});

/** Accepts the first entry that waits, if it can be. */
async function resolveFirst(): Promise<void> {
  const { body } = await supervisor.get<{ items: readonly { quarantineId: string }[] }>(
    `/v1/organisations/:organisationId/quarantine?state=open&rsuId=${device.rsuId}`,
  );
  const [entry] = body.items;
  if (entry === undefined) return;
  await supervisor.send(
    'POST',
    `/v1/organisations/:organisationId/quarantine/${entry.quarantineId}/resolution`,
    { outcome: 'accept', reason: 'looked at' },
  );
}
