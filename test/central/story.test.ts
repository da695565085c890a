import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEpoch } from '#central/modules/epoch/service.ts';
import { REPORT_NAMES } from '#shared/contract/central/people/reports.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import { centralFingerprint } from '#shared/domain/central-proof.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import { type CuttableLink, openLink } from '#test/helpers/central/cuttable-link.ts';
import {
  type PeopleCentral,
  signedIn,
  startPeopleCentral,
  type TestPerson,
} from '#test/helpers/central/people.ts';
import { type RealTill, startRealTill } from '#test/helpers/central/real-till.ts';
import { TEST_PROFILE, type TestOrganisation } from '#test/helpers/central/test-central.ts';
import {
  enrolledDevice,
  sha256,
  type TestDevice,
  uploadAll,
} from '#test/helpers/central/test-device.ts';
import { createTestJournal, type TestJournal } from '#test/helpers/central/test-journal.ts';

/**
 * One evening, from an organisation to a paid prize, made with the calls of the API and real tills.
 * Each test goes on where the one before ended.
 */

const LONGEST_MS = 240_000;
const ORGANISATION = '/v1/organisations/:organisationId';

/** Tables without a row at the end, each with the reason. */
const MAY_BE_EMPTY: Readonly<Record<string, string>> = {};

let running: PeopleCentral;
let platform: TestPerson;
let admin: TestPerson;
let supervisor: TestPerson;
let secondSupervisor: TestPerson;
let operator: TestPerson;

let organisation: TestOrganisation;
/** The part of a path below which the raffle event's calls are. */
let path: string;
const rsuIds: Record<string, string> = {};

/** On line all evening, next to the supervisors. */
let first: RealTill;
/** Off line for half of its sales, and when the sales are ended. */
let second: RealTill;
let secondLink: CuttableLink;
/** Sells at a wrong price, is lost before the end, and back after the draw. */
let third: TestDevice;
let thirdJournal: TestJournal;

beforeAll(async () => {
  running = await startPeopleCentral();
  platform = await running.asPlatformAdministrator();
});

afterAll(async () => {
  await first.remove();
  await second.remove();
  await secondLink.close();
  await running.stop();
}, LONGEST_MS);

type Sent = Readonly<Record<string, unknown>>;

