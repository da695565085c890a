import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCommand } from '#shared/contract/mirror/commands.ts';
import type { JurisdictionProfile } from '#shared/contract/mirror/jurisdiction-profile.ts';
import type { Allocation } from '#shared/contract/mirror/numbers.ts';
import type { CommandId } from '#shared/kernel/ids.ts';
import {
  type PeopleCentral,
  startPeopleCentral,
  type TestPerson,
} from '#test/helpers/central/people.ts';
import {
  createTestOrganisation,
  createTestRsu,
  TEST_PROFILE,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import { enrolledDevice, type TestDevice, uploadAll } from '#test/helpers/central/test-device.ts';
import { createTestJournal } from '#test/helpers/central/test-journal.ts';

let running: PeopleCentral;

beforeAll(async () => {
  running = await startPeopleCentral();
});

afterAll(() => running.stop());

async function organisationOf(
  eventIdentifier: string,
  numberMode: JurisdictionProfile['numberMode'] = 'sequential',
): Promise<TestOrganisation> {
  return createTestOrganisation(running, {
    eventIdentifier,
    profile: { ...TEST_PROFILE, numberMode },
    numberPlan: {
      numberSpace: { from: 1_000, to: 1_200 },
      allocationSize: 100,
      validationBlockSize: 1_000,
    },
  });
}

async function till(organisation: TestOrganisation, name: string): Promise<TestDevice> {
  const { code } = await createTestRsu(running, organisation, name);
  return enrolledDevice(running.url, code);
}

function numbersOf(allocation: Allocation): number[] {
  const { indices } = allocation;
  return allocation.mode === 'random'
    ? allocation.numbers
    : Array.from({ length: indices.to - indices.from }, (_, index) => indices.from + index);
}

describe.each(['sequential', 'random'] as const)('%s numbers given back', (mode) => {
  test('are dealt again when the pool is empty, and never what was sold', async () => {
    const organisation = await organisationOf(`RETURN-${mode}`, mode);
    const { raffleEventId } = organisation;
    const giver = await till(organisation, `giver ${mode}`);
    const taker = await till(organisation, `taker ${mode}`);
    const held = (await giver.topUp(raffleEventId)).body;
    const [allocation] = held.allocations;
    if (allocation === undefined) throw new Error('numbers were dealt');
    const journal = createTestJournal(giver, organisation, held);
    journal.sell();
    const { allocationId, indices } = allocation;
    journal.append('allocation.returned', { raffleEventId, allocationId, from: indices.from + 4 });
    journal.append('allocation.returned', { raffleEventId, allocationId, from: indices.from + 5 });
    journal.append('allocation.returned', { raffleEventId, allocationId, from: indices.from + 5 });
    journal.sell();
    expect((await uploadAll(giver, journal)).verdicts).toMatchObject([
      { verdict: 'accepted' },
      { verdict: 'quarantined', detail: 'numbers are not given back: sold-already' },
      { verdict: 'accepted' },
      { verdict: 'quarantined' },
      { verdict: 'quarantined' },
    ]);
    expect((await giver.mirror()).body.mirror?.allocations).toEqual([]);
    const dealt: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const { body } = await taker.topUp(raffleEventId);
      dealt.push(...(body.allocations ?? []).flatMap(numbersOf));
    }
    const sold = numbersOf(allocation).slice(0, 5);
    expect([...dealt, ...sold].toSorted((left, right) => left - right)).toEqual(
      Array.from({ length: 200 }, (_, index) => 1_000 + index),
    );
    const [kept] = await running.query(
      `SELECT state, tickets_sold, tickets_available, returned_from - start_number AS kept
       FROM rsu_allocations WHERE id = $1`,
      [allocationId],
    );
    expect(kept).toEqual({ state: 'released', tickets_sold: 5, tickets_available: 0, kept: 5 });
  });

  test('are all that is dealt then: what was left out after a restore stays out', async () => {
    const organisation = await organisationOf(`SKIPPED-${mode}`, mode);
    const { raffleEventId } = organisation;
    const device = await till(organisation, `skipped ${mode}`);
    const held = (await device.topUp(raffleEventId)).body;
    await running.query(
      'UPDATE raffle_event_number_pools SET next_number = end_number WHERE raffle_event_id = $1',
      [raffleEventId],
    );
    const left = { drawNumbersLeft: 0, validationNumbersLeft: 1_000 };
    const exhausted = { status: 409, body: { code: 'allocation.exhausted' } };
    expect(await device.topUp(raffleEventId, left)).toMatchObject(exhausted);
    const journal = createTestJournal(device, organisation, held);
    const [allocation] = held.allocations;
    if (allocation === undefined) throw new Error('numbers were dealt');
    const { allocationId, indices } = allocation;
    journal.append('allocation.returned', { raffleEventId, allocationId, from: indices.from });
    await uploadAll(device, journal);
    const again = (await device.topUp(raffleEventId, left)).body.allocations.flatMap(numbersOf);
    const sorted = (numbers: readonly number[]) => numbers.toSorted((one, two) => one - two);
    expect(sorted(again)).toEqual(sorted(numbersOf(allocation)));
    expect(await device.topUp(raffleEventId, left)).toMatchObject(exhausted);
  });

  test('by a device that is enrolled no more stay its own', async () => {
    const organisation = await organisationOf(`FORMER-${mode}`, mode);
    const { raffleEventId } = organisation;
    const former = await till(organisation, `former ${mode}`);
    const held = (await former.topUp(raffleEventId)).body;
    const [allocation] = held.allocations;
    if (allocation === undefined) throw new Error('numbers were dealt');
    await running.query(`UPDATE chains SET state = 'superseded' WHERE id = $1`, [former.chainId]);
    const journal = createTestJournal(former, organisation, held);
    const { allocationId, indices } = allocation;
    journal.append('allocation.returned', { raffleEventId, allocationId, from: indices.from });
    expect((await uploadAll(former, journal)).verdicts).toMatchObject([{ verdict: 'accepted' }]);
    expect(
      await running.query('SELECT returned_from FROM rsu_allocations WHERE id = $1', [
        allocationId,
      ]),
    ).toEqual([{ returned_from: null }]);
  });
});

