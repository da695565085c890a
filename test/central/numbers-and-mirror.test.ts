import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { foldTotals } from '#central/modules/administration/raffle-events.ts';
import { issueEnrolmentCode, setRsuEnabled } from '#central/modules/administration/rsus.ts';
import { ensureEpoch, skipHoldings, startEpoch } from '#central/modules/epoch/service.ts';
import type { AllocationAnswer } from '#shared/contract/central/allocations.ts';
import type { HeartbeatAnswer } from '#shared/contract/central/heartbeats.ts';
import { mirrorAnswerSchema } from '#shared/contract/central/mirror.ts';
import { CENTRAL_ROUTES, rsuPath } from '#shared/contract/central/routes.ts';
import {
  changeTestState,
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  TEST_PROFILE,
  type TestCentral,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import {
  enrolledDevice,
  sha256,
  type TestDevice,
  uploadAll,
} from '#test/helpers/central/test-device.ts';
import { createTestJournal } from '#test/helpers/central/test-journal.ts';

let running: TestCentral;

beforeEach(async () => {
  running = await startTestCentral();
});

afterEach(() => running.stop());

async function tills(organisation: TestOrganisation, count: number): Promise<TestDevice[]> {
  const devices: TestDevice[] = [];
  for (let index = 1; index <= count; index += 1) {
    const { code } = await createTestRsu(running, organisation, `Till ${index}`);
    devices.push(await enrolledDevice(running.url, code));
  }
  return devices;
}

function numbersOf({ allocations }: Pick<AllocationAnswer, 'allocations'>): number[] {
  return allocations.flatMap((allocation) =>
    allocation.mode === 'random'
      ? allocation.numbers
      : Array.from(
          { length: allocation.indices.to - allocation.indices.from },
          (_, index) => allocation.indices.from + index,
        ),
  );
}

describe('numbers', () => {
  test('never overlap, however many tills ask at once; a repeated request gets the same', async () => {
    const organisation = await createTestOrganisation(running);
    const devices = await tills(organisation, 4);
    const requests = devices.flatMap((device) =>
      Array.from({ length: 5 }, () => ({ device, requestId: randomUUID() })),
    );
    const ask = () =>
      Promise.all(
        requests.map(async ({ device, requestId }) => {
          const { body } = await device.topUp(organisation.raffleEventId, undefined, requestId);
          return { allocations: body.allocations, validationBlocks: body.validationBlocks };
        }),
      );
    const first = await ask();
    const numbers = first.flatMap(numbersOf);
    const prefixes = first.flatMap(({ validationBlocks }) =>
      validationBlocks.map(({ prefix }) => prefix),
    );
    expect({ numbers: new Set(numbers).size, prefixes: new Set(prefixes).size }).toEqual({
      numbers: 2_000,
      prefixes: 20,
    });
    expect(await ask()).toEqual(first);
  });

  test('are dealt at random from the whole space until it is empty', async () => {
    const organisation = await createTestOrganisation(running, {
      profile: { ...TEST_PROFILE, numberMode: 'random' },
      numberPlan: {
        numberSpace: { from: 100, to: 350 },
        allocationSize: 100,
        validationBlockSize: 100,
      },
    });
    const [device] = await tills(organisation, 1);
    const answers = [];
    for (let round = 0; round < 3; round += 1) {
      answers.push((await device?.topUp(organisation.raffleEventId))?.body);
    }
    const numbers = answers.flatMap((answer) => (answer === undefined ? [] : numbersOf(answer)));
    const ascending = numbers.toSorted((left, right) => left - right);
    expect(ascending).toEqual(Array.from({ length: 250 }, (_, index) => 100 + index));
    expect(numbers).not.toEqual(ascending);
    expect(
      await device?.topUp(organisation.raffleEventId, {
        drawNumbersLeft: 0,
        validationNumbersLeft: 100,
      }),
    ).toMatchObject({
      status: 409,
      body: { code: 'allocation.exhausted' },
    });
  });

  test('of a random allocation are sold by index, and expanded to what was printed', async () => {
    const organisation = await createTestOrganisation(running, {
      profile: { ...TEST_PROFILE, numberMode: 'random' },
      numberPlan: {
        numberSpace: { from: 0, to: 1_000 },
        allocationSize: 50,
        validationBlockSize: 100,
      },
    });
    const [device] = await tills(organisation, 1);
    if (device === undefined) throw new Error('one till was made');
    const { body } = await device.topUp(organisation.raffleEventId);
    const journal = createTestJournal(device, organisation, body);
    journal.sell();
    expect(await uploadAll(device, journal)).toMatchObject({ verdicts: [{ verdict: 'accepted' }] });
    const sold = await running.query('SELECT draw_number FROM tickets ORDER BY draw_number');
    expect(sold.map((row) => row['draw_number'])).toEqual(
      numbersOf(body)
        .slice(0, 5)
        .toSorted((left, right) => left - right),
    );
    journal.sell((sale) => ({
      ...sale,
      orders: sale.orders.map((order) => ({
        ...order,
        numbers: order.numbers.map((part) => ({ ...part, indices: { from: 0, to: 5 } })),
      })),
    }));
    expect(await uploadAll(device, journal)).toMatchObject({
      verdicts: [{ reason: 'numbers-hash-differs' }],
    });
  });

  test('are not given to a till that has enough, or for a raffle event that does not sell', async () => {
    const organisation = await createTestOrganisation(running);
    const [device] = await tills(organisation, 1);
    const enough = await device?.topUp(organisation.raffleEventId, {
      drawNumbersLeft: 100,
      validationNumbersLeft: 500,
    });
    expect(enough).toMatchObject({ status: 409, body: { code: 'allocation.exhausted' } });
    await device?.topUp(organisation.raffleEventId);
    const none = await device?.topUp(organisation.raffleEventId, {
      drawNumbersLeft: 100,
      validationNumbersLeft: 500,
    });
    expect(none?.body).toMatchObject({ allocations: [], validationBlocks: [] });
    await changeTestState(running.central, organisation.raffleEventId, 'closed');
    expect(await device?.topUp(organisation.raffleEventId)).toMatchObject({
      status: 409,
      body: { code: 'raffle-event.not-selling' },
    });
    expect(await device?.topUp(randomUUID() as never)).toMatchObject({
      status: 404,
      body: { code: 'raffle-event.unknown' },
    });
  });
});

describe('the epoch', () => {
  test('stays while the database server is the same', async () => {
    expect([
      await ensureEpoch(running.central.database),
      await ensureEpoch(running.central.database),
    ]).toEqual([1, 1]);
  });

  test('after a restore, nothing is dealt before every till has reported or is skipped', async () => {
    const organisation = await createTestOrganisation(running);
    const [reporting, lost] = await tills(organisation, 2);
    if (reporting === undefined || lost === undefined) throw new Error('two tills were made');
    expect(await startEpoch(running.central.database, 'restored')).toBe(2);
    const awaited = { status: 409, body: { code: 'holdings.awaited' } };
    expect(await reporting.topUp(organisation.raffleEventId)).toMatchObject(awaited);
    const allocationId = randomUUID();
    const validationBlockId = randomUUID();
    const report = await reporting.call<{ epoch: number }>('POST', CENTRAL_ROUTES.holdings, {
      allocations: [
        {
          allocationId,
          raffleEventId: organisation.raffleEventId,
          indices: { from: 1_000, to: 1_500 },
          nextIndex: 1_200,
        },
      ],
      validationBlocks: [
        {
          validationBlockId,
          raffleEventId: organisation.raffleEventId,
          prefix: '10000041',
          nextSequence: 12,
        },
      ],
    });
    expect(report).toMatchObject({ status: 200, body: { epoch: 2 } });
    expect(await reporting.topUp(organisation.raffleEventId)).toMatchObject(awaited);
    await skipHoldings(running.central.database, 'user:supervisor', lost.rsuId, 300);
    const { body } = await reporting.topUp(organisation.raffleEventId);
    expect(body).toMatchObject({
      allocations: [{ indices: { from: 1_800, to: 1_900 } }],
      validationBlocks: [{ prefix: '10000342' }],
      epoch: 2,
    });
    expect(body.control.mirrorVersion).toMatch(/^2\./);
  });
});

describe('after a restore, a till is awaited', () => {
  const NOTHING = { allocations: [], validationBlocks: [] };
  const awaited = { status: 409, body: { code: 'holdings.awaited' } };

  async function enrolledAnew(device: TestDevice): Promise<TestDevice> {
    const expiresAt = new Date(running.central.now().getTime() + 60_000);
    const code = await issueEnrolmentCode(running.central, 'test', device.rsuId, expiresAt);
    return enrolledDevice(running.url, code);
  }

  test('although its RSU was enrolled anew since: nobody knows what it sold', async () => {
    const organisation = await createTestOrganisation(running);
    const [asking, broken] = await tills(organisation, 2);
    if (asking === undefined || broken === undefined) throw new Error('two tills were made');
    await startEpoch(running.central.database, 'restored');
    const replacement = await enrolledAnew(broken);
    await asking.call('POST', CENTRAL_ROUTES.holdings, NOTHING);
    await replacement.call('POST', CENTRAL_ROUTES.holdings, NOTHING);
    expect(await asking.topUp(organisation.raffleEventId)).toMatchObject(awaited);
    await skipHoldings(running.central.database, 'user:supervisor', broken.rsuId, 300);
    expect((await asking.topUp(organisation.raffleEventId)).body).toMatchObject({
      allocations: [{ indices: { from: 1_300, to: 1_400 } }],
    });
  });

  test('whichever device was the RSU earlier still, and speaks first', async () => {
    const organisation = await createTestOrganisation(running);
    const [former] = await tills(organisation, 1);
    if (former === undefined) throw new Error('one till was made');
    const present = await enrolledAnew(former);
    await startEpoch(running.central.database, 'restored');
    await former.call('POST', CENTRAL_ROUTES.holdings, NOTHING);
    expect(await present.topUp(organisation.raffleEventId)).toMatchObject(awaited);
    await present.call('POST', CENTRAL_ROUTES.holdings, NOTHING);
    expect((await present.topUp(organisation.raffleEventId)).status).toBe(200);
  });

  test('until its journal has brought the random numbers that it reported', async () => {
    const organisation = await createTestOrganisation(running, {
      profile: { ...TEST_PROFILE, numberMode: 'random' },
      numberPlan: { numberSpace: { from: 0, to: 20 }, allocationSize: 15, validationBlockSize: 50 },
    });
    const { raffleEventId } = organisation;
    const [asking, holding] = await tills(organisation, 2);
    if (asking === undefined || holding === undefined) throw new Error('two tills were made');
    await startEpoch(running.central.database, 'restored');
    const allocationId = randomUUID() as never;
    const indices = { from: 0, to: 10 };
    const numbers = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18];
    await asking.call('POST', CENTRAL_ROUTES.holdings, NOTHING);
    await holding.call('POST', CENTRAL_ROUTES.holdings, {
      allocations: [{ allocationId, raffleEventId, indices, nextIndex: 5 }],
      validationBlocks: [],
    });
    expect(await asking.topUp(raffleEventId)).toMatchObject(awaited);
    const journal = createTestJournal(holding, organisation, NOTHING);
    journal.append('numbers.received', {
      requestId: null,
      allocations: [{ mode: 'random', allocationId, raffleEventId, indices, numbers }],
      validationBlocks: [],
    });
    await uploadAll(holding, journal);
    const { body } = await asking.topUp(raffleEventId);
    expect(numbersOf(body).toSorted((one, other) => one - other)).toEqual([
      1, 3, 5, 7, 9, 11, 13, 15, 17, 19,
    ]);
    expect(
      await asking.topUp(raffleEventId, { drawNumbersLeft: 0, validationNumbersLeft: 50 }),
    ).toMatchObject({ status: 409, body: { code: 'allocation.exhausted' } });
  });
});

