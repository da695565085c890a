import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTopUpFile, type TopUpFile } from '#shared/contract/top-up-file.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { type Instant, instantFromEpoch } from '#shared/kernel/instant.ts';
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
import { createTestDevice, enrolledDevice, uploadAll } from '#test/helpers/central/test-device.ts';
import { createTestJournal } from '#test/helpers/central/test-journal.ts';

let running: PeopleCentral;
let organisation: TestOrganisation;
let admin: TestPerson;

beforeAll(async () => {
  running = await startPeopleCentral();
  organisation = await createTestOrganisation(running);
  admin = await running.asPerson(organisation.organisationId, 'admin');
});

afterAll(() => running.stop());

function exportFor(rsuId: string) {
  return admin.send<TopUpFile>(
    'POST',
    `/v1/organisations/:organisationId/rsus/${rsuId}/top-up-files`,
    { raffleEventId: organisation.raffleEventId },
  );
}

function open(text: string, chainId: ChainId, now: Instant = instantFromEpoch(Date.now())) {
  const der = Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'),
    running.central.identity.publicKey,
  ]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return openTopUpFile(text, {
    chainId,
    now,
    isSigned: (bytes, signature) => verify(null, bytes, key, signature),
  });
}

test('a till that is off line sells from a file, and takes nothing twice afterwards', async () => {
  const { rsuId, code } = await createTestRsu(running, organisation, 'Off line');
  const device = await enrolledDevice(running.url, code);
  const { status, body } = await exportFor(rsuId);
  const opened = open(JSON.stringify(body), device.chainId);
  if (!opened.ok) throw new Error(opened.failure);
  const { allocations, validationBlocks } = opened.value;
  expect([status, allocations.length, validationBlocks.length]).toEqual([201, 1, 1]);
  const { mirror } = (await device.mirror()).body;
  expect([mirror?.allocations, mirror?.validationBlocks]).toEqual([allocations, validationBlocks]);
  const journal = createTestJournal(device, organisation, opened.value);
  journal.sell();
  expect((await uploadAll(device, journal)).verdicts).toMatchObject([{ verdict: 'accepted' }]);
  const noted = await running.query(
    `SELECT count(*)::INTEGER AS count FROM critical_events
     WHERE event_type = 'allocation.exported' AND rsu_id = $1`,
    [rsuId],
  );
  expect(noted).toEqual([{ count: 1 }]);
});

test('a file is refused by another till, after its time, with any change, and if it is none', async () => {
  const { rsuId, code } = await createTestRsu(running, organisation, 'Refuses');
  const device = await enrolledDevice(running.url, code);
  const file = (await exportFor(rsuId)).body;
  const text = JSON.stringify(file);
  const later = instantFromEpoch(Date.now() + 25 * 3_600_000);
  const bytes = Buffer.from(file.content, 'base64');
  const changed = Buffer.from(bytes.toString().replace(/"to":\d+/, '"to":9999')).toString('base64');
  expect(changed).not.toBe(file.content);
  expect([
    open(text, createTestDevice(running.url).chainId),
    open(text, device.chainId, later),
    open(JSON.stringify({ ...file, content: changed }), device.chainId),
    open('{"format":"counterfoil.top-up.1"}', device.chainId),
    open('no JSON', device.chainId),
  ]).toEqual(
    ['for-another-till', 'expired', 'not-signed-by-central', 'unreadable', 'unreadable'].map(
      (failure) => ({ ok: false, failure }),
    ),
  );
});

test('there is none for a till that may not sell, nor for another organisation’s raffle', async () => {
  const { rsuId } = await createTestRsu(running, organisation, 'Not enrolled');
  expect(await exportFor(rsuId)).toMatchObject({ status: 409, body: { code: 'rsu.not-enrolled' } });
  const other = await createTestOrganisation(running, { eventIdentifier: 'TEST-2' });
  const { rsuId: enrolled, code } = await createTestRsu(running, organisation, 'Enrolled');
  await enrolledDevice(running.url, code);
  expect(
    await admin.send('POST', `/v1/organisations/:organisationId/rsus/${enrolled}/top-up-files`, {
      raffleEventId: other.raffleEventId,
    }),
  ).toMatchObject({ status: 409, body: { code: 'allocation.not-granted' } });
});
