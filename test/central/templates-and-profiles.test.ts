import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import {
  type PeopleCentral,
  startPeopleCentral,
  type TestPerson,
} from '#test/helpers/central/people.ts';
import { createTestOrganisation, TEST_PROFILE } from '#test/helpers/central/test-central.ts';

const PACKAGES = '/v1/organisations/:organisationId/package-templates';
const PRIZES = '/v1/organisations/:organisationId/prize-templates';
const PROFILES = '/v1/organisations/:organisationId/jurisdiction-profiles';

let running: PeopleCentral;
let organisationId: OrganisationId;
let admin: TestPerson;

beforeAll(async () => {
  running = await startPeopleCentral();
  organisationId = (await createTestOrganisation(running)).organisationId;
  admin = await running.asPerson(organisationId, 'admin');
});

afterAll(() => running.stop());

/** Sends a change of what has `revision`. */
function put(path: string, body: object, revision: unknown) {
  return admin.send('PUT', path, body, { 'if-match': `"${revision}"` });
}

function audited(table: string) {
  return running.query(
    `SELECT operation, person.cognito_sub AS "changedBy" FROM audit_log
     LEFT JOIN users person ON person.id = changed_by WHERE table_name = $1 ORDER BY audit_log.id`,
    [table],
  );
}

const noted = (...operations: string[]) =>
  operations.map((operation) => ({ operation, changedBy: admin.subject }));

describe('a package template', () => {
  const template = {
    name: 'Ten',
    description: 'The usual one',
    numberCount: 10,
    priceMinor: 2_147_483_647,
    displayOrder: 1,
  };

  test('is added once, changed by whoever has seen it, and retired; each step on record', async () => {
    const key = { 'idempotency-key': 'ten' };
    const added = await admin.send('POST', PACKAGES, template, key);
    const { packageTemplateId, revision } = added.body;
    const kept = { packageTemplateId, ...template, currency: 'CAD', isActive: true };
    expect(added).toMatchObject({ status: 201, body: { ...kept, revision } });
    expect((await admin.send('POST', PACKAGES, template, key)).body).toEqual(added.body);
    expect(await admin.send('POST', PACKAGES, { ...template, name: 'tEN' })).toMatchObject({
      status: 409,
      body: { code: 'thing.exists' },
    });

    const path = `${PACKAGES}/${packageTemplateId}`;
    expect((await admin.get(path)).body).toEqual(added.body);
    const retired = { ...template, priceMinor: 0, isActive: false };
    expect(await admin.send('PUT', path, retired)).toMatchObject({ status: 428 });
    const changed = await put(path, retired, revision);
    expect(changed).toMatchObject({ status: 200, body: { packageTemplateId, ...retired } });
    expect(changed.body['revision']).not.toBe(revision);
    expect(await put(path, { ...template, isActive: true }, revision)).toMatchObject({
      status: 412,
      body: { code: 'thing.changed-meanwhile' },
    });

    const listed = async (query: string) => (await admin.get(PACKAGES + query)).body['items'];
    expect(await listed('?isActive=true')).toEqual([]);
    expect(await listed('')).toEqual([changed.body]);
    expect(await audited('ticket_package_templates')).toEqual(noted('INSERT', 'UPDATE'));
    await expect(running.query('DELETE FROM ticket_package_templates')).rejects.toThrow('for ever');
  });

  test.each([
    ['no numbers', { numberCount: 0 }],
    ['a part of a number', { numberCount: 1.5 }],
    ['a price that no column holds', { priceMinor: 2_147_483_648 }],
    ['a price below nothing', { priceMinor: -1 }],
    ['no name', { name: '' }],
    ['NUL', { name: '\u0000' }],
    ['another currency', { currency: 'USD' }],
  ])('is refused with %s', async (_what, wrong) => {
    expect(await admin.send('POST', PACKAGES, { ...template, name: 'X', ...wrong })).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
  });
});

