import { afterEach, beforeEach, expect, test } from 'vitest';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import type { SaleCompleted } from '#shared/contract/journal/sale-entries.ts';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  type TestCentral,
} from '#test/helpers/central/test-central.ts';
import { enrolledDevice, type TestDevice } from '#test/helpers/central/test-device.ts';
import { createTestJournal, type TestJournal } from '#test/helpers/central/test-journal.ts';

let running: TestCentral;
let device: TestDevice;
let journal: TestJournal;

beforeEach(async () => {
  running = await startTestCentral();
  const organisation = await createTestOrganisation(running);
  const { code } = await createTestRsu(running, organisation);
  device = await enrolledDevice(running.url, code);
  const { body } = await device.topUp(organisation.raffleEventId);
  journal = createTestJournal(device, organisation, body);
});

afterEach(() => running.stop());

/** What the central makes of the whole journal: its status, the verdicts in words, and the sums. */
async function upload() {
  const { status, body } = await device.upload(journal.entries);
  return {
    status,
    verdicts: body.verdicts?.map((verdict) =>
      verdict.verdict === 'accepted' ? 'accepted' : verdict.reason,
    ),
    totals: body.totals,
  };
}

/** A noted event whose detail is this JSON. */
function noted(detail: string): string {
  return `{"kind":"significant-event.noted","version":1,"at":"2026-07-01T12:00:00.000Z",
    "wall":"2026-07-01T12:00:00.000Z","offsetMs":null,"operatorId":null,
    "bootId":"11111111-2222-4333-8444-555555555555",
    "payload":{"code":"program.error","severity":"error","detail":${detail}}}`;
}

/** JSON of lists within lists. */
function nested(depth: number): string {
  return `{"text":${'['.repeat(depth)}${']'.repeat(depth)}}`;
}

test('an entry nested deeper than any program can follow is kept and waits; the rest goes on', async () => {
  journal.appendRaw(noted(nested(20)));
  journal.appendRaw(noted(nested(2_000)));
  journal.appendRaw(noted(nested(100_000)));
  journal.appendRaw('['.repeat(200_000));
  journal.sell();
  expect(await upload()).toEqual({
    status: 200,
    verdicts: ['accepted', 'not-readable', 'not-readable', 'not-readable', 'accepted'],
    totals: { orderCount: 1, grossMinor: 1_000, quarantinedOrderCount: 0 },
  });
});

test('an explanation that is cut inside a surrogate pair can still be kept and sent', async () => {
  for (const padding of ['', 'a']) {
    const key = JSON.stringify(padding + '\u{1F600}'.repeat(400));
    journal.appendRaw(noted('{}').replace('{"kind"', `{${key}:1,"kind"`));
  }
  journal.sell();
  expect(await upload()).toMatchObject({
    status: 200,
    verdicts: ['not-readable', 'not-readable', 'accepted'],
  });
  expect((await device.mirror()).status).toBe(200);
});

test.each([
  ['negative', -(2 ** 51)],
  ['enormous', 2 ** 51],
])('%s amounts wait, and the sums stay what a till could have', async (_name, amount) => {
  const claim = (sale: SaleCompleted) => ({ ...sale, totalMinor: amount as never });
  journal.sell();
  for (let count = 0; count < 6; count += 1) journal.sell(claim);
  expect(await upload()).toMatchObject({
    status: 200,
    verdicts: ['accepted', ...Array(6).fill('amount-differs')],
    totals: { orderCount: 7, quarantinedOrderCount: 6 },
  });
  expect((await device.call('GET', CENTRAL_ROUTES.journalHead)).status).toBe(200);
});