describe('numbers that a restore made the database forget', () => {
  test.each(['sequential', 'random'] as const)(
    'come back with the journal, and their sales count (%s)',
    async (numberMode) => {
      const organisation = await createTestOrganisation(running, {
        profile: { ...TEST_PROFILE, numberMode },
      });
      const [device] = await tills(organisation, 1);
      if (device === undefined) throw new Error('one till was made');
      const allocationId = randomUUID() as never;
      const validationBlockId = randomUUID() as never;
      const { raffleEventId } = organisation;
      const allocation =
        numberMode === 'sequential'
          ? { mode: numberMode, allocationId, raffleEventId, indices: { from: 1_000, to: 1_010 } }
          : {
              mode: numberMode,
              allocationId,
              raffleEventId,
              indices: { from: 0, to: 10 },
              numbers: [1009, 1005, 1007, 1001, 1003, 1000, 1002, 1004, 1006, 1008],
            };
      const block = {
        validationBlockId,
        raffleEventId,
        prefix: '10000077',
        size: 50,
        expiresAt: null,
      };
      const journal = createTestJournal(device, organisation, {
        allocations: [allocation],
        validationBlocks: [{ ...block, key: Buffer.alloc(32, 5).toString('base64') }],
      });
      const received = {
        requestId: null,
        allocations: [allocation],
        validationBlocks: [{ ...block, wrappedKey: '' }],
      };
      journal.append('numbers.received', received);
      journal.sell();
      expect((await uploadAll(device, journal)).verdicts).toMatchObject([
        { verdict: 'accepted' },
        { reason: 'number-outside-allocation' },
      ]);
      await startEpoch(running.central.database, 'restored');
      journal.append('numbers.received', received);
      journal.sell();
      expect((await uploadAll(device, journal)).verdicts).toMatchObject([
        { verdict: 'accepted' },
        { verdict: 'accepted' },
      ]);
    },
  );
});

