import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { carryOnClosing } from '#central/modules/raffle-events/carry-on-closing.ts';
import type {
  Closing,
  RaffleEvent,
  RaffleEventDraft,
} from '#shared/contract/central/people/raffle-events.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import type { MinorUnits } from '#shared/kernel/money.ts';
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
import { enrolledDevice, uploadAll } from '#test/helpers/central/test-device.ts';
import { createTestJournal } from '#test/helpers/central/test-journal.ts';

const HOUR_MS = 3_600_000;

let running: PeopleCentral;
let organisation: TestOrganisation;
let supervisor: TestPerson;

beforeAll(async () => {
  running = await startPeopleCentral();
  organisation = await createTestOrganisation(running);
  supervisor = await running.asPerson(organisation.organisationId, 'supervisor');
});

afterAll(() => running.stop());

function fromNow(hours: number) {
  return instantFromEpoch(running.central.now().getTime() + hours * HOUR_MS);
}

/** A raffle event that may start at once. */
function draft(changes: Partial<RaffleEventDraft> = {}): RaffleEventDraft {
  return {
    name: 'Home opener',
    description: null,
    eventIdentifier: randomUUID().slice(0, 8),
    venueId: organisation.venueId,
    configuration: {
      salesStart: fromNow(-1),
      salesEnd: fromNow(3),
      drawAt: fromNow(4),
      licenceNumber: 'L-77',
    },
    numberPlan: {
      numberSpace: { from: 1_000, to: 9_000 },
      allocationSize: 100,
      validationBlockSize: 1_000,
    },
    profile: { kind: 'own', profile: TEST_PROFILE },
    packages: [{ kind: 'own', name: '3 for 5', numberCount: 3, priceMinor: 500 }],
    prizes: [{ kind: 'own', name: 'Half', award: halfUpTo(50_000), winnerCount: 1 }],
    ...changes,
  };
}

function halfUpTo(capMinor: number) {
  return {
    kind: 'percentage',
    hundredthsOfPercent: 5_000,
    capMinor: capMinor as MinorUnits,
  } as const;
}

function create(body: unknown, by = supervisor, headers = {}) {
  return by.send<RaffleEvent>('POST', PEOPLE_ROUTES.raffleEvents, body, headers);
}

function pathOf({ raffleEventId }: Pick<RaffleEvent, 'raffleEventId'>, rest = '') {
  return PEOPLE_ROUTES.raffleEvent.replace(':raffleEventId', raffleEventId) + rest;
}

function changeState(event: Pick<RaffleEvent, 'raffleEventId'>, to: string, reason = 'it is time') {
  return supervisor.send<RaffleEvent>('POST', pathOf(event, '/state-changes'), { to, reason });
}

