import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import {
  type PeopleCentral,
  startPeopleCentral,
  type TestPerson,
} from '#test/helpers/central/people.ts';
import { createTestOrganisation, createTestRsu } from '#test/helpers/central/test-central.ts';
import { enrolledDevice, type TestDevice } from '#test/helpers/central/test-device.ts';

const ORGANISATION = '/v1/organisations/:organisationId';
const VENUES = `${ORGANISATION}/venues`;

let running: PeopleCentral;
let organisationId: OrganisationId;
let admin: TestPerson;
let device: TestDevice;

beforeAll(async () => {
  running = await startPeopleCentral();
  const organisation = await createTestOrganisation(running);
  organisationId = organisation.organisationId;
  admin = await running.asPerson(organisationId, 'admin');
  device = await enrolledDevice(running.url, (await createTestRsu(running, organisation)).code);
});

afterAll(() => running.stop());

function put(path: string, body: object, revision: unknown) {
  return admin.send('PUT', path, body, { 'if-match': `"${revision}"` });
}

describe('an organisation', () => {
  test('is read, changed from what was seen, and told to the tills', async () => {
    const { body: present } = await admin.get(ORGANISATION);
    expect(present).toEqual({
      organisationId,
      name: 'Test organisation',
      description: null,
      licenceNumber: 'L-1',
      currency: 'CAD',
      settings: { pinDigits: 6, credentialDays: null },
      revision: expect.any(String),
    });
    const changes = {
      name: 'Café des Rêves',
      description: 'Junior hockey',
      licenceNumber: null,
      currency: 'CAD',
      settings: { pinDigits: 8, credentialDays: 365 },
    };
    const changed = await put(ORGANISATION, changes, present['revision']);
    expect(changed).toMatchObject({ status: 200, body: { organisationId, ...changes } });
    expect(await put(ORGANISATION, changes, present['revision'])).toMatchObject({ status: 412 });
    const { body } = await device.mirror();
    expect(body).toMatchObject({
      mirror: { organisation: { name: 'Café des Rêves', licenceNumber: null } },
    });
    expect(
      await running.query(
        `SELECT old_data ->> 'name' AS before, new_data ->> 'name' AS after, cognito_sub AS "changedBy"
         FROM audit_log JOIN users ON users.id = changed_by
         WHERE table_name = 'organizations' AND operation = 'UPDATE'`,
      ),
    ).toEqual([{ before: 'Test organisation', after: 'Café des Rêves', changedBy: admin.subject }]);
  });

  test('keeps its currency once something counts in it', async () => {
    const { body } = await admin.get<{ organisationId?: string; revision?: string }>(ORGANISATION);
    const { organisationId: _id, revision, ...present } = body;
    expect(await put(ORGANISATION, { ...present, currency: 'USD' }, revision)).toMatchObject({
      status: 409,
      body: { code: 'thing.in-use' },
    });
  });

  test.each([
    ['an unknown setting', { settings: { pinDigits: 6, credentialDays: null, tax: 5 } }],
    ['PINs that are too short', { settings: { pinDigits: 3, credentialDays: null } }],
    ['no currency', { currency: 'cad' }],
    ['no name', { name: '' }],
  ])('is refused with %s', async (_what, wrong) => {
    const { body } = await admin.get<{ organisationId?: string; revision?: string }>(ORGANISATION);
    const { organisationId: _id, revision, ...present } = body;
    expect(await put(ORGANISATION, { ...present, ...wrong }, revision)).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
  });

  test('is made and listed by platform administrators', async () => {
    const platform = await running.asPlatformAdministrator();
    const made = await platform.send('POST', '/v1/organisations', {
      name: 'Another',
      licenceNumber: null,
      currency: 'JPY',
      admin: { subject: 'somebody', displayName: 'Somebody' },
    });
    expect(made.status).toBe(201);
    const { body } = await platform.get<{ items: { name: string }[] }>('/v1/organisations?limit=1');
    expect(body.items.map(({ name }) => name)).toEqual(['Another']);
    const next = await platform.get<{ items: { name: string }[] }>(
      `/v1/organisations?cursor=${body['nextCursor' as 'items']}`,
    );
    expect(next.body.items.map(({ name }) => name)).toEqual(['Café des Rêves']);
  });
});

describe('a venue', () => {
  const venue = {
    name: 'Old Rink',
    description: null,
    address: { street: '1 Ice Way', city: 'Łódź', state: null, zipCode: '90-001', country: 'PL' },
    capacity: 4_000,
    timeZone: 'Europe/Warsaw',
  };

  test('is added with its address, changed with it, and retired', async () => {
    const added = await admin.send('POST', VENUES, venue);
    expect(added).toMatchObject({ status: 201, body: { ...venue, isActive: true } });
    const path = `${VENUES}/${added.body['venueId']}`;
    const moved = { ...venue, address: { ...venue.address, street: '2 Ice Way' }, isActive: true };
    const changed = await put(path, moved, added.body['revision']);
    expect(changed).toMatchObject({ status: 200, body: moved });
    const retired = await put(
      path,
      { ...moved, address: null, isActive: false },
      changed.body['revision'],
    );
    expect(retired).toMatchObject({ status: 200, body: { address: null, isActive: false } });
    const { body } = await admin.get<{ items: { name: string }[] }>(`${VENUES}?isActive=true`);
    expect(body.items.map(({ name }) => name)).toEqual(['Test arena']);
    expect(
      await running.query(
        `SELECT operation, new_data ->> 'street' AS street, cognito_sub AS "changedBy"
         FROM audit_log JOIN users ON users.id = changed_by WHERE table_name = 'addresses'
         ORDER BY audit_log.id`,
      ),
    ).toEqual([
      { operation: 'INSERT', street: '1 Ice Way', changedBy: admin.subject },
      { operation: 'UPDATE', street: '2 Ice Way', changedBy: admin.subject },
    ]);
    await expect(running.query('DELETE FROM addresses')).rejects.toThrow('for ever');
  });

  test.each(['Vancouver', 'Mars/Olympus', '+02:00', 'utc+1', '', 'America/../UTC'])(
    'is refused in the time zone "%s"',
    async (timeZone) => {
      expect(await admin.send('POST', VENUES, { ...venue, timeZone })).toMatchObject({
        status: 400,
        body: { code: 'request.invalid' },
      });
    },
  );
});