/** Sends a command and gives its answer; throws if it is refused. */
async function send<Body = Sent>(
  person: TestPerson,
  method: 'POST' | 'PUT' | 'PATCH',
  where: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Body> {
  const withKey = { 'idempotency-key': randomUUID(), ...headers };
  const answer = await person.send<Body>(method, where, body, withKey);
  if (answer.status >= 300) throw new Error(`${method} ${where}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function get<Body = Sent>(person: TestPerson, where: string): Promise<Body> {
  const answer = await person.get<Body>(where);
  if (answer.status !== 200) throw new Error(`GET ${where}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + LONGEST_MS / 2;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await sleep(100);
  }
}

async function member(role: string): Promise<TestPerson> {
  const subject = `${role}-${randomUUID()}`;
  const { organisationId } = organisation;
  await send(admin, 'POST', `${ORGANISATION}/members`, { subject, displayName: role, role });
  return signedIn(running, running.issuer, subject, organisationId);
}

async function stateOfTheEvent(): Promise<unknown> {
  return (await get(supervisor, path))['state'];
}

async function enrolmentCode(rsuId: string): Promise<string> {
  const { results } = await send<{ results: readonly { code: string }[] }>(
    supervisor,
    'POST',
    `${ORGANISATION}/rsu-enrolment-codes`,
    { rsuIds: [rsuId] },
  );
  return results[0]?.code ?? '';
}

async function openTill(name: string, address: string): Promise<RealTill> {
  const till = await startRealTill();
  await till.run('enrolment.begin', {
    address,
    code: await enrolmentCode(rsuIds[name] ?? ''),
    fingerprint: centralFingerprint(running.central.identity.publicKey),
  });
  await till.until('a raffle event', ({ selling }) => selling !== null);
  return till;
}

describe('an evening', { timeout: LONGEST_MS }, () => {
  test('an organisation is founded, with its people and its hall', async () => {
    const { revision, settings } = await get<{ revision: string; settings: object }>(
      platform,
      '/v1/system/configuration',
    );
    await send(
      platform,
      'POST',
      '/v1/system/configurations',
      { settings: { ...settings, failedValidationsBeforeDisabling: 3 }, reason: 'stricter' },
      { 'if-match': `"${revision}"` },
    );
    const { organisationId } = await send<{ organisationId: TestOrganisation['organisationId'] }>(
      platform,
      'POST',
      '/v1/organisations',
      {
        name: 'Harbour City Youth Hockey',
        licenceNumber: 'L-2026-1',
        currency: 'CAD',
        admin: { subject: 'the-admin', displayName: 'Ada' },
      },
    );
    organisation = { organisationId } as TestOrganisation;
    admin = await signedIn(running, running.issuer, 'the-admin', organisationId);
    supervisor = await member('supervisor');
    secondSupervisor = await member('supervisor');
    operator = await member('operator');
    const { venueId } = await send<{ venueId: TestOrganisation['venueId'] }>(
      admin,
      'POST',
      `${ORGANISATION}/venues`,
      {
        name: 'Harbour Arena',
        description: null,
        address: { street: '1 Quay', city: 'Vancouver', state: 'BC', zipCode: null, country: 'CA' },
        capacity: 5_000,
        timeZone: 'America/Vancouver',
      },
    );
    const seller = { badge: null, role: 'seller', isSpare: false };
    const { operator: made } = await send<{
      operator: { operatorId: TestOrganisation['operatorId'] };
    }>(admin, 'POST', `${ORGANISATION}/operators`, {
      ...seller,
      displayName: 'Sam',
      number: '11',
      pin: '4711',
    });
    const { operator: spare } = await send<{ operator: { operatorId: string } }>(
      admin,
      'POST',
      `${ORGANISATION}/operators`,
      { ...seller, displayName: 'Spare 1', number: '12', pin: null, isSpare: true },
    );
    await send(admin, 'POST', `${ORGANISATION}/operators/${spare.operatorId}/bindings`, {
      realName: 'Robin',
    });
    organisation = { ...organisation, venueId, operatorId: made.operatorId };
  });

  test('a raffle event is made from templates, and started', async () => {
    const { packageTemplateId } = await send(admin, 'POST', `${ORGANISATION}/package-templates`, {
      name: '5 numbers',
      description: null,
      numberCount: 5,
      priceMinor: 1_000,
      displayOrder: 1,
    });
    const { prizeTemplateId } = await send(admin, 'POST', `${ORGANISATION}/prize-templates`, {
      name: 'Half',
      description: null,
      award: { kind: 'percentage', hundredthsOfPercent: 5_000, capMinor: 1_000_000 },
    });
    const draw = { drawnNumberStaysIn: false, hasPrintedCounterfoils: true };
    const { profileId } = await send(admin, 'POST', `${ORGANISATION}/jurisdiction-profiles`, {
      profile: { ...TEST_PROFILE, draw },
    });
    const now = running.central.now().getTime();
    const at = (hours: number) => instantFromEpoch(now + hours * 3_600_000);
    const draft = {
      name: 'Saturday night',
      eventIdentifier: 'SATURDAY-1',
      venueId: organisation.venueId,
      configuration: { salesStart: at(-1), salesEnd: at(4), drawAt: null, licenceNumber: null },
      numberPlan: {
        numberSpace: { from: 1_000, to: 21_000 },
        allocationSize: 50,
        validationBlockSize: 1_000,
      },
      profile: { kind: 'kept', profileId },
      packages: [{ kind: 'template', packageTemplateId }],
      prizes: [{ kind: 'template', prizeTemplateId, winnerCount: 2 }],
    };
    const made = await send<{
      raffleEventId: TestOrganisation['raffleEventId'];
      packages: readonly { packageId: TestOrganisation['packageIds'][0] }[];
    }>(admin, 'POST', `${ORGANISATION}/raffle-events`, draft);
    const { raffleEventId } = made;
    const packageId = made.packages[0]?.packageId;
    if (packageId === undefined) throw new Error('a package was made');
    organisation = { ...organisation, raffleEventId, packageIds: [packageId, packageId] };
    path = `${ORGANISATION}/raffle-events/${raffleEventId}`;
    await send(admin, 'POST', `${path}/state-changes`, { to: 'active', reason: 'doors open' });
    expect(await stateOfTheEvent()).toBe('active');

    // In the other hall numbers are dealt at random.
    const elsewhere = await send(admin, 'POST', `${ORGANISATION}/venues`, {
      name: 'Small hall',
      description: null,
      address: null,
      capacity: null,
      timeZone: 'America/Vancouver',
    });
    const random = await send(admin, 'POST', `${ORGANISATION}/raffle-events`, {
      ...draft,
      eventIdentifier: 'SATURDAY-2',
      venueId: elsewhere['venueId'],
      profile: { kind: 'own', profile: { ...TEST_PROFILE, numberMode: 'random' } },
    });
    const randomId = random['raffleEventId'] as TestOrganisation['raffleEventId'];
    await send(admin, 'POST', `${ORGANISATION}/raffle-events/${randomId}/state-changes`, {
      to: 'active',
      reason: 'doors open',
    });
    await registerTill('Small hall', elsewhere['venueId']);
    const device = await enrolledDevice(
      running.url,
      await enrolmentCode(rsuIds['Small hall'] ?? ''),
    );
    expect((await device.topUp(randomId)).body.allocations).toMatchObject([{ mode: 'random' }]);
  });

  async function registerTill(name: string, venueId: unknown): Promise<void> {
    const deviceIdentifier = name.replace(' ', '-').toLowerCase();
    const { results } = await send<{ results: readonly { rsuId: string }[] }>(
      supervisor,
      'POST',
      `${ORGANISATION}/rsus`,
      { rsus: [{ name, deviceIdentifier, venueId }] },
    );
    rsuIds[name] = results[0]?.rsuId ?? '';
    await send(supervisor, 'POST', `${ORGANISATION}/rsu-standings`, {
      change: 'enable',
      rsuIds: [rsuIds[name]],
      reason: 'for tonight',
    });
  }

  test('three tills are handed out and sell, one of them off line', async () => {
    for (const name of ['First', 'Second', 'Third']) {
      await registerTill(name, organisation.venueId);
    }
    await send(supervisor, 'POST', `${ORGANISATION}/rsu-assignments`, {
      till: 'first',
      badge: '11',
      section: 'East',
      floatMinor: 10_000,
    });
    secondLink = await openLink(running.url);
    first = await openTill('First', running.url);
    second = await openTill('Second', secondLink.url);
    third = await enrolledDevice(running.url, await enrolmentCode(rsuIds['Third'] ?? ''));
    const { body } = await third.topUp(organisation.raffleEventId);
    thirdJournal = createTestJournal(third, organisation, body);
    await send(supervisor, 'POST', `${ORGANISATION}/rsu-commands`, {
      rsuIds: [rsuIds['First']],
      kind: 'message',
      text: 'Good luck',
    });
    const identification = { method: 'number', number: '11' } as const;
    for (const till of [first, second]) {
      await till.run('session.change-pin', { identification, pin: '4711', newPin: '2580' });
      for (let sale = 0; sale < 4; sale += 1) await till.sell('5 numbers');
      await till.until('all to be sent', ({ sync }) => sync?.isAllSent === true);
    }
    secondLink.cut();
    await second.until('being off line', ({ sync }) => sync?.isOnline === false);
    for (let sale = 0; sale < 4; sale += 1) await second.sell('5 numbers');
    thirdJournal.sell(undefined, 2);
    await uploadAll(third, thirdJournal);
    const { orders } = await send<{ orders: readonly unknown[] }>(
      admin,
      'POST',
      `${path}/online-orders`,
      {
        lines: [{ packageId: organisation.packageIds[0], count: 2 }],
        totalMinor: 2_000,
        paymentReference: 'web-1',
      },
    );
    expect(orders).toHaveLength(2);
  });

  test('a sale at a wrong price waits for a person, who accepts it', async () => {
    const wrong = 900 as never;
    thirdJournal.sell((sale) => ({
      ...sale,
      totalMinor: wrong,
      orders: sale.orders.map((order) => ({ ...order, amountMinor: wrong })),
      payments: sale.payments.map((each) => ({
        ...each,
        amountMinor: wrong,
        tenderedMinor: wrong,
      })),
    }));
    await uploadAll(third, thirdJournal);
    const { items } = await get<{ items: readonly { quarantineId: string; reason: string }[] }>(
      supervisor,
      `${ORGANISATION}/quarantine?state=open`,
    );
    expect(items).toMatchObject([{ reason: 'amount-differs' }]);
    const entry = `${ORGANISATION}/quarantine/${items[0]?.quarantineId}`;
    await send(supervisor, 'POST', `${entry}/resolution`, {
      outcome: 'accept',
      reason: 'the last ticket of a roll, sold for 9.00',
    });
  });

  test('an order of the web is voided and paid back by two people', async () => {
    const { items } = await get<{ items: readonly { orderId: string }[] }>(
      supervisor,
      `${ORGANISATION}/orders?source=online`,
    );
    const { voidRequestId } = await send(
      supervisor,
      'POST',
      `${ORGANISATION}/orders/${items[0]?.orderId}/void-requests`,
      { reason: 'changed-mind', note: 'asked by e-mail' },
    );
    await send(
      secondSupervisor,
      'POST',
      `${ORGANISATION}/void-requests/${voidRequestId}/decision`,
      {
        decision: 'approved',
        note: 'within the hour',
        refund: { amountMinor: 1_000, method: 'online', paidBackBy: 'web-1', note: '' },
      },
    );
    const { items: voided } = await get<{ items: readonly unknown[] }>(
      supervisor,
      `${ORGANISATION}/orders?source=online&state=voided`,
    );
    expect(voided).toHaveLength(1);
  });

  test('one till is lost, with sales that nobody has heard of: two people give it up', async () => {
    thirdJournal.sell(undefined, 2);
    const head = thirdJournal.entries.at(-1);
    const report = {
      software: { version: '1', checksum: sha256('software') },
      raffleEventId: organisation.raffleEventId,
      operatorId: organisation.operatorId,
      headSeq: head?.seq,
      headHash: head?.hash,
      unsentEntries: 1,
      totals: { orderCount: 5, grossMinor: 4_900 },
    };
    expect(await third.call('POST', CENTRAL_ROUTES.heartbeats, report)).toMatchObject({
      status: 200,
    });
    const rsu = `${ORGANISATION}/rsus/${rsuIds['Third']}`;
    await send(supervisor, 'POST', `${rsu}/missing-reports`, { reason: 'fell into the harbour' });
    const { corruptionId } = await send(supervisor, 'POST', `${ORGANISATION}/corruption-log`, {
      rsuId: rsuIds['Third'],
      raffleEventId: organisation.raffleEventId,
      reason: 'divers have not found it',
    });
    const decision = `${ORGANISATION}/corruption-log/${corruptionId}/decision`;
    await send(secondSupervisor, 'PUT', decision, { decision: 'confirmed' });
  });

  test('sales end early; the event is closed when the till that is off line has heard of it', async () => {
    await send(supervisor, 'POST', `${path}/state-changes`, { to: 'closed', reason: 'a blackout' });
    expect(await stateOfTheEvent()).toBe('closing');
    await first.until('the end at the first till', ({ selling }) => selling?.hasEnded === true);
    await first.until('all to be sent', ({ sync }) => sync?.isAllSent === true);
    expect(await stateOfTheEvent()).toBe('closing');
    await second.sell('5 numbers');
    secondLink.mend();
    await second.until('the end at the second till', ({ selling }) => selling?.hasEnded === true);
    await second.until('all to be sent', ({ sync }) => sync?.isAllSent === true);
    await until('the event to be closed', async () => (await stateOfTheEvent()) === 'closed');
  });

  test('every number and all money is accounted for, and a person confirms it', async () => {
    interface Account {
      readonly report: {
        readonly numbers: Sent;
        readonly money: Sent;
        readonly openFlags: readonly { readonly orderId: string }[];
        readonly obstacles: readonly { readonly code: string }[];
      };
    }
    const { report } = await get<Account>(supervisor, `${path}/reconciliation`);
    expect(report.obstacles.map(({ code }) => code)).toEqual(['flags.open']);
    await send(supervisor, 'POST', `${path}/flag-acknowledgements`, {
      orderIds: report.openFlags.map(({ orderId }) => orderId),
      note: 'sold in the dark',
    });
    const { report: confirmed } = await send<Account>(
      supervisor,
      'POST',
      `${path}/reconciliation`,
      {
        statement: 'counted with the treasurer',
      },
    );
    // 4 + 9 + 3 orders of tills and 2 of the web, of 5 numbers each.
    expect({ ...confirmed.numbers, ...confirmed.money }).toMatchObject({
      sold: 17 * 5,
      voided: 5,
      misprinted: 0,
      grossMinor: 17_900,
      voidedMinor: 1_000,
      refundedMinor: 1_000,
      netMinor: 16_900,
    });
    expect(await stateOfTheEvent()).toBe('reconciled');
  });

  test('counterfoils are printed, voids acknowledged, and the winners drawn, one of them anew', async () => {
    await send(supervisor, 'POST', `${path}/counterfoil-prints`, {
      firstNumber: 1_000,
      lastNumber: 20_999,
    });
    const { numbersSha256 } = await get(supervisor, `${path}/voids`);
    await send(supervisor, 'POST', `${path}/void-acknowledgements`, { numbersSha256 });
    const { results } = await send<{ results: readonly { drawResultId: string }[] }>(
      supervisor,
      'POST',
      `${path}/draws`,
      {},
    );
    expect(results).toMatchObject([{ valueMinor: 8_450 }, {}]);
    const absent = `${ORGANISATION}/draw-results/${results[0]?.drawResultId}`;
    const { secondDrawRequestId } = await send(
      supervisor,
      'POST',
      `${absent}/second-draw-requests`,
      {
        reason: 'the winner is a member of the crew',
      },
    );
    await send(
      secondSupervisor,
      'POST',
      `${ORGANISATION}/second-draw-requests/${secondDrawRequestId}/decision`,
      { decision: 'approved' },
    );
  });

  test('a winner is paid on the word of two people', async () => {
    const { results } = await get<{
      results: readonly { drawResultId: string; drawNumber: number; replacedBy: string | null }[];
    }>(supervisor, `${path}/draw-results`);
    const won = results.find(({ replacedBy }) => replacedBy === null);
    const { items } = await get<{ items: readonly { validationNumber: string }[] }>(
      supervisor,
      `${ORGANISATION}/orders?raffleEventId=${organisation.raffleEventId}&drawNumber=${won?.drawNumber}`,
    );
    const validationNumber = items[0]?.validationNumber;
    expect(
      await get(
        operator,
        `${path}/ticket-verification?drawNumber=${won?.drawNumber}&validationNumber=${validationNumber}`,
      ),
    ).toMatchObject({ kind: 'winner' });
    const { claimId } = await send(
      operator,
      'POST',
      `${ORGANISATION}/draw-results/${won?.drawResultId}/claims`,
      {
        validationNumber,
        method: 'scanned',
        winner: { name: 'Wilma', address: '', contact: '', proofOfIdentity: 'passport' },
      },
    );
    const paid = await send(supervisor, 'POST', `${ORGANISATION}/claims/${claimId}/decision`, {
      decision: 'confirmed',
    });
    expect(paid).toMatchObject({ state: 'confirmed' });
  });

  test('the lost till is back: what it sold is on record, waits, and wins nothing', async () => {
    await uploadAll(third, thirdJournal);
    const { items } = await get<{ items: readonly Sent[] }>(
      supervisor,
      `${ORGANISATION}/quarantine?state=open`,
    );
    expect(items.map(({ rsuId }) => rsuId)).toEqual([rsuIds['Third']]);
    const { items: missing } = await get<{ items: readonly { missingReportId: string }[] }>(
      supervisor,
      `${ORGANISATION}/missing-reports?isOpen=true`,
    );
    await send(
      supervisor,
      'PUT',
      `${ORGANISATION}/missing-reports/${missing[0]?.missingReportId}/outcome`,
      { outcome: 'back' },
    );
  });

  test.each(REPORT_NAMES)('the report %s is there to read, to keep and to print', async (name) => {
    const kinds = ['json', 'csv', 'pdf'].map(async (format) => {
      const response = await supervisor.fetch(`${path}/reports/${name}?format=${format}`);
      const bytes = (await response.arrayBuffer()).byteLength;
      return { format, status: response.status, hasContent: bytes > 50 };
    });
    expect(await Promise.all(kinds)).toEqual(
      ['json', 'csv', 'pdf'].map((format) => ({ format, status: 200, hasContent: true })),
    );
  });

  test('after a restore the tills report what they hold', async () => {
    await startEpoch(running.central.database, 'the last backup was brought back');
    await until('the reports of the tills', async () => {
      const [row] = await running.query('SELECT count(*)::INT AS reports FROM epoch_reports');
      return Number(row?.['reports']) >= 2;
    });
    // Its own report comes with its next sign-in, which begins with this.
    expect(await third.nonce()).toMatch(/^.{16,}$/);
  });

  test('a feature has written to every table', async () => {
    const tables = await running.query(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      const [row] = await running.query(`SELECT count(*)::INT AS rows FROM "${String(name)}"`);
      counts[String(name)] = Number(row?.['rows']);
    }
    console.table(counts);
    const empty = Object.keys(counts).filter((name) => counts[name] === 0);
    expect(empty).toEqual(Object.keys(MAY_BE_EMPTY));
  });
});
