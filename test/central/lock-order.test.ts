import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { issueEnrolmentCode, setRsuEnabled } from '#central/modules/administration/rsus.ts';
import type { RsuId } from '#shared/kernel/ids.ts';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  type TestCentral,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import {
  createTestDevice,
  enrolledDevice,
  type TestDevice,
} from '#test/helpers/central/test-device.ts';
import { createTestJournal, type TestJournal } from '#test/helpers/central/test-journal.ts';

let running: TestCentral;
let organisation: TestOrganisation;
let rsuId: RsuId;
let device: TestDevice;
let journal: TestJournal;

beforeEach(async () => {
  running = await startTestCentral();
  organisation = await createTestOrganisation(running);
  const rsu = await createTestRsu(running, organisation);
  rsuId = rsu.rsuId;
  device = await enrolledDevice(running.url, rsu.code);
  const { body } = await device.topUp(organisation.raffleEventId);
  journal = createTestJournal(device, organisation, body);
});

afterEach(() => running.stop());

function newCode(): Promise<string> {
  const expiresAt = new Date(running.central.now().getTime() + 3_600_000);
  return issueEnrolmentCode(running.central, 'test', rsuId, expiresAt);
}

/** Resolves once another transaction of this database waits for a lock. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const waiting = await running.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (waiting.length > 0) return;
  }
}

test('an enrolment that waits for intake holds nothing that intake needs', async () => {
  const intake = new pg.Client({ connectionString: running.databaseUrl });
  await intake.connect();
  try {
    await intake.query('BEGIN');
    await intake.query(`SET LOCAL lock_timeout = '5s'`);
    await intake.query('SELECT 1 FROM chains WHERE id = $1 FOR UPDATE', [device.chainId]);
    const enrolment = createTestDevice(running.url).enrol(await newCode());
    await untilSomebodyWaits();
    const taken = await intake.query('SELECT 1 FROM rsus WHERE id = $1 FOR NO KEY UPDATE', [rsuId]);
    await intake.query('COMMIT');
    expect({ taken: taken.rowCount, status: (await enrolment).status }).toEqual({
      taken: 1,
      status: 200,
    });
  } finally {
    await intake.end();
  }
});

test('intake that waits for a change of the RSU holds no mirror version', async () => {
  const desk = new pg.Client({ connectionString: running.databaseUrl });
  await desk.connect();
  try {
    await desk.query('BEGIN');
    await desk.query(`SET LOCAL lock_timeout = '5s'`);
    await desk.query('SELECT 1 FROM rsus WHERE id = $1 FOR NO KEY UPDATE', [rsuId]);
    journal.sell((sale) => ({ ...sale, totalMinor: 1 as never }));
    journal.append('operator.signed-in', {
      operatorId: organisation.operatorId,
      role: 'seller',
      method: 'number',
    });
    const upload = device.upload(journal.entries);
    await untilSomebodyWaits();
    const raised = await desk.query(
      'UPDATE mirror_versions SET version = version + 1 WHERE rsu_id = $1',
      [rsuId],
    );
    await desk.query('COMMIT');
    expect({ raised: raised.rowCount, status: (await upload).status }).toEqual({
      raised: 1,
      status: 200,
    });
  } finally {
    await desk.end();
  }
});

test('enrolments, uploads, requests for numbers and changes of one RSU at once all succeed', async () => {
  const statuses: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const codes = [await newCode(), await newCode()];
    journal.sell();
    journal.append('operator.signed-in', {
      operatorId: organisation.operatorId,
      role: 'seller',
      method: 'number',
    });
    const answers = await Promise.all([
      ...codes.map((code) => createTestDevice(running.url).enrol(code)),
      device.upload(journal.entries),
      device.upload(journal.entries),
      setRsuEnabled(running.central, 'test', rsuId, true).then(() => ({ status: 200 })),
    ]);
    statuses.push(...answers.map(({ status }) => status));
  }
  expect(statuses).toEqual(Array(30).fill(200));
  expect(
    await running.query(`SELECT count(*)::INT AS active FROM chains WHERE state = 'active'`),
  ).toEqual([{ active: 1 }]);
});