describe('the mirror', () => {
  test('holds what a till needs, and nothing when the till has the newest', async () => {
    const organisation = await createTestOrganisation(running);
    const [device] = await tills(organisation, 1);
    const granted = await device?.topUp(organisation.raffleEventId);
    const answer = mirrorAnswerSchema.parse((await device?.mirror())?.body);
    expect(answer.mirror).toMatchObject({
      organisation: { name: 'Test organisation', licenceNumber: 'L-1', currency: 'CAD' },
      venue: { name: 'Test arena', timeZone: 'America/Vancouver' },
      rsu: { name: 'Till 1' },
      raffleEvents: [
        {
          raffleEventId: organisation.raffleEventId,
          state: 'active',
          packages: [
            { numberCount: 5, price: { minor: 1_000, currency: 'CAD' } },
            { numberCount: 40, price: { minor: 2_000, currency: 'CAD' } },
          ],
          prizes: [
            { award: { kind: 'percentage', hundredthsOfPercent: 5_000, cap: { minor: 100_000 } } },
          ],
          profile: TEST_PROFILE,
        },
      ],
      operators: [{ operatorId: organisation.operatorId, number: '11', role: 'seller' }],
      allocations: granted?.body.allocations,
      validationBlocks: granted?.body.validationBlocks,
      resolutions: [],
    });
    const again = await device?.mirror(answer.control.mirrorVersion);
    expect(again?.body).toMatchObject({ mirror: null, control: answer.control });
  });

  test('tells what became of orders once, unless the epoch has changed', async () => {
    const organisation = await createTestOrganisation(running);
    const [device] = await tills(organisation, 1);
    if (device === undefined) throw new Error('one till was made');
    const journal = createTestJournal(
      device,
      organisation,
      (await device.topUp(organisation.raffleEventId)).body,
    );
    journal.sell();
    journal.sell();
    await uploadAll(device, journal);
    const [old, recent] = [randomUUID(), randomUUID()];
    await running.query(
      `INSERT INTO journal_quarantine (chain_id, seq, hash, rsu_id, reason, explanation, order_ids,
         quarantined_at)
       SELECT chain_id, seq, hash, $4, 'not-readable', 'for this test',
         CASE seq WHEN 1 THEN $2::UUID[] ELSE $3::UUID[] END,
         CASE seq WHEN 1 THEN now() - interval '2 hours' ELSE now() END
       FROM journal_entries WHERE chain_id = $1 AND seq <= 2`,
      [device.chainId, [old], [recent], device.rsuId],
    );
    const resolutionsOf = async (since?: string, resolutionsSince?: string) => {
      const { body } = await device.mirror(since, resolutionsSince);
      return body.mirror?.resolutions.map(({ orderId, outcome }) => [orderId, outcome]);
    };
    const { asOf, mirrorVersion } = (await device.mirror()).body.mirror ?? {};
    const [epoch] = mirrorVersion?.split('.') ?? [];
    const known = `${epoch}.0`;
    expect(await resolutionsOf()).toEqual([
      [old, 'under-review'],
      [recent, 'under-review'],
    ]);
    expect(await resolutionsOf(known, asOf)).toEqual([[recent, 'under-review']]);
    expect(await resolutionsOf(`${Number(epoch) + 1}.0`, asOf)).toHaveLength(2);
    expect(await resolutionsOf(mirrorVersion, asOf)).toBeUndefined();
    await running.query(
      `UPDATE journal_quarantine SET state = 'accepted', resolved_at = now(), resolved_by = 'test'
       WHERE seq = 1`,
    );
    expect(await resolutionsOf(known, asOf)).toEqual([
      [old, 'accepted'],
      [recent, 'under-review'],
    ]);
  });

  test('rises with every change that a till must know, and not with sales', async () => {
    const organisation = await createTestOrganisation(running);
    const [device] = await tills(organisation, 1);
    if (device === undefined) throw new Error('one till was made');
    const { body } = await device.topUp(organisation.raffleEventId);
    const version = async () =>
      Number((await device.mirror()).body.control.mirrorVersion.split('.')[1]);
    const before = await version();
    const journal = createTestJournal(device, organisation, body);
    journal.sell();
    await uploadAll(device, journal);
    await foldTotals(running.central.database);
    expect(await version()).toBe(before);
    for (const change of [
      `UPDATE operators SET is_enabled = FALSE`,
      `UPDATE venues SET name = 'Other'`,
      `UPDATE raffle_events SET state = 'suspended'`,
      `UPDATE operator_credentials SET changed_at = now()`,
    ]) {
      const last = await version();
      await running.query(change);
      expect(await version(), change).toBeGreaterThan(last);
    }
    expect(await running.query('SELECT total_sold FROM raffle_events')).toEqual([
      { total_sold: 5 },
    ]);
  });

  test('wakes the stream of a till, whichever API process made the change', async () => {
    const organisation = await createTestOrganisation(running);
    const [device] = await tills(organisation, 1);
    if (device === undefined) throw new Error('one till was made');
    const other = await running.startAnother();
    const response = await fetch(other.url + rsuPath(CENTRAL_ROUTES.stream, device.rsuId), {
      headers: { authorization: `Bearer ${device.token}` },
    });
    const events = readEvents(response);
    expect(await events.next()).toMatchObject({ raffleEvents: [{ state: 'active' }] });
    await changeTestState(running.central, organisation.raffleEventId, 'suspended');
    expect(await events.next()).toMatchObject({ raffleEvents: [{ state: 'suspended' }] });
    await setRsuEnabled(running.central, 'test', device.rsuId, false);
    expect(await events.next()).toMatchObject({ deviceState: 'disabled' });
    await other.stop();
    expect(await events.next()).toBeUndefined();
  });
});

