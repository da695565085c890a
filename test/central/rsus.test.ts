import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Rsu } from '#shared/contract/central/people/rsus.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import {
  type PeopleCentral,
  startPeopleCentral,
  type TestPerson,
} from '#test/helpers/central/people.ts';
import {
  createTestOrganisation,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import {
  createTestDevice,
  enrolledDevice,
  sha256,
  uploadAll,
} from '#test/helpers/central/test-device.ts';
import { createTestJournal } from '#test/helpers/central/test-journal.ts';

const RSUS = '/v1/organisations/:organisationId/rsus';
const STANDINGS = '/v1/organisations/:organisationId/rsu-standings';
const CODES = '/v1/organisations/:organisationId/rsu-enrolment-codes';

let running: PeopleCentral;
let organisation: TestOrganisation;
let other: TestOrganisation;
let admin: TestPerson;

beforeAll(async () => {
  running = await startPeopleCentral();
  organisation = await createTestOrganisation(running);
  other = await createTestOrganisation(running, { eventIdentifier: 'TEST-2' });
  admin = await running.asPerson(organisation.organisationId, 'admin');
});

afterAll(() => running.stop());

interface Results {
  readonly results: readonly {
    readonly rsuId: string;
    readonly outcome: string;
    readonly code: string;
    readonly qrPayload: string;
  }[];
}

async function register(...identifiers: readonly string[]): Promise<string[]> {
  const { body } = await admin.send<Results>('POST', RSUS, {
    rsus: identifiers.map((deviceIdentifier) => ({
      name: deviceIdentifier,
      deviceIdentifier,
      venueId: organisation.venueId,
    })),
  });
  return body.results.map(({ rsuId }) => rsuId);
}

async function read(rsuId: string): Promise<Rsu> {
  return (await admin.get<Rsu>(`${RSUS}/${rsuId}`)).body;
}

async function change(name: string, ...rsuIds: readonly string[]) {
  return admin.send<Results>('POST', STANDINGS, { change: name, rsuIds, reason: 'a test' });
}

async function codeFor(rsuId: string): Promise<string> {
  const { body } = await admin.send<Results>('POST', CODES, { rsuIds: [rsuId] });
  return body.results[0]?.code ?? '';
}

describe('registering', () => {
  test('makes RSUs that are un-enrolled and disabled; a refusal stands beside the others', async () => {
    const answer = await admin.send('POST', RSUS, {
      rsus: [
        { name: 'North 1', deviceIdentifier: 'N-1', venueId: organisation.venueId },
        { name: 'North 2', deviceIdentifier: 'N-1' },
        { name: 'North 3', deviceIdentifier: 'N-3', venueId: other.venueId },
        { name: 'North 4', deviceIdentifier: 'N-4', configuration: { allocationSize: 7 } },
      ],
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        results: [
          { deviceIdentifier: 'N-1', outcome: 'done' },
          { deviceIdentifier: 'N-1', outcome: 'refused', code: 'thing.exists' },
          { deviceIdentifier: 'N-3', outcome: 'refused', code: 'thing.unknown' },
          { deviceIdentifier: 'N-4', outcome: 'done' },
        ],
      },
    });
    const { body } = await admin.get<{ items: Rsu[] }>(`${RSUS}?search=north`);
    expect(body.items).toMatchObject([
      {
        name: 'North 1',
        state: 'unenrolled',
        isEnabled: false,
        venueName: 'Test arena',
        contact: 'never',
        lastReport: null,
      },
      { name: 'North 4', configuration: { allocationSize: 7, validationBlockSize: null } },
    ]);
    const [audit] = await running.query(
      `SELECT count(*)::INTEGER AS count, bool_and(changed_by IS NOT NULL AND session_id IS NOT NULL) AS named
       FROM audit_log WHERE table_name = 'rsus' AND new_data ->> 'device_identifier' LIKE 'N-%'`,
    );
    expect(audit).toEqual({ count: 2, named: true });
  });

  test('of the same request twice happens once', async () => {
    const body = { rsus: [{ name: 'Twice', deviceIdentifier: 'twice' }] };
    const key = { 'idempotency-key': 'register-twice' };
    const first = await admin.send('POST', RSUS, body, key);
    expect(await admin.send('POST', RSUS, body, key)).toMatchObject({
      status: 200,
      body: first.body,
    });
  });
});

