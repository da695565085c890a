import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LastKnownFacts } from '#shared/contract/central/people/missing-rsus.ts';
import type { Rsu } from '#shared/contract/central/people/rsus.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import type { RsuId } from '#shared/kernel/ids.ts';
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
import {
  enrolledDevice,
  sha256,
  type TestDevice,
  uploadAll,
} from '#test/helpers/central/test-device.ts';
import { createTestJournal } from '#test/helpers/central/test-journal.ts';

const BASE = '/v1/organisations/:organisationId';

let running: PeopleCentral;
let organisation: TestOrganisation;
let other: TestOrganisation;
let admin: TestPerson;
let supervisor: TestPerson;

beforeAll(async () => {
  running = await startPeopleCentral();
  organisation = await createTestOrganisation(running);
  other = await createTestOrganisation(running, { eventIdentifier: 'TEST-2' });
  admin = await running.asPerson(organisation.organisationId, 'admin');
  supervisor = await running.asPerson(organisation.organisationId, 'supervisor');
});

afterAll(() => running.stop());

async function till(
  name: string,
  of = organisation,
): Promise<{ rsuId: RsuId; device: TestDevice }> {
  const { rsuId, code } = await createTestRsu(running, of, name);
  return { rsuId, device: await enrolledDevice(running.url, code) };
}

async function beat(device: TestDevice, orderCount: number, grossMinor: number): Promise<void> {
  await device.call('POST', CENTRAL_ROUTES.heartbeats, {
    software: { version: '1', checksum: sha256('program') },
    raffleEventId: organisation.raffleEventId,
    operatorId: organisation.operatorId,
    headSeq: 9,
    headHash: sha256('head'),
    unsentEntries: 2,
    totals: { orderCount, grossMinor },
  });
}

describe('a till handed out by scanning', () => {
  const handOut = (body: unknown, by = admin) =>
    by.send<{ operatorId: string; float: unknown }>('POST', `${BASE}/rsu-assignments`, body);

  test('has its seller, section and float; the seller’s former till counts as handed back', async () => {
    const first = await till('scan-1');
    const second = await till('scan-2');
    const given = { badge: '11', section: 'North', floatMinor: 10_000 };
    expect(await handOut({ till: 'test-scan-1', ...given })).toMatchObject({
      status: 201,
      body: {
        rsuId: first.rsuId,
        operatorName: 'Sam',
        section: 'North',
        float: { minor: 10_000, currency: 'CAD' },
      },
    });
    await handOut({ till: 'test-scan-2', badge: '11' });
    const [before, after] = [
      await admin.get<Rsu>(`${BASE}/rsus/${first.rsuId}`),
      await admin.get<Rsu>(`${BASE}/rsus/${second.rsuId}`),
    ];
    expect([before.body.assignment, after.body.assignment]).toMatchObject([
      null,
      { operatorName: 'Sam', section: null, float: null },
    ]);
    const back = () => admin.send('POST', `${BASE}/rsu-hand-backs`, { till: 'test-scan-2' });
    expect(await back()).toMatchObject({ status: 201, body: { operatorId: null } });
    expect(await back()).toMatchObject({ status: 409, body: { code: 'thing.decided' } });
    const { body } = await admin.get<{ items: { rsuName: string; operatorName: string | null }[] }>(
      `${BASE}/rsu-assignments`,
    );
    expect(body.items.map(({ rsuName, operatorName }) => [rsuName, operatorName])).toEqual([
      ['scan-2', null],
      ['scan-2', 'Sam'],
      ['scan-1', null],
      ['scan-1', 'Sam'],
    ]);
    await expect(running.query('UPDATE rsu_assignments SET section = NULL')).rejects.toThrow(
      'kept for ever',
    );
  });

  test('is refused for an unknown till, badge, or those of others', async () => {
    await till('scan-3');
    await till('theirs', other);
    expect(await handOut({ till: 'none', badge: '11' })).toMatchObject({ status: 404 });
    expect(await handOut({ till: 'test-theirs', badge: '11' })).toMatchObject({ status: 404 });
    expect(await handOut({ till: 'test-scan-3', badge: '99' })).toMatchObject({
      status: 409,
      body: { code: 'rsu.no-operator' },
    });
  });
});

