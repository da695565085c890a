import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeRaffleEventState } from '#central/modules/administration/raffle-events.ts';
import { isStoredStateChangeAllowed } from '#central/modules/raffle-events/stored-state-changes.ts';
import {
  RAFFLE_EVENT_STATES,
  type RaffleEvent,
  type RaffleEventDraft,
} from '#shared/contract/central/people/raffle-events.ts';
import { type Instant, instantFromEpoch } from '#shared/kernel/instant.ts';
import {
  type PeopleCentral,
  startPeopleCentral,
  type TestPerson,
} from '#test/helpers/central/people.ts';
import {
  changeTestState,
  createTestOrganisation,
  TEST_PROFILE,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';

const MINUTE_MS = 60_000;

let running: PeopleCentral;
let organisation: TestOrganisation;
let supervisor: TestPerson;
let path: string;

beforeEach(async () => {
  running = await startPeopleCentral();
  organisation = await createTestOrganisation(running);
  supervisor = await running.asPerson(organisation.organisationId, 'supervisor');
  path = `/v1/organisations/:organisationId/raffle-events/${organisation.raffleEventId}`;
});

afterEach(() => running.stop());

/** What the raffle event says now, as a draft. */
async function draftNow(): Promise<RaffleEventDraft> {
  const { body } = await supervisor.get<RaffleEvent>(path);
  const { name, description, eventIdentifier, venueId, configuration, numberPlan } = body;
  return {
    name,
    description,
    eventIdentifier,
    venueId,
    configuration,
    numberPlan,
    profile: { kind: 'own', profile: body.profile },
    packages: body.packages.map(({ name, numberCount, priceMinor }) => ({
      kind: 'own',
      name,
      numberCount,
      priceMinor,
    })),
    prizes: body.prizes.map(({ name, award, winnerCount }) => ({
      kind: 'own',
      name,
      award,
      winnerCount,
    })),
  };
}

async function moveEnd(salesEnd: Instant, by = supervisor, of = path) {
  const { status, body } = await by.send('PUT', `${of}/sales-end`, {
    salesEnd,
    reason: 'asked to',
  });
  return status === 200 ? 'moved' : body.code;
}

function fromNow(milliseconds: number): Instant {
  return instantFromEpoch(Date.now() + milliseconds);
}

function refusedAttempts() {
  return running.query(
    `SELECT severity, event_id AS "raffleEventId", metadata ->> 'code' AS code,
       person.cognito_sub AS subject
     FROM critical_events JOIN users person ON person.id = user_id
     WHERE event_type = 'raffle-event.change-refused' ORDER BY timestamp`,
  );
}

function noted(...codes: string[]) {
  const { raffleEventId } = organisation;
  const { subject } = supervisor;
  return codes.map((code) => ({ severity: 'WARN', raffleEventId, code, subject }));
}

describe('after the start', () => {
  test.each<[string, (now: RaffleEventDraft) => Partial<RaffleEventDraft>]>([
    ['the name', () => ({ name: 'Another name' })],
    ['the identifier', () => ({ eventIdentifier: 'OTHER' })],
    ['the venue', () => ({ venueId: null })],
    [
      'the start',
      ({ configuration }) => ({ configuration: { ...configuration, salesStart: fromNow(0) } }),
    ],
    ['a price', () => ({ packages: [] })],
    ['a prize', () => ({ prizes: [] })],
    [
      'a rule',
      () => ({ profile: { kind: 'own', profile: { ...TEST_PROFILE, reprint: 'never' } } }),
    ],
    [
      'the number space',
      ({ numberPlan }) => ({ numberPlan: { ...numberPlan, numberSpace: { from: 1, to: 9_999 } } }),
    ],
  ])('%s does not change, and the attempt is noted', async (_what, changeOf) => {
    const before = await supervisor.get<RaffleEvent>(path);
    const draft = await draftNow();
    const refused = await supervisor.send(
      'PUT',
      path,
      { ...draft, ...changeOf(draft) },
      { 'if-match': `"${before.body.revision}"` },
    );
    expect(refused).toMatchObject({ status: 409, body: { code: 'raffle-event.frozen' } });
    expect((await supervisor.get(path)).body).toEqual(before.body);
    expect(await refusedAttempts()).toEqual(noted('raffle-event.frozen'));
  });

  test.each([
    `UPDATE raffle_events SET name = 'x'`,
    `UPDATE raffle_events SET organization_id = gen_random_uuid()`,
    `UPDATE raffle_events SET event_identifier = 'x'`,
    `UPDATE raffle_events SET ticket_allocation = '{}'`,
    `UPDATE raffle_events SET configuration = configuration - 'licenceNumber'`,
    `UPDATE raffle_events SET configuration = configuration - 'salesEnd'`,
    'UPDATE raffle_event_number_pools SET end_number = end_number + 1',
    `UPDATE raffle_event_profiles SET profile = '{}'`,
    `UPDATE organizations SET primary_currency = 'USD'`,
  ])('the database refuses by itself: %s', async (statement) => {
    await expect(running.query(statement)).rejects.toMatchObject({ code: '23001' });
  });

  test('the end of sales moves earlier, and later where the profile lets it; each is kept and told to tills', async () => {
    const { configuration } = await draftNow();
    const earlier = fromNow(30 * MINUTE_MS);
    const later = fromNow(90 * MINUTE_MS);
    expect([await moveEnd(earlier), await moveEnd(later)]).toEqual(['moved', 'moved']);
    expect((await draftNow()).configuration).toEqual({ ...configuration, salesEnd: later });
    const by = expect.stringMatching(/^user:/);
    const { body } = await supervisor.get(`${path}/history`);
    expect(body['salesEnds']).toEqual([
      {
        salesEnd: configuration.salesEnd,
        publishedBy: 'test',
        publishedAt: expect.any(String),
        reason: 'a test',
      },
      {
        salesEnd: earlier,
        publishedBy: by,
        publishedAt: expect.any(String),
        reason: 'asked to',
      },
      { salesEnd: later, publishedBy: by, publishedAt: expect.any(String), reason: 'asked to' },
    ]);
  });

  test('the end of sales does not move later where the profile forbids it', async () => {
    const { organisationId, raffleEventId } = await createTestOrganisation(running, {
      eventIdentifier: 'STRICT',
      profile: { ...TEST_PROFILE, mayExtendSales: false },
    });
    const other = await running.asPerson(organisationId, 'admin');
    const strict = `/v1/organisations/:organisationId/raffle-events/${raffleEventId}`;
    expect([
      await moveEnd(fromNow(600 * MINUTE_MS), other, strict),
      await moveEnd(fromNow(MINUTE_MS), other, strict),
    ]).toEqual(['raffle-event.sales-end-not-allowed', 'moved']);
  });

  test('the end of sales moves neither into the past nor after the close', async () => {
    expect(await moveEnd(fromNow(-MINUTE_MS))).toBe('raffle-event.sales-end-not-allowed');
    await changeTestState(running.central, organisation.raffleEventId, 'closed');
    expect(await moveEnd(fromNow(MINUTE_MS))).toBe('raffle-event.sales-end-not-allowed');
    expect(await refusedAttempts()).toEqual(
      noted('raffle-event.sales-end-not-allowed', 'raffle-event.sales-end-not-allowed'),
    );
  });
});

describe('the state', () => {
  const PAIRS = RAFFLE_EVENT_STATES.flatMap((from) =>
    RAFFLE_EVENT_STATES.filter((to) => to !== from).map((to) => ({ from, to })),
  );

  test('follows one rule in the database and in the program', async () => {
    const rows = await running.query(
      `SELECT pair ->> 'from' AS "from", pair ->> 'to' AS "to",
         may_raffle_event_follow(pair ->> 'from', pair ->> 'to') AS "isAllowed"
       FROM jsonb_array_elements($1::JSONB) WITH ORDINALITY AS list (pair, place) ORDER BY place`,
      [JSON.stringify(PAIRS)],
    );
    expect(rows).toEqual(
      PAIRS.map(({ from, to }) => ({ from, to, isAllowed: isStoredStateChangeAllowed(from, to) })),
    );
  });

  test('goes the whole way one step at a time; who, when and why is kept', async () => {
    for (const state of ['suspended', 'closing', 'closed', 'reconciled', 'drawn'] as const) {
      await changeTestState(running.central, organisation.raffleEventId, state);
    }
    const history = await running.query(
      `SELECT from_state AS "from", to_state AS "to", changed_by AS by, reason,
         changed_at IS NOT NULL AS "isTimed" FROM raffle_event_state_history ORDER BY id`,
    );
    const step = (from: string | null, to: string, reason: string | null = 'a test') => ({
      from,
      to,
      by: 'test',
      reason,
      isTimed: true,
    });
    expect(history).toEqual([
      step(null, 'created', null),
      step('created', 'active'),
      step('active', 'suspended'),
      step('suspended', 'closing'),
      step('closing', 'closed'),
      step('closed', 'reconciled'),
      step('reconciled', 'drawn'),
    ]);
  });

  test('does not skip a step: refused in words', async () => {
    const { raffleEventId } = organisation;
    const refused = async (to: 'reconciled' | 'created') => {
      const result = await changeRaffleEventState(
        running.central,
        'test',
        raffleEventId,
        to,
        'in a hurry',
      );
      return result.ok ? 'changed' : [result.failure.code, result.failure.detail];
    };
    expect([await refused('reconciled'), await refused('created')]).toEqual([
      [
        'raffle-event.state-not-allowed',
        'a raffle event that is active does not become reconciled',
      ],
      ['raffle-event.state-not-allowed', 'a raffle event that is active does not become created'],
    ]);
  });

  test('that does not follow is refused to a person, and the attempt is noted', async () => {
    await changeTestState(running.central, organisation.raffleEventId, 'cancelled');
    for (const to of ['active', 'suspended', 'closed', 'cancelled']) {
      expect(
        await supervisor.send('POST', `${path}/state-changes`, { to, reason: 'a try' }),
      ).toMatchObject({ status: 409, body: { code: 'raffle-event.state-not-allowed' } });
    }
    expect(await refusedAttempts()).toEqual(
      noted(...Array.from({ length: 4 }, () => 'raffle-event.state-not-allowed')),
    );
  });

  test.each([
    `UPDATE raffle_events SET state = 'drawn'`,
    `INSERT INTO raffle_events (name, organization_id, event_identifier, state, configuration, ticket_allocation)
     SELECT 'x', organization_id, 'x', 'active', '{}', '{}' FROM raffle_events`,
  ])('is guarded by the database itself: %s', async (statement) => {
    await expect(running.query(statement)).rejects.toMatchObject({ code: '23001' });
  });
});
