import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditRow } from '#shared/contract/central/people/audit-log.ts';
import type { CriticalEvent } from '#shared/contract/central/people/critical-events.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import type { SystemConfiguration } from '#shared/contract/central/people/system-configuration.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
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
import { createTestJournal } from '#test/helpers/central/test-journal.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

let running: PeopleCentral;
let organisation: TestOrganisation;
let other: TestOrganisation;
let device: TestDevice;
let admin: TestPerson;
let platform: TestPerson;
let code: string;

beforeAll(async () => {
  running = await startPeopleCentral();
  organisation = await createTestOrganisation(running);
  other = await createTestOrganisation(running, { eventIdentifier: 'OTHER' });
  const rsu = await createTestRsu(running, organisation);
  code = rsu.code;
  device = await enrolledDevice(running.url, code);
  const { body } = await device.topUp(organisation.raffleEventId);
  const journal = createTestJournal(device, organisation, body);
  journal.append('significant-event.noted', {
    code: 'printer.fault',
    severity: 'warning',
    detail: { condition: 'paper-out' },
  });
  journal.sell();
  await uploadAll(device, journal);
  admin = await running.asPerson(organisation.organisationId, 'admin');
  platform = await running.asPlatformAdministrator();
  await admin.send('POST', PEOPLE_ROUTES.members, {
    subject: 'a-new-member',
    displayName: '=cmd()',
    role: 'operator',
  });
});

afterAll(() => running.stop());