test('a heartbeat is kept, and answered with the jackpot under its cap', async () => {
  const organisation = await createTestOrganisation(running);
  const [device] = await tills(organisation, 1);
  if (device === undefined) throw new Error('one till was made');
  const { body } = await device.topUp(organisation.raffleEventId);
  const journal = createTestJournal(device, organisation, body);
  for (let sale = 0; sale < 3; sale += 1) journal.sell();
  await uploadAll(device, journal);
  const heartbeat = {
    software: { version: '1', checksum: sha256('software') },
    raffleEventId: organisation.raffleEventId,
    operatorId: organisation.operatorId,
    headSeq: 3,
    headHash: journal.entries[2]?.hash,
    unsentEntries: 0,
    totals: { orderCount: 3, grossMinor: 3_000 },
  };
  const answer = await device.call<HeartbeatAnswer>('POST', CENTRAL_ROUTES.heartbeats, heartbeat);
  expect(answer.body.jackpot).toMatchObject({ prizeMinor: 1_500, currency: 'CAD' });
  expect(await running.query('SELECT report FROM rsu_heartbeats')).toEqual([{ report: heartbeat }]);
});

/** Reads server-sent events one by one; `undefined` once the stream has ended. */
function readEvents(response: Response): { next(): Promise<unknown> } {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const event = text.slice(0, end);
          text = text.slice(end + 2);
          const data = /^event: control\ndata: (.*)$/.exec(event)?.[1];
          if (data !== undefined) return JSON.parse(data) as unknown;
          continue;
        }
        const chunk = await reader?.read();
        if (chunk?.value === undefined) return undefined;
        text += chunk.value;
      }
    },
  };
}