describe('a raffle event is set up', () => {
  test('from what is given, once for a repeated command', async () => {
    const body = draft();
    const key = { 'idempotency-key': randomUUID() };
    const [first, again] = [
      await create(body, supervisor, key),
      await create(body, supervisor, key),
    ];
    expect(first.status).toBe(201);
    expect(again.body).toEqual(first.body);
    const { body: me } = await supervisor.get(PEOPLE_ROUTES.me);
    expect((await supervisor.get(pathOf(first.body))).body).toEqual({
      raffleEventId: expect.any(String),
      organisationId: organisation.organisationId,
      name: body.name,
      description: null,
      eventIdentifier: body.eventIdentifier,
      venueId: organisation.venueId,
      state: 'created',
      currency: 'CAD',
      configuration: body.configuration,
      numberPlan: body.numberPlan,
      profile: TEST_PROFILE,
      profileSource: null,
      packages: [
        {
          packageId: expect.any(String),
          name: '3 for 5',
          numberCount: 3,
          priceMinor: 500,
          currency: 'CAD',
        },
      ],
      prizes: [
        {
          prizeId: expect.any(String),
          name: 'Half',
          position: 1,
          award: halfUpTo(50_000),
          winnerCount: 1,
        },
      ],
      soldCount: 0,
      dealtCount: 0,
      obstacles: [],
      reconciliation: null,
      drawnAt: null,
      createdAt: expect.any(String),
      createdBy: me['userId'],
      updatedAt: expect.any(String),
      updatedBy: me['userId'],
      revision: expect.any(String),
    });
  });

  test('from templates and a profile, which it copies', async () => {
    const admin = await running.asPerson(organisation.organisationId, 'admin');
    const add = async (path: string, body: unknown) =>
      (await admin.send<Record<string, string>>('POST', path, body)).body;
    const packageTemplate = await add(PEOPLE_ROUTES.packageTemplates, {
      name: '10 for 10',
      description: null,
      numberCount: 10,
      priceMinor: 1_000,
      displayOrder: 1,
    });
    const prizeTemplate = await add(PEOPLE_ROUTES.prizeTemplates, {
      name: 'Half of the sales',
      description: null,
      award: halfUpTo(70_000),
    });
    const profile = await add(PEOPLE_ROUTES.profiles, {
      profile: { ...TEST_PROFILE, name: 'Province' },
    });
    const fromTemplates = draft({
      packages: [
        { kind: 'template', packageTemplateId: packageTemplate['packageTemplateId'] as never },
      ],
      prizes: [
        {
          kind: 'template',
          prizeTemplateId: prizeTemplate['prizeTemplateId'] as never,
          winnerCount: 2,
        },
      ],
      profile: { kind: 'kept', profileId: profile['profileId'] as never },
    });
    const { body } = await create(fromTemplates);
    const copied = {
      profile: { ...TEST_PROFILE, name: 'Province' },
      profileSource: { profileId: profile['profileId'], version: 1 },
      packages: [{ name: '10 for 10', numberCount: 10, priceMinor: 1_000 }],
      prizes: [{ name: 'Half of the sales', award: halfUpTo(70_000), winnerCount: 2 }],
    };
    expect(body).toMatchObject(copied);
    const retire = async (path: string, given: Record<string, unknown>, more: object) => {
      const { revision, packageTemplateId, prizeTemplateId, currency, ...rest } = given;
      const id = String(packageTemplateId ?? prizeTemplateId);
      const changed = await admin.send(
        'PUT',
        `${path}/${id}`,
        { ...rest, ...more },
        { 'if-match': `"${revision}"` },
      );
      expect([changed.status, currency]).toEqual([200, 'CAD']);
    };
    await retire(PEOPLE_ROUTES.packageTemplates, packageTemplate, {
      priceMinor: 1,
      isActive: false,
    });
    expect((await supervisor.get(pathOf(body))).body).toMatchObject(copied);
    expect(await create({ ...fromTemplates, eventIdentifier: 'LATER' })).toMatchObject({
      status: 409,
      body: { code: 'thing.retired' },
    });
  });

  test.each<[string, () => Partial<RaffleEventDraft>]>([
    ['venue', () => ({ venueId: randomUUID() as never })],
    ['profile', () => ({ profile: { kind: 'kept', profileId: randomUUID() as never } })],
    [
      'package template',
      () => ({ packages: [{ kind: 'template', packageTemplateId: randomUUID() as never }] }),
    ],
    [
      'prize template',
      () => ({
        prizes: [{ kind: 'template', prizeTemplateId: randomUUID() as never, winnerCount: 1 }],
      }),
    ],
  ])('not with a %s that the organisation does not have', async (_what, changes) => {
    expect(await create(draft(changes()))).toMatchObject({
      status: 404,
      body: { code: 'thing.unknown' },
    });
  });

  test('not with an identifier that another one has', async () => {
    const body = draft();
    await create(body);
    expect(await create(body)).toMatchObject({ status: 409, body: { code: 'thing.exists' } });
  });

  test.each([
    ['the year 0', { salesStart: '0000-01-01T00:00:00.000Z' }],
    ['no time', { salesEnd: 'tomorrow' }],
    ['more than the contract', { colour: 'blue' }],
  ])('not with %s', async (_what, changes) => {
    const body = draft();
    expect(
      await create({ ...body, configuration: { ...body.configuration, ...changes } }),
    ).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  });
});