describe('critical events', () => {
  async function found(query: string, by = admin): Promise<string[]> {
    const { body } = await by.get<Page<CriticalEvent>>(
      `${PEOPLE_ROUTES.criticalEvents}?limit=200&${query}`,
    );
    return body.items.map(({ type }) => type);
  }

  test('are found by component, type, severity, raffle event and time, together too', async () => {
    const till = `rsu:${device.rsuId}`;
    expect(await found(`componentId=${till}&type=printer.fault`)).toEqual(['printer.fault']);
    expect(await found(`rsuId=${device.rsuId}&severity=WARN`)).toEqual(['printer.fault']);
    expect(await found(`raffleEventId=${organisation.raffleEventId}`)).toContain(
      'raffle-event.active',
    );
    expect(await found('type=member.added&severity=INFO')).toEqual(['member.added']);
    const before = instantFromEpoch(Date.now() - 3_600_000);
    expect(await found(`to=${before}`)).toEqual([]);
    expect((await found(`from=${before}`)).length).toBeGreaterThan(3);
    expect(
      (await admin.get(`${PEOPLE_ROUTES.criticalEvents}?from=0000-01-01T00:00:00.000Z`)).status,
    ).toBe(400);
  });

  test('say what happened, where in which journal, and when by whose clock', async () => {
    const { body } = await admin.get<Page<CriticalEvent>>(
      `${PEOPLE_ROUTES.criticalEvents}?type=printer.fault`,
    );
    expect(body).toEqual({
      items: [
        {
          criticalEventId: expect.any(String),
          type: 'printer.fault',
          severity: 'WARN',
          description: expect.any(String),
          componentId: `rsu:${device.rsuId}`,
          rsuId: device.rsuId,
          raffleEventId: null,
          userId: organisation.operatorId,
          chainId: device.chainId,
          seq: 1,
          happenedAt: expect.any(String),
          receivedAt: expect.any(String),
          detail: { condition: 'paper-out' },
        },
      ],
      nextCursor: null,
    });
  });

  test('of another organisation are not found, and those of the system belong to none', async () => {
    const stranger = await running.asPerson(other.organisationId, 'admin');
    expect(await found(`rsuId=${device.rsuId}`, stranger)).toEqual([]);
    const { body } = await platform.get<Page<CriticalEvent>>(PEOPLE_ROUTES.systemCriticalEvents);
    expect(body.items.map(({ type }) => type)).toContain('central.started');
    expect(
      body.items.filter(({ rsuId, raffleEventId }) => rsuId !== null || raffleEventId !== null),
    ).toEqual([]);
  });

  test('are paged: each once', async () => {
    const whole = await found('');
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { body: Page<CriticalEvent> } = await admin.get<Page<CriticalEvent>>(
        `${PEOPLE_ROUTES.criticalEvents}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      paged.push(...page.body.items.map(({ type }) => type));
      cursor = page.body.nextCursor;
    }
    expect(paged).toEqual(whole);
  });

  test('are a file as well', async () => {
    const response = await admin.fetch(`${PEOPLE_ROUTES.criticalEventsCsv}?type=printer.fault`);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = (await response.text()).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`rsu:${device.rsuId},printer.fault,WARN`);
  });

  test('tell of refused sign-ins, once a minute, and of an API process that starts and stops', async () => {
    for (const token of ['a.b.c', 'd.e.f']) {
      await fetch(running.url + PEOPLE_ROUTES.me, {
        headers: { authorization: `Bearer ${token}` },
      });
    }
    const second = await running.startAnother();
    await second.stop();
    expect(
      await running.query(
        `SELECT event_type AS type, metadata ->> 'code' AS code, count(*)::INT AS count
         FROM critical_events WHERE event_type LIKE 'sign-in.%' OR event_type LIKE 'central.%'
         GROUP BY 1, 2 ORDER BY 1`,
      ),
    ).toEqual([
      { type: 'central.started', code: null, count: 2 },
      { type: 'central.stopped', code: null, count: 1 },
      { type: 'sign-in.refused', code: 'token.invalid', count: 1 },
    ]);
  });
});

describe('the audit log', () => {
  test('is searched by table, record, person and time: before, after, who and when', async () => {
    const { body: me } = await admin.get(PEOPLE_ROUTES.me);
    const search = async (query: string) =>
      (await admin.get<Page<AuditRow>>(`${PEOPLE_ROUTES.auditLog}?${query}`)).body.items;
    const [changed] = await search(
      `table=raffle_events&recordKey=${organisation.raffleEventId}&limit=1`,
    );
    expect(changed).toMatchObject({
      table: 'raffle_events',
      operation: 'UPDATE',
      recordKey: organisation.raffleEventId,
      before: { state: 'created' },
      after: { state: 'active' },
      actor: 'test',
      changedBy: null,
    });
    expect(await search(`changedBy=${me['userId']}`)).toMatchObject([
      {
        table: 'organization_users',
        operation: 'INSERT',
        before: null,
        after: { role: 'operator' },
        actor: `user:${me['userId']}`,
        sessionId: expect.any(String),
      },
    ]);
    expect(await search(`to=${instantFromEpoch(Date.now() - 3_600_000)}`)).toEqual([]);
    const orders = await search('table=orders');
    expect(orders.map(({ actor }) => actor)).toEqual([`rsu:${device.rsuId}`]);
  });

  test('shows an organisation its own records only', async () => {
    const stranger = await running.asPerson(other.organisationId, 'regulator');
    const { body } = await stranger.get<Page<AuditRow>>(`${PEOPLE_ROUTES.auditLog}?limit=200`);
    expect(body.items.length).toBeGreaterThan(3);
    expect(JSON.stringify(body)).not.toContain(organisation.organisationId);
    expect(JSON.stringify(body)).not.toContain(device.rsuId);
    const { body: system } = await platform.get<Page<AuditRow>>(
      `${PEOPLE_ROUTES.systemAuditLog}?limit=200`,
    );
    expect([...new Set(system.items.map(({ table }) => table))]).toEqual(['users']);
  });

  test('is a file as well', async () => {
    const response = await admin.fetch(`${PEOPLE_ROUTES.auditLogCsv}?table=organization_users`);
    const lines = (await response.text()).trim().split('\r\n');
    expect(lines[0]).toBe('changed,who,session,table,record,operation,before,after');
    expect(lines).toHaveLength(3);
  });

  test('holds no secret, and names the person of every change that a person made', async () => {
    const secrets = await running.query(
      `SELECT encode(hash, 'hex') AS secret FROM operator_credentials
       UNION ALL SELECT encode(salt, 'hex') FROM operator_credentials
       UNION ALL SELECT encode(sealed, 'hex') FROM server_secrets
       UNION ALL SELECT encode(session_key, 'hex') FROM person_sessions`,
    );
    const plain = [code, code.replaceAll('-', ''), device.token, admin.token];
    for (const { secret } of [...secrets, ...plain.map((secret) => ({ secret }))]) {
      const [leaks] = await running.query(
        `SELECT (SELECT count(*)::INT FROM audit_log
             WHERE position($1 IN concat(old_data, new_data)) > 0) AS audited,
           (SELECT count(*)::INT FROM critical_events
             WHERE position($1 IN concat(description, metadata)) > 0) AS noted`,
        [secret],
      );
      expect(leaks).toEqual({ audited: 0, noted: 0 });
    }
    expect(secrets.length).toBeGreaterThan(4);
    expect(
      await running.query(
        `SELECT DISTINCT table_name FROM audit_log
         WHERE table_name IN ('operator_credentials', 'server_secrets', 'prize_winners')
            OR (actor LIKE 'user:%' AND changed_by IS NULL)`,
      ),
    ).toEqual([]);
  });
});

describe('the system configuration', () => {
  const read = async () =>
    (await platform.get<SystemConfiguration>(PEOPLE_ROUTES.systemConfiguration)).body;
  const add = (body: object, revision: string) =>
    platform.send<SystemConfiguration>('POST', PEOPLE_ROUTES.systemConfigurations, body, {
      'if-match': `"${revision}"`,
    });

  test('is added to and never changed; the last word counts', async () => {
    const first = await read();
    expect(first).toMatchObject({
      version: '1',
      effectiveTo: null,
      settings: {
        failedValidationsBeforeDisabling: 5,
        remoteAccess: { isAllowed: true, allowedAddresses: [] },
        retentionDays: { criticalEvents: 1_098 },
      },
      revision: '1',
    });
    const settings = { ...first.settings, failedValidationsBeforeDisabling: 3 };
    const later = instantFromEpoch(running.central.now().getTime() + 3_600_000);
    expect(
      await add({ settings, effectiveFrom: later, reason: 'from tomorrow' }, '1'),
    ).toMatchObject({
      status: 201,
      body: { version: '2', effectiveFrom: later, effectiveTo: null },
    });
    expect(await read()).toMatchObject({ version: '1', effectiveTo: later, revision: '2' });
    expect((await add({ settings, reason: 'unseen' }, '1')).status).toBe(412);
    expect(
      await add(
        { settings, effectiveFrom: instantFromEpoch(Date.now() - 3_600_000), reason: 'back' },
        '2',
      ),
    ).toMatchObject({ status: 409, body: { code: 'system-configuration.too-early' } });
    expect((await add({ settings, reason: 'now' }, '2')).status).toBe(201);
    expect(await read()).toMatchObject({
      version: '3',
      settings,
      reason: 'now',
      createdBy: expect.any(String),
    });
    const { body: history } = await platform.get<Page<SystemConfiguration>>(
      PEOPLE_ROUTES.systemConfigurations,
    );
    expect(
      history.items.map(({ version, effectiveFrom, effectiveTo }) => ({
        version,
        isOver: effectiveTo !== null,
        neverBegan: effectiveFrom === effectiveTo,
      })),
    ).toEqual([
      { version: '2', isOver: true, neverBegan: true },
      { version: '3', isOver: false, neverBegan: false },
      { version: '1', isOver: true, neverBegan: false },
    ]);
    for (const statement of [
      `UPDATE system_configurations SET settings = '{}'`,
      'UPDATE system_configurations SET effective_to = NULL',
      'DELETE FROM system_configurations',
    ]) {
      await expect(running.query(statement)).rejects.toMatchObject({ code: '23001' });
    }
  });

  test.each([
    ['a threshold of nothing', { failedValidationsBeforeDisabling: 0 }],
    ['days that are too few', { retentionDays: { auditLog: 1 } }],
    ['a setting that there is not', { colour: 'blue' }],
  ])('refuses %s', async (_what, settings) => {
    const { revision } = await read();
    expect(await add({ settings, reason: 'a try' }, revision)).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
  });

  test('tells everybody how long records are kept, and that nothing goes by itself', async () => {
    const regulator = await running.asPerson(organisation.organisationId, 'regulator');
    expect((await regulator.get(PEOPLE_ROUTES.retention)).body).toEqual({
      version: expect.any(String),
      retentionDays: {
        salesAndDraws: 1_098,
        journals: 1_098,
        criticalEvents: 1_098,
        auditLog: 1_098,
        personSessions: 1_098,
      },
      deletesByItself: false,
    });
  });
});