describe('a prize template', () => {
  test.each([
    { kind: 'fixed', valueMinor: 2 ** 51 },
    { kind: 'percentage', hundredthsOfPercent: 3_333, capMinor: 5_000_001 },
    { kind: 'percentage', hundredthsOfPercent: 1, capMinor: null },
    { kind: 'percentage', hundredthsOfPercent: 10_000, capMinor: null },
  ])('gives back exactly what it was worth: %j', async (award) => {
    const name = JSON.stringify(award);
    const added = await admin.send('POST', PRIZES, { name, description: null, award });
    expect(added).toMatchObject({ status: 201, body: { name, award, currency: 'CAD' } });
    const path = `${PRIZES}/${added.body['prizeTemplateId']}`;
    expect((await admin.get(path)).body).toEqual(added.body);
  });

  test('changes its kind, and is retired', async () => {
    const share = { kind: 'percentage', hundredthsOfPercent: 2_500, capMinor: 100 };
    const facts = { name: 'Puck', description: null };
    const { body } = await admin.send('POST', PRIZES, { ...facts, award: share });
    const fixed = { ...facts, award: { kind: 'fixed', valueMinor: 7 }, isActive: false };
    const changed = await put(`${PRIZES}/${body['prizeTemplateId']}`, fixed, body['revision']);
    expect(changed).toMatchObject({ status: 200, body: fixed });
    expect(
      await running.query(
        `SELECT type, value, percentage, cap FROM prize_templates WHERE name = 'Puck'`,
      ),
    ).toEqual([{ type: 'fixed', value: 7, percentage: null, cap: null }]);
  });

  test.each([
    { kind: 'percentage', hundredthsOfPercent: 10_001, capMinor: null },
    { kind: 'percentage', hundredthsOfPercent: 33.33, capMinor: null },
    { kind: 'percentage', hundredthsOfPercent: 0, capMinor: null },
    { kind: 'percentage', hundredthsOfPercent: 50, capMinor: 0 },
    { kind: 'fixed', valueMinor: 0 },
    { kind: 'fixed', valueMinor: 1, capMinor: 1 },
    { kind: 'car' },
  ])('is refused: %j', async (award) => {
    const refused = await admin.send('POST', PRIZES, { name: 'X', description: null, award });
    expect(refused).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  });
});

describe('a jurisdiction profile', () => {
  const rules = {
    ...TEST_PROFILE,
    name: 'Province',
    voids: { isAllowed: true, by: 'supervisor', withinMinutes: 10 },
    draw: { drawnNumberStaysIn: false, hasPrintedCounterfoils: true },
  };

  test('keeps every version of its rules, and who made it', async () => {
    const added = await admin.send('POST', PROFILES, { profile: rules });
    expect(added).toMatchObject({
      status: 201,
      body: { version: 1, profile: rules, isActive: true },
    });
    const path = `${PROFILES}/${added.body['profileId']}`;
    const stricter = { ...rules, minimumAge: 19 };
    const changed = await put(path, { profile: stricter, isActive: true }, added.body['revision']);
    expect(changed).toMatchObject({ status: 200, body: { version: 2, profile: stricter } });
    const retirement = { profile: stricter, isActive: false };
    const retired = await put(path, retirement, changed.body['revision']);
    expect(retired).toMatchObject({ status: 200, body: { version: 2, isActive: false } });

    const [user] = await running.query('SELECT id FROM users WHERE cognito_sub = $1', [
      admin.subject,
    ]);
    const madeBy = `user:${user?.['id']}`;
    expect((await admin.get(`${path}/versions`)).body['items']).toEqual([
      { version: 2, profile: stricter, madeBy, madeAt: expect.any(String) },
      { version: 1, profile: rules, madeBy, madeAt: expect.any(String) },
    ]);
    await expect(
      running.query('UPDATE jurisdiction_profile_versions SET version = 3'),
    ).rejects.toThrow('for ever');
  });

  test.each([
    ['no name', { name: ' ' }],
    ['a note twice', { noteDenominationsMinor: [500, 500] }],
    ['a tender twice', { tenders: ['cash', 'cash'] }],
    ['no tender', { tenders: [] }],
    ['an unknown rule', { mayCheat: true }],
    ['no end of being off line', { offline: { isAllowed: true } }],
    ['voids by nobody', { voids: { isAllowed: true, withinMinutes: null } }],
  ])('is refused with %s', async (_what, wrong) => {
    const profile = { ...rules, name: 'Other', ...wrong };
    expect(await admin.send('POST', PROFILES, { profile })).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
  });
});
