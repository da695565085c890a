import { afterEach, beforeEach, expect, test } from 'vitest';
import { issueEnrolmentCode } from '#central/modules/administration/rsus.ts';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  type TestCentral,
} from '#test/helpers/central/test-central.ts';
import { enrolledDevice, uploadAll } from '#test/helpers/central/test-device.ts';
import { createTestJournal } from '#test/helpers/central/test-journal.ts';

let running: TestCentral;

beforeEach(async () => {
  running = await startTestCentral();
});

afterEach(() => running.stop());

test('numbers of one enrolment never reach the device that is enrolled after it', async () => {
  const organisation = await createTestOrganisation(running);
  const { rsuId, code } = await createTestRsu(running, organisation);
  const lost = await enrolledDevice(running.url, code);
  const held = await lost.topUp(organisation.raffleEventId);
  const again = await issueEnrolmentCode(
    running.central,
    'test',
    rsuId,
    new Date(running.central.now().getTime() + 60_000),
  );
  const fresh = await enrolledDevice(running.url, again);
  const { body } = await fresh.mirror();
  expect([body.mirror?.allocations, body.mirror?.validationBlocks]).toEqual([[], []]);
  const dealt = await fresh.topUp(organisation.raffleEventId);
  expect(dealt.body.allocations).toMatchObject([{ indices: { from: 1_100, to: 1_200 } }]);
  expect(dealt.body.validationBlocks).toHaveLength(1);

  const thief = createTestJournal(fresh, organisation, held.body);
  thief.sell();
  expect((await uploadAll(fresh, thief)).verdicts).toMatchObject([{ verdict: 'quarantined' }]);
  const own = createTestJournal(lost, organisation, held.body);
  own.sell();
  expect((await uploadAll(lost, own)).verdicts).toMatchObject([{ verdict: 'accepted' }]);
});