describe('a command', () => {
  let organisation: TestOrganisation;
  let admin: TestPerson;

  beforeAll(async () => {
    organisation = await organisationOf('COMMANDS');
    admin = await running.asPerson(organisation.organisationId, 'admin');
  });

  async function tell(device: TestDevice, kind: string, text: string): Promise<CommandId> {
    const { body } = await admin.send<{ results: { commandId: CommandId }[] }>(
      'POST',
      '/v1/organisations/:organisationId/rsu-commands',
      { rsuIds: [device.rsuId], kind, text },
    );
    return body.results[0]?.commandId as CommandId;
  }

  async function stateOf(device: TestDevice) {
    const { body } = await admin.get<{ items: { state: string; answerReason: string | null }[] }>(
      `/v1/organisations/:organisationId/rsu-commands?rsuId=${device.rsuId}`,
    );
    return body.items.map(({ state, answerReason }) => [state, answerReason]);
  }

  test('comes with the mirror until it is answered, and the answer with the journal', async () => {
    const device = await till(organisation, 'told');
    const before = (await device.mirror()).body.control.mirrorVersion;
    const commandId = await tell(device, 'come-home', 'The doors close');
    const { body } = await device.mirror(before);
    expect(body.mirror?.commands?.map(readCommand)).toEqual([
      { kind: 'come-home', text: 'The doors close' },
    ]);
    const held = (await device.topUp(organisation.raffleEventId)).body;
    const journal = createTestJournal(device, organisation, held);
    journal.append('command.answered', { commandId, answer: 'seen', reason: null });
    const strange = randomUUID() as string as CommandId;
    journal.append('command.answered', { commandId: strange, answer: 'done', reason: null });
    expect((await uploadAll(device, journal)).verdicts).toMatchObject([
      { verdict: 'accepted' },
      { verdict: 'accepted' },
    ]);
    expect(await stateOf(device)).toEqual([['seen', null]]);
    expect((await device.mirror()).body.mirror?.commands).toEqual([]);
  });

  test('is answered by its own till only', async () => {
    const device = await till(organisation, 'mine');
    const other = await till(organisation, 'not mine');
    const commandId = await tell(device, 'message', 'Hello');
    const journal = createTestJournal(other, organisation, {
      allocations: [],
      validationBlocks: [],
    });
    journal.append('command.answered', { commandId, answer: 'refused', reason: 'no' });
    await uploadAll(other, journal);
    expect(await stateOf(device)).toEqual([['open', null]]);
  });

  test('to be disabled is done when the till says that it is', async () => {
    const device = await till(organisation, 'disabled');
    await tell(device, 'disable', 'Wrong place');
    const journal = createTestJournal(device, organisation, {
      allocations: [],
      validationBlocks: [],
    });
    journal.append('control.received', { deviceState: 'disabled', raffleEvents: [] });
    await uploadAll(device, journal);
    expect(await stateOf(device)).toEqual([['done', null]]);
  });

  test('of a kind that this program does not know says nothing', () => {
    expect(
      readCommand({
        commandId: randomUUID() as string as CommandId,
        issuedAt: '2026-01-01T00:00:00.000Z' as never,
        body: { kind: 'dance' },
      }),
    ).toBeUndefined();
  });
});