describe('before its start a raffle event', () => {
  test('is changed by whoever has seen its newest revision', async () => {
    const { body } = await create(draft());
    const next = draft({ name: 'Season opener', packages: [], prizes: [] });
    const change = (headers: Record<string, string>) =>
      supervisor.send<RaffleEvent>('PUT', pathOf(body), next, headers);
    const seen = { 'if-match': `"${body.revision}"` };
    expect((await change({})).status).toBe(428);
    const changed = await change(seen);
    expect(changed).toMatchObject({
      status: 200,
      body: {
        name: 'Season opener',
        packages: [],
        prizes: [],
        obstacles: ['packages.missing', 'prizes.missing'],
      },
    });
    expect((await change(seen)).status).toBe(412);
    const { raffleEventId } = body;
    expect(
      await running.query(
        `SELECT DISTINCT table_name, operation FROM audit_log
         WHERE coalesce(new_data, old_data) ->> 'event_id' = $1 OR record_key = $1 ORDER BY 1, 2`,
        [raffleEventId],
      ),
    ).toEqual([
      { table_name: 'prizes', operation: 'DELETE' },
      { table_name: 'prizes', operation: 'INSERT' },
      { table_name: 'raffle_event_profiles', operation: 'INSERT' },
      { table_name: 'raffle_event_profiles', operation: 'UPDATE' },
      { table_name: 'raffle_events', operation: 'INSERT' },
      { table_name: 'raffle_events', operation: 'UPDATE' },
      { table_name: 'ticket_packages', operation: 'DELETE' },
      { table_name: 'ticket_packages', operation: 'INSERT' },
    ]);
  });

  test('does not start while anything is missing: all of it is named, the attempt is noted', async () => {
    const { body } = await create(
      draft({
        configuration: {
          salesStart: fromNow(-1),
          salesEnd: fromNow(-2),
          drawAt: fromNow(-3),
          licenceNumber: ' ',
        },
        profile: { kind: 'own', profile: { ...TEST_PROFILE, requiresLicence: true } },
        numberPlan: {
          numberSpace: { from: 1, to: 3 },
          allocationSize: 100,
          validationBlockSize: 100,
        },
        prizes: [],
      }),
    );
    const missing = [
      'package.larger-than-number-space',
      'prizes.missing',
      'sales-end.before-start',
      'sales-end.in-the-past',
      'draw.before-sales-end',
      'numbers.fewer-than-one-allocation',
      'licence.missing',
    ];
    expect(body.obstacles).toEqual(missing);
    expect(await changeState(body, 'active')).toMatchObject({
      status: 409,
      body: { code: 'raffle-event.incomplete', missing },
    });
    expect(
      await running.query(
        `SELECT event_type, metadata #>> '{attempted,to}' AS "to" FROM critical_events
         WHERE event_id = $1`,
        [body.raffleEventId],
      ),
    ).toEqual([{ event_type: 'raffle-event.change-refused', to: 'active' }]);
  });
});

describe('once started', () => {
  test('every till is told; each step says who, when and why', async () => {
    const { code } = await createTestRsu(running, organisation, 'Told');
    const device = await enrolledDevice(running.url, code);
    const { body } = await create(draft());
    const told = async () => {
      const answer = await device.mirror();
      return answer.body.control.raffleEvents
        .filter(({ raffleEventId }) => raffleEventId === body.raffleEventId)
        .map(({ state, salesEnd }) => ({ state, salesEnd }));
    };
    const { salesEnd } = body.configuration;
    const heard = [await told()];
    for (const state of ['active', 'suspended', 'active']) {
      await changeState(body, state, `to ${state}`);
      heard.push(await told());
    }
    const earlier = fromNow(1);
    await supervisor.send('PUT', pathOf(body, '/sales-end'), { salesEnd: earlier, reason: 'rain' });
    heard.push(await told());
    expect(heard).toEqual([
      [],
      [{ state: 'active', salesEnd }],
      [{ state: 'suspended', salesEnd }],
      [{ state: 'active', salesEnd }],
      [{ state: 'active', salesEnd: earlier }],
    ]);
    const { body: history } = await supervisor.get(pathOf(body, '/history'));
    const changedBy = expect.stringMatching(/^user:/);
    const step = (from: string | null, to: string, reason: string | null) => ({
      from,
      to,
      changedBy,
      changedAt: expect.any(String),
      reason,
    });
    expect(history['steps']).toEqual([
      step(null, 'created', null),
      step('created', 'active', 'to active'),
      step('active', 'suspended', 'to suspended'),
      step('suspended', 'active', 'to active'),
    ]);
    expect(
      await running.query(
        `SELECT event_type, user_id IS NOT NULL AS "hasUser" FROM critical_events
         WHERE event_id = $1 ORDER BY timestamp`,
        [body.raffleEventId],
      ),
    ).toEqual(
      ['active', 'suspended', 'active', 'sales-end-moved'].map((step) => ({
        event_type: `raffle-event.${step}`,
        hasUser: true,
      })),
    );
  });
});

