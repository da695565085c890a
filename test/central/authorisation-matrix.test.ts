import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  AUTHORISATION_MATRIX,
  CALLERS,
  type Caller,
  type Expected,
} from '#test/fixtures/authorisation-matrix.ts';
import { insertDrawRecords } from '#test/helpers/central/draw-records.ts';
import { insertOrderRecords } from '#test/helpers/central/order-records.ts';
import { type PeopleCentral, startPeopleCentral } from '#test/helpers/central/people.ts';
import { insertRsuRecords } from '#test/helpers/central/rsu-records.ts';
import { createTestTemplates } from '#test/helpers/central/templates.ts';
import {
  createTestOrganisation,
  createTestRsu,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import { enrolledDevice, type TestDevice } from '#test/helpers/central/test-device.ts';

type Ids = Readonly<Record<string, string>>;

let running: PeopleCentral;
let device: TestDevice;
let own: Ids;
let other: Ids;
let tokens: Readonly<Record<Caller, string>>;

beforeAll(async () => {
  running = await startPeopleCentral();
  const [organisation, otherOrganisation] = [
    await createTestOrganisation(running),
    await createTestOrganisation(running, { eventIdentifier: 'TEST-2' }),
  ];
  const { code } = await createTestRsu(running, organisation);
  device = await enrolledDevice(running.url, code);
  own = await idsOf(organisation, device.rsuId);
  const { rsuId } = await createTestRsu(running, otherOrganisation, 'Other');
  other = await idsOf(otherOrganisation, rsuId);
  const tokenOf = async (
    role: 'admin' | 'supervisor' | 'operator' | 'regulator',
    of = organisation,
  ) => (await running.asPerson(of.organisationId, role)).token;
  tokens = {
    nobody: '',
    device: device.token,
    stranger: (await running.asStranger()).token,
    platform: (await running.asPlatformAdministrator()).token,
    admin: await tokenOf('admin'),
    supervisor: await tokenOf('supervisor'),
    operator: await tokenOf('operator'),
    regulator: await tokenOf('regulator'),
    'admin of another organisation': await tokenOf('admin', otherOrganisation),
  };
});

afterAll(() => running.stop());

/** One thing of each kind that a path can name, all of one organisation. */
async function idsOf(organisation: TestOrganisation, rsuId: string): Promise<Ids> {
  const { organisationId, venueId, operatorId, raffleEventId, packageIds } = organisation;
  const { subject } = await running.asPerson(organisationId, 'operator');
  const [user] = await running.query('SELECT id FROM users WHERE cognito_sub = $1', [subject]);
  return {
    eventIdentifier: 'TEST-1',
    fileName: 'display.css',
    reportName: 'sales-summary',
    organisationId,
    venueId,
    operatorId,
    raffleEventId,
    packageId: packageIds[0],
    rsuId,
    userId: String(user?.['id']),
    ...(await insertOrderRecords(running, raffleEventId, rsuId, String(user?.['id']))),
    ...(await createTestTemplates(running, organisationId)),
    ...(await insertRsuRecords(running, rsuId, raffleEventId, String(user?.['id']))),
    ...(await insertDrawRecords(running, raffleEventId, String(user?.['id']))),
  };
}

function fill(path: string, ids: Ids): string {
  return path.replace(/:(\w+)/g, (_whole, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`idsOf has no ${name}: add one`);
    return id;
  });
}

/**
 * Makes a call that changes nothing: its encoding is refused right after the caller was let through.
 */
async function outcome(call: string, ids: Ids, token: string): Promise<Expected | number> {
  const [method = '', path = ''] = call.split(' ');
  const response = await fetch(running.url + fill(path, ids), {
    method,
    headers: {
      'content-encoding': 'not-one-of-ours',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
  });
  const { detail } = (await response.json()) as { detail?: string };
  const isThrough = response.status === 400 && detail?.includes('not-one-of-ours') === true;
  return isThrough ? 'through' : response.status;
}

describe('the authorisation matrix', () => {
  test('has a row for every call, and no other', () => {
    expect(Object.keys(AUTHORISATION_MATRIX).sort()).toEqual([...running.calls].sort());
  });

  test.each(Object.keys(AUTHORISATION_MATRIX))('%s', async (call) => {
    const found: Record<string, unknown> = {};
    for (const caller of CALLERS) found[caller] = await outcome(call, own, tokens[caller]);
    expect(found).toEqual(AUTHORISATION_MATRIX[call]);
  });
});

describe('what belongs to another organisation does not exist', () => {
  const withThings = Object.keys(AUTHORISATION_MATRIX).filter((call) =>
    /:organisationId.*:\w+Id/.test(call),
  );

  test.each(withThings)('%s', async (call) => {
    for (const name of [...call.matchAll(/:(\w+Id)/g)].map(([, id = '']) => id)) {
      if (name === 'organisationId') continue;
      const mixed = { ...own, [name]: other[name] ?? '' };
      expect({ name, outcome: await outcome(call, mixed, tokens.admin) }).toEqual({
        name,
        outcome: AUTHORISATION_MATRIX[call]?.admin === 'through' ? 404 : 403,
      });
    }
  });

  test('a device speaks for its own RSU only', async () => {
    const calls = Object.keys(AUTHORISATION_MATRIX).filter((call) => call.includes('/v1/rsus/'));
    for (const call of calls) {
      expect([call, await outcome(call, other, device.token)]).toEqual([call, 404]);
    }
  });
});
