import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalIssuer, startLocalIssuer } from '#central/development/local-issuer.ts';
import { type OpenCentral, openCentral } from '#central/open-central.ts';
import type { AllocationAnswer } from '#shared/contract/central/allocations.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { CENTRAL_ROUTES, rsuPath } from '#shared/contract/central/routes.ts';
import { addTestMember, signedIn, type TestPerson } from '#test/helpers/central/people.ts';
import { type CentralProcess, startCentralProcess } from '#test/helpers/central/started-program.ts';
import {
  createTestOrganisation,
  createTestRsu,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import {
  createTestDatabase,
  queryDatabase,
  type TestDatabase,
} from '#test/helpers/central/test-database.ts';
import {
  createTestDevice,
  enrolledDevice,
  type TestDevice,
} from '#test/helpers/central/test-device.ts';
import { createTestJournal } from '#test/helpers/central/test-journal.ts';

const PROGRAM = new URL('fixtures/central-main.ts', import.meta.url);

let database: TestDatabase;
let issuer: LocalIssuer;
let processes: readonly [CentralProcess, CentralProcess];
let open: OpenCentral;
let organisation: TestOrganisation;
let supervisor: readonly [TestPerson, TestPerson];

beforeAll(async () => {
  database = await createTestDatabase();
  issuer = await startLocalIssuer();
  const serverKey = new Uint8Array(32).fill(7);
  open = await openCentral({ databaseUrl: database.url, serverKey, isDemo: false });
  organisation = await createTestOrganisation(open);
  const { organisationId } = organisation;
  const args = [database.url, issuer.issuer, issuer.audience];
  processes = await Promise.all([
    startCentralProcess(args, {}, PROGRAM),
    startCentralProcess(args, {}, PROGRAM),
  ]);
  await addTestMember({ query }, organisationId, 'admin', 'admin');
  const [first, second] = processes;
  supervisor = [
    await signedIn({ ...open, url: first.url }, issuer, 'admin', organisationId),
    await signedIn({ ...open, url: second.url }, issuer, 'admin', organisationId),
  ];
});

afterAll(async () => {
  for (const each of processes) await each.stop();
  await open.close();
  await issuer.close();
  await database.drop();
});

function query(text: string, values: readonly unknown[] = []) {
  return queryDatabase(database.url, text, values);
}

/** The same device, speaking to the other process. */
function through(url: string, device: TestDevice): TestDevice {
  const same = createTestDevice(url);
  return Object.assign(same, { rsuId: device.rsuId, token: device.token, chainId: device.chainId });
}

async function newDevice(name: string): Promise<TestDevice> {
  const { code } = await createTestRsu(open, organisation, name);
  return enrolledDevice(processes[0].url, code);
}

describe('two API processes on one database', () => {
  test('a till enrolled at one signs in with a nonce of it at the other, and its token counts at both', async () => {
    const device = await newDevice('Signs in');
    const assertion = await device.assertion(await device.nonce());
    const elsewhere = through(processes[1].url, device);
    const signedInThere = await elsewhere.signIn(assertion);
    const again = await device.signIn(assertion);
    expect([signedInThere.status, again.status]).toEqual([200, 401]);
    expect([
      (await device.mirror()).status,
      (await elsewhere.mirror()).status,
      (await through(processes[0].url, elsewhere).mirror()).status,
    ]).toEqual([200, 200, 200]);
  });

  test('a change made at one wakes the stream at the other', async () => {
    const device = await newDevice('Listens');
    const stream = await fetch(processes[1].url + rsuPath(CENTRAL_ROUTES.stream, device.rsuId), {
      headers: { authorization: `Bearer ${device.token}` },
    });
    const states: unknown[] = [];
    let text = '';
    for await (const chunk of stream.body ?? []) {
      text += new TextDecoder().decode(chunk);
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data !== undefined)
          states.push((JSON.parse(data) as { deviceState: string }).deviceState);
      }
      if (states.at(-1) === 'disabled') break;
      if (states.length === 1) {
        const disabled = await supervisor[0].send('POST', PEOPLE_ROUTES.rsuStandings, {
          change: 'disable',
          rsuIds: [device.rsuId],
          reason: 'a test',
        });
        expect(disabled.status).toBe(200);
      }
    }
    expect([states[0], states.at(-1)]).toEqual(['enabled', 'disabled']);
  });

  test('a command sent to both at once under one key is done once, with one answer', async () => {
    const member = { subject: `twice-${randomUUID()}`, displayName: 'Once', role: 'operator' };
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(
      supervisor.map((person) => person.send('POST', PEOPLE_ROUTES.members, member, headers)),
    );
    const [first, second] = answers;
    expect([first?.status, second?.status, second?.body]).toEqual([201, 201, first?.body]);
    expect(
      await query('SELECT count(*)::INT AS people FROM users WHERE cognito_sub = $1', [
        member.subject,
      ]),
    ).toEqual([{ people: 1 }]);
  });

  test('numbers asked for at both never overlap, and one request gets the same ones at both', async () => {
    const devices = await Promise.all(
      Array.from({ length: 6 }, (_, index) => newDevice(`Sells ${index}`)),
    );
    const everywhere = devices.flatMap((device) =>
      processes.map(({ url }) => through(url, device)),
    );
    const rounds = await Promise.all(
      everywhere.map(async (device, index) => {
        // Both of a pair repeat one request, as a till does whose answer was lost.
        const requestId = `00000000-0000-4000-8000-${String(Math.floor(index / 2)).padStart(12, '0')}`;
        return device.topUp(organisation.raffleEventId, undefined, requestId);
      }),
    );
    expect(rounds.map(({ status }) => status)).toEqual(rounds.map(() => 200));
    const ranges = rounds.map(({ body }) => rangesOf(body));
    for (let index = 0; index < ranges.length; index += 2) {
      expect(ranges[index]).toEqual(ranges[index + 1]);
    }
    const dealt = ranges.filter((_, index) => index % 2 === 0).flat();
    const numbers = dealt.flatMap(({ from, to }) =>
      Array.from({ length: to - from }, (_, place) => from + place),
    );
    expect([dealt.length > 0, new Set(numbers).size]).toEqual([true, numbers.length]);
  });

  test('the same entries sent to both at once are one sale', async () => {
    const device = await newDevice('Sends twice');
    const { body } = await device.topUp(organisation.raffleEventId);
    const journal = createTestJournal(device, organisation, body);
    journal.sell(undefined, 3);
    const entries = journal.takeUnsent();
    const answers = await Promise.all(
      processes.map(({ url }) => through(url, device).upload(entries)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(
      await query('SELECT count(*)::INT AS orders FROM orders WHERE chain_id = $1', [
        device.chainId,
      ]),
    ).toEqual([{ orders: 3 }]);
  });

  test('when one is killed, the other goes on with its tills', async () => {
    const device = await newDevice('Stays');
    await processes[0].kill();
    const elsewhere = through(processes[1].url, device);
    const { status, body } = await elsewhere.topUp(organisation.raffleEventId);
    const journal = createTestJournal(device, organisation, body);
    journal.sell();
    const uploaded = await elsewhere.upload(journal.takeUnsent());
    expect([status, uploaded.status, uploaded.body.highWaterSeq]).toEqual([200, 200, 1]);
  });
});

function rangesOf({ allocations }: AllocationAnswer) {
  return allocations.map(({ indices }) => indices);
}