describe('a change', () => {
  test('names the revision that was seen', async () => {
    const [rsuId = ''] = await register('change');
    const { revision } = await read(rsuId);
    const send = (body: unknown, headers = {}) =>
      admin.send<Rsu>('PATCH', `${RSUS}/${rsuId}`, body, headers);
    const match = { 'if-match': `"${revision}"` };
    expect(await send({ name: 'X' })).toMatchObject({ status: 428 });
    expect(await send({ venueId: other.venueId }, match)).toMatchObject({ status: 404 });
    running.advance(1_000);
    expect(await send({ name: 'Renamed', description: 'On a tripod' }, match)).toMatchObject({
      status: 200,
      body: { name: 'Renamed', description: 'On a tripod', venueId: organisation.venueId },
    });
    expect(await send({ name: 'Y' }, match)).toMatchObject({
      status: 412,
      body: { code: 'thing.changed-meanwhile' },
    });
  });

  test('of the size of portions holds for what is dealt next', async () => {
    const [rsuId = ''] = await register('portions');
    const { revision } = await read(rsuId);
    const configuration = { allocationSize: 7, validationBlockSize: 3 };
    await admin.send(
      'PATCH',
      `${RSUS}/${rsuId}`,
      { configuration },
      { 'if-match': `"${revision}"` },
    );
    await change('enable', rsuId);
    const device = await enrolledDevice(running.url, await codeFor(rsuId));
    const { body } = await device.topUp(organisation.raffleEventId);
    const [allocation] = body.allocations;
    const size = (allocation?.indices.to ?? 0) - (allocation?.indices.from ?? 0);
    expect([size, body.validationBlocks[0]?.size]).toEqual([7, 3]);
    expect((await read(rsuId)).numbersIssued).toBe(7);
  });
});

describe('standing', () => {
  test('of many changes with one command, and tills of others stay out of it', async () => {
    const [first = '', second = ''] = await register('many-1', 'many-2');
    const stranger = await running.asPerson(other.organisationId, 'admin');
    const made = await stranger.send<Results>('POST', RSUS, {
      rsus: [{ name: 'Theirs', deviceIdentifier: 'theirs' }],
    });
    const theirs = made.body.results[0]?.rsuId ?? '';
    const answer = await change('enable', first, theirs, second);
    expect(answer.body.results).toEqual([
      { rsuId: first, outcome: 'done' },
      { rsuId: theirs, outcome: 'refused', code: 'thing.unknown', detail: 'no such till' },
      { rsuId: second, outcome: 'done' },
    ]);
    const enabled = await running.query('SELECT id FROM rsus WHERE is_active AND id = ANY($1)', [
      [first, second, theirs],
    ]);
    expect(enabled.map(({ id }) => id).sort()).toEqual([first, second].sort());
    await change('disable', first, second);
    expect((await read(first)).isEnabled).toBe(false);
    expect(
      await running.query(
        `SELECT event_type, description FROM critical_events WHERE rsu_id = $1 ORDER BY received_at`,
        [first],
      ),
    ).toEqual([
      { event_type: 'rsu.registered', description: 'many-1 was registered' },
      { event_type: 'rsu.enabled', description: 'a test' },
      { event_type: 'rsu.disabled', description: 'a test' },
    ]);
  });

  test('un-enrolled: the chain is superseded, its sales still arrive, its numbers are nobody’s', async () => {
    const [rsuId = ''] = await register('un-enrol');
    await change('enable', rsuId);
    const device = await enrolledDevice(running.url, await codeFor(rsuId));
    const held = (await device.topUp(organisation.raffleEventId)).body;
    const journal = createTestJournal(device, organisation, held);
    journal.sell();
    const waiting = await codeFor(rsuId);
    await change('un-enrol', rsuId);
    expect(await read(rsuId)).toMatchObject({ state: 'unenrolled', isEnabled: false });
    expect(await device.topUp(organisation.raffleEventId)).toMatchObject({ status: 403 });
    expect((await uploadAll(device, journal)).verdicts).toMatchObject([{ verdict: 'accepted' }]);
    expect(await createTestDevice(running.url).enrol(waiting)).toMatchObject({
      body: { code: 'enrolment.code-expired' },
    });
    await change('enable', rsuId);
    expect(await device.topUp(organisation.raffleEventId)).toMatchObject({ status: 403 });
    const next = await enrolledDevice(running.url, await codeFor(rsuId));
    expect((await next.mirror()).body.mirror?.allocations).toEqual([]);
    expect(
      await running.query('SELECT state FROM chains WHERE rsu_id = $1 ORDER BY enrolled_at', [
        rsuId,
      ]),
    ).toEqual([{ state: 'superseded' }, { state: 'active' }]);
  });

  test('of a till that was stopped is not enabled again', async () => {
    const [rsuId = ''] = await register('stopped');
    await running.query(`UPDATE rsus SET state = 'stopped' WHERE id = $1`, [rsuId]);
    expect((await change('enable', rsuId)).body.results).toMatchObject([
      { outcome: 'refused', code: 'rsu.stopped' },
    ]);
  });
});

