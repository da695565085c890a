import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { transactAs } from '#central/db/database.ts';
import { issueEnrolmentCode } from '#central/modules/administration/rsus.ts';
import { moveSalesEnd } from '#central/modules/raffle-events/move-sales-end.ts';
import type { RsuId } from '#shared/kernel/ids.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  type TestCentral,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import { enrolledDevice, type TestDevice, uploadAll } from '#test/helpers/central/test-device.ts';
import { createTestJournal, type TestJournal } from '#test/helpers/central/test-journal.ts';

const MINUTE_MS = 60_000;

let running: TestCentral;
let organisation: TestOrganisation;
let rsuId: RsuId;
let device: TestDevice;
let journal: TestJournal;

beforeEach(async () => {
  running = await startTestCentral();
  organisation = await createTestOrganisation(running);
  const rsu = await createTestRsu(running, organisation);
  rsuId = rsu.rsuId;
  device = await enrolledDevice(running.url, rsu.code);
  const { body } = await device.topUp(organisation.raffleEventId);
  journal = createTestJournal(device, organisation, body);
});

afterEach(() => running.stop());

async function verdicts(from = device, what = journal): Promise<string[]> {
  const answer = await uploadAll(from, what);
  return answer.verdicts.map((verdict) =>
    verdict.verdict === 'accepted' ? 'accepted' : verdict.reason,
  );
}

function endSales(): void {
  journal.append('sales.ended', {
    raffleEventId: organisation.raffleEventId,
    cause: 'closed-by-central',
    salesEnd: instantFromEpoch(Date.now()),
  });
}

async function enrolAgain(): Promise<TestDevice> {
  const expiresAt = new Date(Date.now() + 60 * MINUTE_MS);
  return enrolledDevice(
    running.url,
    await issueEnrolmentCode(running.central, 'test', rsuId, expiresAt),
  );
}

describe('an RSU that has ended its sales for a raffle event', () => {
  test('is enrolled anew without them: told so, dealt nothing, and its sales wait', async () => {
    const { body: holdings } = await device.topUp(organisation.raffleEventId);
    endSales();
    await verdicts();
    const replacement = await enrolAgain();
    const { body } = await replacement.mirror();
    expect(body.control).toMatchObject({
      deviceState: 'enabled',
      raffleEvents: [{ raffleEventId: organisation.raffleEventId, state: 'closed' }],
    });
    expect(body.mirror?.raffleEvents).toMatchObject([
      { raffleEventId: organisation.raffleEventId, state: 'closed' },
    ]);
    expect(await replacement.topUp(organisation.raffleEventId)).toMatchObject({
      status: 409,
      body: { code: 'raffle-event.not-selling' },
    });
    const later = createTestJournal(replacement, organisation, holdings);
    later.sell();
    expect(await verdicts(replacement, later)).toEqual(['after-effective-close']);
  });

  test('and whose journal arrives only after it was enrolled anew', async () => {
    const { body: holdings } = await device.topUp(organisation.raffleEventId);
    endSales();
    const replacement = await enrolAgain();
    await verdicts();
    const later = createTestJournal(replacement, organisation, holdings);
    later.sell();
    expect(await verdicts(replacement, later)).toEqual(['after-effective-close']);
  });

  test('does not take from a replacement what that sold before the old till ended', async () => {
    const replacement = await enrolAgain();
    const { body: holdings } = await replacement.topUp(organisation.raffleEventId);
    const later = createTestJournal(replacement, organisation, holdings);
    later.sell();
    endSales();
    expect(await verdicts()).toEqual(['accepted']);
    expect(await verdicts(replacement, later)).toEqual(['accepted']);
  });
});

describe('an end of sales that moves earlier while a till is off line', () => {
  /** A signed sale whose time is so much from now. */
  function sellAt(milliseconds: number): void {
    const sold = journal.fork().sell();
    const body = JSON.parse(Buffer.from(sold.body, 'base64').toString()) as object;
    const at = instantFromEpoch(Date.now() + milliseconds);
    journal.appendRaw(JSON.stringify({ ...body, at }), true);
  }

  async function endIn(milliseconds: number): Promise<void> {
    const { central } = running;
    const salesEnd = instantFromEpoch(Date.now() + milliseconds);
    const moved = await transactAs(central.database, 'test', (transaction) =>
      moveSalesEnd(central, transaction, organisation.raffleEventId, {
        salesEnd,
        reason: 'bad weather',
      }),
    );
    expect(moved).toEqual({ ok: true, value: undefined });
  }

  test('lets sales count that were made before the till learned of it, with a flag', async () => {
    sellAt(20 * MINUTE_MS);
    await endIn(10 * MINUTE_MS);
    expect(await verdicts()).toEqual(['accepted']);
    expect(await running.query('SELECT flags FROM orders')).toEqual([
      { flags: ['sold-after-earlier-end'] },
    ]);
  });

  test('lets no sale count after the latest end that was ever published', async () => {
    sellAt(5 * 60 * MINUTE_MS);
    await endIn(10 * MINUTE_MS);
    expect(await verdicts()).toEqual(['after-effective-close']);
  });

  test('lets no sale count that was made after the till learned of it', async () => {
    await endIn(10 * MINUTE_MS);
    endSales();
    sellAt(20 * MINUTE_MS);
    expect(await verdicts()).toEqual(['accepted', 'after-effective-close']);
  });
});
