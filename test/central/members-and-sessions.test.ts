import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endLeftSessions } from '#central/modules/person-sessions/repository.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import {
  type PeopleCentral,
  startPeopleCentral,
  type TestPerson,
} from '#test/helpers/central/people.ts';
import {
  createTestOrganisation,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';

let running: PeopleCentral;
let organisation: TestOrganisation;
let admin: TestPerson;

beforeAll(async () => {
  running = await startPeopleCentral();
  organisation = await createTestOrganisation(running);
  admin = await running.asPerson(organisation.organisationId, 'admin');
});

afterAll(() => running.stop());

interface Listed {
  readonly items: readonly Record<string, unknown>[];
  readonly nextCursor: string | null;
}

function newMember(subject: string = randomUUID()) {
  return { subject, displayName: 'Somebody New', role: 'operator' };
}

describe('an organisation', () => {
  test('is made by a platform administrator, with an admin who has never been here', async () => {
    const platform = await running.asPlatformAdministrator();
    const founder = await running.asStranger();
    const { status, body } = await platform.send<{ organisationId: string }>(
      'POST',
      PEOPLE_ROUTES.organisations,
      {
        name: 'New Club',
        licenceNumber: null,
        currency: 'CAD',
        admin: { subject: founder.subject, displayName: 'Founder' },
      },
    );
    expect(status).toBe(201);
    expect((await founder.get(PEOPLE_ROUTES.me)).body).toEqual({
      userId: expect.any(String),
      logonName: founder.subject,
      displayName: expect.any(String),
      isPlatformAdministrator: false,
      memberships: [
        {
          organisationId: body.organisationId,
          organisationName: 'New Club',
          role: 'admin',
          isDefault: true,
        },
      ],
    });
  });

  test('lists its members, page by page, and each of them once', async () => {
    for (let made = 0; made < 5; made += 1) {
      await admin.send('POST', PEOPLE_ROUTES.members, newMember());
    }
    const whole = await admin.get<Listed>(`${PEOPLE_ROUTES.members}?limit=200`);
    const paged: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { body: Listed } = await admin.get<Listed>(
        `${PEOPLE_ROUTES.members}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      paged.push(...page.body.items);
      cursor = page.body.nextCursor;
    }
    expect(paged).toEqual(whole.body.items);
    expect(whole.body.nextCursor).toBe(null);
  });

  test.each(['x', 'WyJhIl0', 'WyJhIiwiYiJd', Buffer.from('["\\u0000","x"]').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      expect(await admin.get(`${PEOPLE_ROUTES.members}?cursor=${cursor}`)).toMatchObject({
        status: 400,
        body: { code: 'cursor.invalid' },
      });
    },
  );

  test('refuses a member twice', async () => {
    const member = newMember();
    expect((await admin.send('POST', PEOPLE_ROUTES.members, member)).status).toBe(201);
    expect(await admin.send('POST', PEOPLE_ROUTES.members, member)).toMatchObject({
      status: 409,
      body: { code: 'member.exists' },
    });
  });

  test('keeps its last admin, also when two of them remove each other at once', async () => {
    const { organisationId } = await createTestOrganisation(running, { eventIdentifier: 'ADMINS' });
    const pair = [
      await running.asPerson(organisationId, 'admin'),
      await running.asPerson(organisationId, 'admin'),
    ];
    const ids = await Promise.all(
      pair.map(async (each) => String((await each.get(PEOPLE_ROUTES.me)).body['userId'])),
    );
    const answers = await Promise.all(
      pair.map((each, index) =>
        each.send('DELETE', PEOPLE_ROUTES.member.replace(':userId', ids[1 - index] ?? '')),
      ),
    );
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    expect(
      await running.query('SELECT role FROM organization_users WHERE organization_id = $1', [
        organisationId,
      ]),
    ).toEqual([{ role: 'admin' }]);
  });

  test('does not let its last admin step down', async () => {
    const { organisationId } = await createTestOrganisation(running, { eventIdentifier: 'ONE' });
    const only = await running.asPerson(organisationId, 'admin');
    const userId = String((await only.get(PEOPLE_ROUTES.me)).body['userId']);
    const own = PEOPLE_ROUTES.member.replace(':userId', userId);
    const refused = { status: 409, body: { code: 'member.last-admin' } };
    expect(await only.send('PUT', own, { role: 'regulator' })).toMatchObject(refused);
    expect(await only.send('DELETE', own)).toMatchObject(refused);
  });

  test('can be one of several, one of which is the default', async () => {
    const { organisationId } = await createTestOrganisation(running, { eventIdentifier: 'SECOND' });
    const second = await running.asPerson(organisationId, 'admin');
    await second.send('POST', PEOPLE_ROUTES.members, newMember(admin.subject));
    await admin.send('PUT', PEOPLE_ROUTES.defaultOrganisation, { organisationId });
    const { body } = await admin.get<{
      memberships: readonly { organisationId: string; isDefault: boolean }[];
    }>(PEOPLE_ROUTES.me);
    expect(body.memberships.filter((each) => each.isDefault)).toMatchObject([{ organisationId }]);
    expect(
      await admin.send('PUT', PEOPLE_ROUTES.defaultOrganisation, { organisationId: randomUUID() }),
    ).toMatchObject({ status: 404, body: { code: 'organisation.unknown' } });
  });
});

describe('a command', () => {
  test('with a key is done once, however often and however fast it is sent', async () => {
    const member = newMember();
    const send = () =>
      admin.send('POST', PEOPLE_ROUTES.members, member, { 'idempotency-key': 'add-1' });
    const [first, ...others] = await Promise.all([send(), send(), send()]);
    expect(first?.status).toBe(201);
    for (const { status, body } of others) {
      expect({ status, body }).toEqual({ status: 201, body: first?.body });
    }
  });

  test('with the key of another one is refused', async () => {
    const send = (body: object, key: string) =>
      admin.send('POST', PEOPLE_ROUTES.members, body, { 'idempotency-key': key });
    await send(newMember(), 'add-2');
    expect(await send(newMember(), 'add-2')).toMatchObject({
      status: 409,
      body: { code: 'idempotency-key.reused' },
    });
    expect((await send(newMember(), 'two words')).status).toBe(400);
  });

  test('that was refused leaves no key behind', async () => {
    const member = newMember();
    await admin.send('POST', PEOPLE_ROUTES.members, member);
    const again = () =>
      admin.send('POST', PEOPLE_ROUTES.members, member, { 'idempotency-key': 'add-3' });
    expect((await again()).status).toBe(409);
    await running.query(
      `DELETE FROM organization_users USING users WHERE user_id = id AND cognito_sub = $1`,
      [member.subject],
    );
    expect((await again()).status).toBe(201);
  });

  test('is audited with its person and their session, whatever it changes', async () => {
    const member = newMember();
    const { body } = await admin.send('POST', PEOPLE_ROUTES.members, member);
    const own = await admin.get(PEOPLE_ROUTES.me);
    const sessions = await running.query(
      'SELECT id FROM person_sessions WHERE user_id = $1 AND ended_at IS NULL',
      [own.body['userId']],
    );
    expect(
      await running.query(
        `SELECT table_name, operation, changed_by, actor, session_id FROM audit_log
         WHERE record_key LIKE '%' || $1 || '%' ORDER BY id`,
        [body['userId']],
      ),
    ).toEqual(
      ['users', 'organization_users'].map((table_name) => ({
        table_name,
        operation: 'INSERT',
        changed_by: own.body['userId'],
        actor: `user:${own.body['userId']}`,
        session_id: sessions[0]?.['id'],
      })),
    );
    expect(
      await running.query(
        `SELECT count(*)::INT AS nameless FROM audit_log
         WHERE changed_by IS NULL AND (session_id IS NOT NULL OR actor LIKE 'user:%')`,
      ),
    ).toEqual([{ nameless: 0 }]);
  });
});

describe('a session', () => {
  test('is on record with logon name, areas and changes, for admins and regulators', async () => {
    const { organisationId } = await createTestOrganisation(running, { eventIdentifier: 'LOGGED' });
    const person = await running.asPerson(organisationId, 'admin');
    await person.get(PEOPLE_ROUTES.me);
    await person.send('POST', PEOPLE_ROUTES.members, newMember());
    const regulator = await running.asPerson(organisationId, 'regulator');
    const { body } = await regulator.get<Listed>(PEOPLE_ROUTES.personSessions);
    const found = body.items.find(({ logonName }) => logonName === person.subject);
    expect(found).toEqual({
      sessionId: expect.any(String),
      userId: expect.any(String),
      logonName: person.subject,
      address: '127.0.0.1',
      startedAt: expect.any(String),
      lastSeenAt: expect.any(String),
      endedAt: null,
      endReason: null,
      durationSeconds: expect.any(Number),
      areas: ['me', 'members'],
      changeCount: expect.any(Number),
    });
    // The new member's record and their membership.
    expect(found?.['changeCount']).toBe(2);
    const csv = await (await regulator.fetch(PEOPLE_ROUTES.personSessionsCsv)).text();
    expect(csv.split('\r\n')).toHaveLength(4);
  });

  test('ends when the person signs out, and its token with it', async () => {
    const person = await running.asPerson(organisation.organisationId, 'operator');
    expect((await person.get(PEOPLE_ROUTES.me)).status).toBe(200);
    expect((await person.send('DELETE', PEOPLE_ROUTES.ownSession)).status).toBe(200);
    expect(await person.get(PEOPLE_ROUTES.me)).toMatchObject({
      status: 401,
      body: { code: 'session.ended' },
    });
  });

  test('ends when it is left, and a later request begins another', async () => {
    const person = await running.asPerson(organisation.organisationId, 'operator');
    await person.get(PEOPLE_ROUTES.me);
    const later = new Date(running.central.now().getTime() + 31 * 60_000);
    await endLeftSessions(running.central.database, later);
    const { body } = await person.get(PEOPLE_ROUTES.me);
    expect(
      await running.query(
        `SELECT end_reason, (ended_at = last_seen_at + INTERVAL '30 minutes') AS "isExact"
         FROM person_sessions WHERE user_id = $1 ORDER BY started_at`,
        [body['userId']],
      ),
    ).toEqual([
      { end_reason: 'idle', isExact: true },
      { end_reason: null, isExact: null },
    ]);
  });
});

describe('remote access', () => {
  const from = (person: TestPerson, address: string) =>
    person.fetch(PEOPLE_ROUTES.me, { headers: { 'x-forwarded-for': address } });

  test('switched off admits this computer and listed addresses only, and says so in the log', async () => {
    const platform = await running.asPlatformAdministrator();
    const reason = 'the regulator is here';
    const set = (isAllowed: boolean, revision: string) =>
      platform.send(
        'PUT',
        PEOPLE_ROUTES.remoteAccess,
        { isAllowed, allowedAddresses: ['203.0.113.7'], reason },
        { 'if-match': `"${revision}"` },
      );
    expect((await from(admin, '198.51.100.4')).status).toBe(200);
    const changes = await Promise.all([set(false, '1'), set(false, '1')]);
    expect(changes.map(({ status }) => status).sort()).toEqual([200, 412]);
    const refused = await from(admin, '198.51.100.4');
    expect({ status: refused.status, body: await refused.json() }).toMatchObject({
      status: 403,
      body: { code: 'remote-access.off' },
    });
    // What a client writes stands before what the proxy adds.
    expect((await from(admin, '127.0.0.1, 198.51.100.4')).status).toBe(403);
    expect((await from(admin, '203.0.113.7')).status).toBe(200);
    expect((await admin.get(PEOPLE_ROUTES.me)).status).toBe(200);
    expect((await set(true, '2')).status).toBe(200);
    expect((await from(admin, '198.51.100.4')).status).toBe(200);
    expect(
      await running.query(
        `SELECT event_type, metadata ->> 'address' AS address, user_id IS NOT NULL AS "hasUser"
         FROM critical_events WHERE event_type LIKE 'remote-access.%' ORDER BY timestamp`,
      ),
    ).toEqual([
      { event_type: 'remote-access.switched-off', address: null, hasUser: true },
      { event_type: 'remote-access.refused', address: '198.51.100.4', hasUser: true },
      { event_type: 'remote-access.switched-on', address: null, hasUser: true },
    ]);
    expect(
      await running.query(
        `SELECT version, effective_to IS NULL AS "isInForce", created_by IS NOT NULL AS "hasUser"
         FROM system_configurations ORDER BY effective_from`,
      ),
    ).toEqual([
      { version: '1', isInForce: false, hasUser: false },
      { version: '2', isInForce: false, hasUser: true },
      { version: '3', isInForce: true, hasUser: true },
    ]);
  });
});