describe('an enrolment code', () => {
  test('can be scanned, ends the one before it, and is kept as a hash only', async () => {
    const [rsuId = ''] = await register('codes');
    const earlier = await codeFor(rsuId);
    const { body } = await admin.send<Results>('POST', CODES, { rsuIds: [rsuId] });
    const [issued] = body.results;
    const key = Buffer.from(running.central.identity.publicKey).toString('base64url');
    expect(issued?.qrPayload).toBe(`counterfoil:enrol?code=${issued?.code}&central=${key}`);
    const device = createTestDevice(running.url);
    expect(await device.enrol(earlier)).toMatchObject({ body: { code: 'enrolment.code-expired' } });
    expect(await device.enrol(issued?.code ?? '')).toMatchObject({ status: 200 });
    const [kept] = await running.query(
      `SELECT count(*)::INTEGER AS count FROM audit_log WHERE strpos(new_data::TEXT, $1) > 0`,
      [issued?.code],
    );
    expect(kept).toEqual({ count: 0 });
  });
});

describe('the master list', () => {
  test('says what a till last said of itself, who is at it, and what it sold', async () => {
    const [rsuId = ''] = await register('talks');
    await change('enable', rsuId);
    const device = await enrolledDevice(running.url, await codeFor(rsuId));
    const held = (await device.topUp(organisation.raffleEventId)).body;
    const journal = createTestJournal(device, organisation, held);
    journal.sell();
    journal.append('operator.signed-in', {
      operatorId: organisation.operatorId,
      role: 'seller',
      method: 'pin',
    } as never);
    await uploadAll(device, journal);
    await device.call('POST', CENTRAL_ROUTES.heartbeats, {
      software: { version: '1.2.3', checksum: sha256('program') },
      raffleEventId: organisation.raffleEventId,
      operatorId: organisation.operatorId,
      headSeq: 3,
      headHash: sha256('head'),
      unsentEntries: 1,
      totals: { orderCount: 2, grossMinor: 2_000 },
    });
    expect(await read(rsuId)).toMatchObject({
      contact: 'online',
      lastReport: {
        software: { version: '1.2.3', checksum: sha256('program') },
        unsentEntries: 1,
        orderCount: 2,
        grossMinor: 2_000,
      },
      totals: { orderCount: 1, ticketCount: 5, grossMinor: 1_000 },
      numbersIssued: 100,
    });
    const online = await admin.get<{ items: Rsu[] }>(`${RSUS}?contact=online`);
    expect(online.body.items.map((item) => item.rsuId)).toEqual([rsuId]);
    running.advance(10 * 60_000);
    const stale = await admin.get<{ items: Rsu[] }>(`${RSUS}?contact=stale&search=talks`);
    expect(stale.body.items).toHaveLength(1);
    const otherEvent = await admin.get<{ items: Rsu[] }>(
      `${RSUS}?raffleEventId=${other.raffleEventId}&search=talks`,
    );
    expect(otherEvent.body.items).toMatchObject([{ totals: { orderCount: 0 }, numbersIssued: 0 }]);
  });

  test('comes in pages', async () => {
    const first = await admin.get<{ items: Rsu[]; nextCursor: string }>(`${RSUS}?limit=3`);
    const rest = await admin.get<{ items: Rsu[] }>(
      `${RSUS}?limit=200&cursor=${encodeURIComponent(first.body.nextCursor)}`,
    );
    const all = await admin.get<{ items: Rsu[] }>(`${RSUS}?limit=200`);
    expect([...first.body.items, ...rest.body.items].map(({ rsuId }) => rsuId)).toEqual(
      all.body.items.map(({ rsuId }) => rsuId),
    );
  });
});