describe('commands', () => {
  const send = (body: unknown) =>
    admin.send<{ results: { outcome: string; commandId: string; code: string }[] }>(
      'POST',
      `${BASE}/rsu-commands`,
      body,
    );

  test('go to many tills; those of others, and those without a device, are refused by themselves', async () => {
    const { rsuId } = await till('commanded');
    const theirs = await till('their-commanded', other);
    const made = await admin.send<{ results: { rsuId: string }[] }>('POST', `${BASE}/rsus`, {
      rsus: [{ name: 'Bare', deviceIdentifier: 'bare' }],
    });
    const bare = made.body.results[0]?.rsuId;
    const { body } = await send({
      rsuIds: [rsuId, theirs.rsuId, bare],
      kind: 'come-home',
      text: 'Doors close in ten minutes',
    });
    expect(body.results).toMatchObject([
      { outcome: 'done' },
      { outcome: 'refused', code: 'thing.unknown' },
      { outcome: 'refused', code: 'rsu.not-enrolled' },
    ]);
    const list = await admin.get(`${BASE}/rsu-commands?rsuId=${rsuId}&state=open`);
    expect(list.body).toMatchObject({
      items: [{ rsuName: 'commanded', body: { kind: 'come-home' }, state: 'open' }],
    });
  });

  test('to disable a till disables it at once', async () => {
    const { rsuId, device } = await till('to-disable');
    await send({ rsuIds: [rsuId], kind: 'disable', text: 'Wrong section' });
    expect((await device.mirror()).body).toMatchObject({ code: 'rsu.disabled' });
  });

  test('can be taken back until they are answered', async () => {
    const { rsuId } = await till('withdrawn');
    const { body } = await send({ rsuIds: [rsuId], kind: 'message', text: 'Hello' });
    const path = `${BASE}/rsu-commands/${body.results[0]?.commandId}`;
    expect(await admin.send('DELETE', path)).toMatchObject({ body: { state: 'withdrawn' } });
    expect(await admin.send('DELETE', path)).toMatchObject({ body: { code: 'thing.decided' } });
  });
});