describe('a close', () => {
  test('waits for every enabled till that holds numbers, or its place in the corruption log', async () => {
    const { body: event } = await create(draft());
    await changeState(event, 'active');
    const holder = async (name: string) => {
      const { rsuId, code } = await createTestRsu(running, organisation, name);
      const device = await enrolledDevice(running.url, code);
      const { body } = await device.topUp(event.raffleEventId);
      return { rsuId, device, numbers: body };
    };
    const [faithful, lost, switchedOff] = [
      await holder('Faithful'),
      await holder('Lost'),
      await holder('Switched off'),
    ];
    await running.query('UPDATE rsus SET is_active = FALSE WHERE id = $1', [switchedOff.rsuId]);
    expect((await changeState(event, 'closed', 'bad weather')).body.state).toBe('closing');
    const standings = async () => {
      const { body } = await supervisor.get<Closing>(pathOf(event, '/closing'));
      return [body.state, body.tills.map(({ name, standing }) => `${name}: ${standing}`)];
    };
    expect(await standings()).toEqual([
      'closing',
      ['Faithful: awaited', 'Lost: awaited', 'Switched off: disabled'],
    ]);

    const journal = createTestJournal(
      faithful.device,
      { ...organisation, raffleEventId: event.raffleEventId },
      faithful.numbers,
    );
    journal.append('sales.ended', {
      raffleEventId: event.raffleEventId,
      cause: 'closed-by-central',
      salesEnd: event.configuration.salesEnd,
    });
    await uploadAll(faithful.device, journal);
    await carryOnClosing(running.central);
    expect(await standings()).toEqual([
      'closing',
      ['Lost: awaited', 'Faithful: acknowledged', 'Switched off: disabled'],
    ]);

    await running.query(
      `INSERT INTO rsu_corruption_log (rsu_id, raffle_event_id, reason, money_collected, entered_by,
         entered_at, confirmed_by, confirmed_at)
       SELECT $1, $2, 'fell into the lake', 0, min(id::TEXT)::UUID, now(), max(id::TEXT)::UUID, now()
       FROM users`,
      [lost.rsuId, event.raffleEventId],
    );
    await Promise.all([carryOnClosing(running.central), carryOnClosing(running.central)]);
    expect(await standings()).toEqual([
      'closed',
      ['Faithful: acknowledged', 'Lost: given-up', 'Switched off: disabled'],
    ]);
    const { body: history } = await supervisor.get<{ steps: Record<string, string>[] }>(
      pathOf(event, '/history'),
    );
    expect(history.steps.map(({ to, reason }) => [to, reason])).toEqual([
      ['created', null],
      ['active', 'it is time'],
      ['closing', 'bad weather'],
      ['closed', 'no till is awaited any more'],
    ]);
  });

  test('is done at once where no till holds numbers', async () => {
    const { body: event } = await create(draft());
    await changeState(event, 'active');
    expect((await changeState(event, 'closed')).body.state).toBe('closed');
  });

  test('comes by itself at the end of sales', async () => {
    const { body: event } = await create(draft());
    await changeState(event, 'active');
    await running.query(`UPDATE raffle_events SET configuration = configuration
      || jsonb_build_object('salesEnd', '${instantFromEpoch(Date.now() + 1_500)}') WHERE id = '${event.raffleEventId}'`);
    await expect
      .poll(
        async () => {
          await carryOnClosing(running.central);
          return (await supervisor.get<RaffleEvent>(pathOf(event))).body.state;
        },
        { timeout: 20_000 },
      )
      .toBe('closed');
  });
});

describe('the list', () => {
  test('shows every raffle event once, page by page, and only what is asked for', async () => {
    const { organisationId } = await createTestOrganisation(running, { eventIdentifier: 'LISTED' });
    const regulator = await running.asPerson(organisationId, 'regulator');
    const admin = await running.asPerson(organisationId, 'admin');
    const made: string[] = [];
    for (const hours of [1, 2, 3]) {
      const { configuration } = draft();
      const { body } = await create(
        draft({
          venueId: null,
          configuration: { ...configuration, salesStart: fromNow(hours) },
        }),
        admin,
      );
      made.unshift(body.raffleEventId);
    }
    type Page = { items: { raffleEventId: string }[]; nextCursor: string | null };
    const list = async (query: string) => {
      const { body } = await regulator.get<Page>(`${PEOPLE_ROUTES.raffleEvents}?${query}`);
      return { ids: body.items.map(({ raffleEventId }) => raffleEventId), next: body.nextCursor };
    };
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof list>> = await list(
        `limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      paged.push(...page.ids);
      cursor = page.next;
    }
    expect(paged.slice(0, 3)).toEqual(made);
    expect(paged).toHaveLength(4);
    expect((await list('state=created')).ids).toEqual(made);
    expect((await list(`from=${fromNow(1.5)}&to=${fromNow(2.5)}`)).ids).toEqual([made[1]]);
    expect((await regulator.get(`${PEOPLE_ROUTES.raffleEvents}?state=asleep`)).status).toBe(400);
  });
});
