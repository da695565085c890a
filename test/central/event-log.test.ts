import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  type TestCentral,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import { enrolledDevice, type TestDevice, uploadAll } from '#test/helpers/central/test-device.ts';
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

test('what a till notes becomes a line of the event log: who, when, what and where in its journal', async () => {
  journal.append('significant-event.noted', {
    code: 'printer.fault',
    severity: 'warning',
    detail: { condition: 'paper-out' },
  });
  journal.append('session.locked', { operatorId: organisation.operatorId });
  await uploadAll(device, journal);
  const logged = await running.query(
    `SELECT event_type, severity, metadata, rsu_id, component_id, user_id, chain_id, seq::INT,
       timestamp FROM critical_events WHERE seq IS NOT NULL ORDER BY seq`,
  );
  const line = {
    rsu_id: device.rsuId,
    component_id: `rsu:${device.rsuId}`,
    user_id: organisation.operatorId,
    chain_id: device.chainId,
    timestamp: expect.any(Date),
  };
  expect(logged).toEqual([
    {
      ...line,
      event_type: 'printer.fault',
      severity: 'WARN',
      metadata: { condition: 'paper-out' },
      seq: 1,
    },
    {
      ...line,
      event_type: 'session.locked',
      severity: 'INFO',
      metadata: { operatorId: organisation.operatorId },
      seq: 2,
    },
  ]);
});

test('the central notes by itself which till was enrolled and what it was dealt', async () => {
  expect(
    await running.query(
      `SELECT event_type, severity, rsu_id, component_id FROM critical_events
       WHERE event_type IN ('rsu.enrolled', 'allocation.granted') ORDER BY timestamp`,
    ),
  ).toEqual(
    ['rsu.enrolled', 'allocation.granted'].map((event_type) => ({
      event_type,
      severity: 'INFO',
      rsu_id: device.rsuId,
      component_id: 'central',
    })),
  );
});

test('the list of RSUs names the person who is signed in at each', async () => {
  const signedIn = () =>
    running.query('SELECT device_identifier, state, current_operator_id FROM rsus');
  const { operatorId } = organisation;
  journal.append('operator.signed-in', { operatorId, role: 'seller', method: 'name' });
  await uploadAll(device, journal);
  expect(await signedIn()).toEqual([
    { device_identifier: expect.any(String), state: 'enrolled', current_operator_id: operatorId },
  ]);
  journal.append('operator.signed-out', { operatorId });
  await uploadAll(device, journal);
  expect(await signedIn()).toMatchObject([{ current_operator_id: null }]);
});

test('a reprint is counted on its order, with its reason and who allowed it', async () => {
  const sale = journal.sell();
  const { payload } = JSON.parse(Buffer.from(sale.body, 'base64').toString());
  const { orderId } = payload.orders[0];
  const printJobId = '11111111-2222-4333-8444-555555555555' as never;
  const approvedBy = organisation.operatorId;
  journal.append('reprint.ordered', {
    printJobId,
    orderId,
    copyNumber: 1,
    reason: 'torn',
    approvedBy,
  });
  await uploadAll(device, journal);
  expect(
    await running.query(
      `SELECT orders.reprint_count, job.copy_number, job.reason, job.approved_by
       FROM print_jobs job JOIN orders ON orders.id = job.order_id WHERE job.id = $1`,
      [printJobId],
    ),
  ).toEqual([{ reprint_count: 1, copy_number: 1, reason: 'torn', approved_by: approvedBy }]);
});