describe('a till that is gone', () => {
  async function lostTill(name: string) {
    const { rsuId, device } = await till(name);
    const held = (await device.topUp(organisation.raffleEventId)).body;
    const journal = createTestJournal(device, organisation, held);
    journal.sell();
    await uploadAll(device, journal);
    await beat(device, 3, 3_000);
    return { rsuId, device, journal };
  }

  const report = (rsuId: string) =>
    supervisor.send<{ missingReportId: string; facts: LastKnownFacts }>(
      'POST',
      `${BASE}/rsus/${rsuId}/missing-reports`,
      { reason: 'Not handed back' },
    );

  const enter = (rsuId: string, by = supervisor, raffleEventId = organisation.raffleEventId) =>
    by.send<{ corruptionId: string }>('POST', `${BASE}/corruption-log`, {
      rsuId,
      raffleEventId,
      reason: 'Stolen',
    });

  test('is disabled, and what is known of it is kept', async () => {
    const { rsuId, device } = await lostTill('gone');
    const reported = await report(rsuId);
    expect(reported.body.facts).toMatchObject({
      report: { operatorName: 'Sam', unsentEntries: 2, orderCount: 3, grossMinor: 3_000 },
      arrived: { highWaterSeq: 1, orderCount: 1, grossMinor: 1_000 },
      unreported: { orderCount: 2, grossMinor: 2_000 },
      numbers: [{ eventIdentifier: 'TEST-1', issued: 100, sold: 5, voided: 0, open: 95 }],
    });
    expect((await device.mirror()).body).toMatchObject({ code: 'rsu.disabled' });
    expect(await report(rsuId)).toMatchObject({ status: 409, body: { code: 'thing.exists' } });
    expect(
      await admin.send('POST', `${BASE}/rsu-standings`, {
        change: 'enable',
        rsuIds: [rsuId],
        reason: 'x',
      }),
    ).toMatchObject({ body: { results: [{ code: 'rsu.missing' }] } });
    const outcome = `${BASE}/missing-reports/${reported.body.missingReportId}/outcome`;
    expect(await admin.send('PUT', outcome, { outcome: 'given-up' })).toMatchObject({
      status: 409,
    });
    expect(await admin.send('PUT', outcome, { outcome: 'back' })).toMatchObject({
      body: { outcome: 'back' },
    });
    expect(await admin.send('PUT', outcome, { outcome: 'back' })).toMatchObject({
      body: { code: 'thing.decided' },
    });
    const { body } = await admin.get<Rsu>(`${BASE}/rsus/${rsuId}`);
    expect(body).toMatchObject({ isMissing: false, isEnabled: false });
  });

  test('is in the corruption log by the word of two people, with its operator and money', async () => {
    const { rsuId, device, journal } = await lostTill('destroyed');
    expect(await enter(rsuId)).toMatchObject({ status: 409, body: { code: 'thing.in-use' } });
    const reported = await report(rsuId);
    expect(await enter(rsuId, supervisor, other.raffleEventId)).toMatchObject({ status: 404 });
    const entered = await enter(rsuId);
    expect(entered).toMatchObject({
      status: 201,
      body: { operatorName: 'Sam', moneyCollectedMinor: 3_000, state: 'entered' },
    });
    expect(await enter(rsuId, admin)).toMatchObject({ body: { code: 'thing.exists' } });
    const decision = `${BASE}/corruption-log/${entered.body.corruptionId}/decision`;
    expect(await supervisor.send('PUT', decision, { decision: 'confirmed' })).toMatchObject({
      status: 403,
      body: { code: 'second-person.required' },
    });
    expect(await admin.send('PUT', decision, { decision: 'confirmed' })).toMatchObject({
      body: { state: 'confirmed' },
    });
    expect(await admin.send('PUT', decision, { decision: 'withdrawn' })).toMatchObject({
      body: { code: 'thing.decided' },
    });
    expect(
      await admin.send('PUT', `${BASE}/missing-reports/${reported.body.missingReportId}/outcome`, {
        outcome: 'given-up',
      }),
    ).toMatchObject({ body: { outcome: 'given-up' } });
    const events = await running.query(
      `SELECT event_type AS type FROM critical_events WHERE rsu_id = $1 AND event_type LIKE 'corruption.%'
       ORDER BY received_at`,
      [rsuId],
    );
    expect(events.map(({ type }) => type)).toEqual([
      'corruption.entered',
      'corruption.confirmation-refused',
      'corruption.confirmed',
    ]);
    journal.sell();
    expect((await uploadAll(device, journal)).verdicts).toMatchObject([{ verdict: 'accepted' }]);
    const list = await admin.get(
      `${BASE}/corruption-log?raffleEventId=${organisation.raffleEventId}`,
    );
    expect(list.body).toMatchObject({ items: [{ rsuName: 'destroyed', state: 'confirmed' }] });
  });

  test('and was entered by mistake can be entered anew', async () => {
    const { rsuId } = await lostTill('mistaken');
    await report(rsuId);
    const entered = await enter(rsuId);
    const decision = `${BASE}/corruption-log/${entered.body.corruptionId}/decision`;
    expect(await supervisor.send('PUT', decision, { decision: 'withdrawn' })).toMatchObject({
      body: { state: 'withdrawn' },
    });
    expect(await enter(rsuId)).toMatchObject({ status: 201 });
  });

  test('is confirmed by nobody alone, whatever the program does', async () => {
    await expect(
      running.query(
        `UPDATE rsu_corruption_log SET confirmed_by = entered_by, confirmed_at = now()
         WHERE confirmed_at IS NULL AND withdrawn_at IS NULL`,
      ),
    ).rejects.toThrow('ck_rsu_corruption_log_two_people');
  });
});
