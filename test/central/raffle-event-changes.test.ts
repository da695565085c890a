import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RAFFLE_EVENT_STATES } from '#central/db/schema/raffle-events.ts';
import {
  changeRaffleEvent,
  type RaffleEventChange,
} from '#central/modules/administration/change-raffle-event.ts';
import { isStoredStateChangeAllowed } from '#central/modules/administration/raffle-event-changes.ts';
import { changeRaffleEventState } from '#central/modules/administration/raffle-events.ts';
import type { RaffleEventConfiguration } from '#central/raffle-event-settings.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import {
  changeTestState,
  createTestOrganisation,
  startTestCentral,
  TEST_PROFILE,
  type TestCentral,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';

const MINUTE_MS = 60_000;

let running: TestCentral;
let organisation: TestOrganisation;

beforeEach(async () => {
  running = await startTestCentral();
  organisation = await createTestOrganisation(running);
});

afterEach(() => running.stop());

function change(what: RaffleEventChange, raffleEventId = organisation.raffleEventId) {
  return changeRaffleEvent(running.central, 'test', raffleEventId, what, 'asked to');
}

async function configuration(
  raffleEventId = organisation.raffleEventId,
): Promise<RaffleEventConfiguration> {
  const [row] = await running.query('SELECT configuration FROM raffle_events WHERE id = $1', [
    raffleEventId,
  ]);
  return row?.['configuration'] as RaffleEventConfiguration;
}

function fromNow(milliseconds: number): Instant {
  return instantFromEpoch(Date.now() + milliseconds);
}

function refusedAttempts() {
  return running.query(
    `SELECT severity, event_id AS "raffleEventId", metadata ->> 'code' AS code,
       metadata ->> 'actor' AS actor FROM critical_events
     WHERE event_type = 'raffle-event.change-refused' ORDER BY timestamp`,
  );
}

function noted(...codes: string[]) {
  const { raffleEventId } = organisation;
  return codes.map((code) => ({ severity: 'WARN', raffleEventId, code, actor: 'test' }));
}

describe('after the start', () => {
  test.each<[string, (now: RaffleEventConfiguration) => RaffleEventChange]>([
    ['the name', () => ({ name: 'Another name' })],
    ['the identifier', () => ({ eventIdentifier: 'OTHER' })],
    ['the venue', () => ({ venueId: null })],
    ['the start', (now) => ({ configuration: { ...now, salesStart: fromNow(0) } })],
    ['the draw', (now) => ({ configuration: { ...now, drawAt: fromNow(0) } })],
    [
      'the number space',
      () => ({
        numberPlan: {
          numberSpace: { from: 1, to: 9_999 },
          allocationSize: 100,
          validationBlockSize: 100,
        },
      }),
    ],
  ])('%s does not change, and the attempt is noted', async (_what, changeOf) => {
    const before = await running.query('SELECT * FROM raffle_events');
    expect(await change(changeOf(await configuration()))).toEqual({
      ok: false,
      failure: {
        code: 'raffle-event.frozen',
        detail: 'only the end of sales changes after the start',
      },
    });
    expect(await running.query('SELECT * FROM raffle_events')).toEqual(before);
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

  test('the end of sales moves earlier, and later where the profile lets it; each is kept', async () => {
    const first = await configuration();
    const earlier = { ...first, salesEnd: fromNow(30 * MINUTE_MS) };
    const later = { ...first, salesEnd: fromNow(90 * MINUTE_MS) };
    expect([
      await change({ configuration: earlier }),
      await change({ configuration: later }),
    ]).toEqual([
      { ok: true, value: undefined },
      { ok: true, value: undefined },
    ]);
    expect(await configuration()).toEqual(later);
    const ends = await running.query(
      `SELECT sales_end AS "salesEnd", published_by AS by, reason
       FROM raffle_event_sales_ends ORDER BY id`,
    );
    expect(ends).toEqual([
      { salesEnd: new Date(first.salesEnd), by: 'test', reason: 'a test' },
      { salesEnd: new Date(earlier.salesEnd), by: 'test', reason: 'asked to' },
      { salesEnd: new Date(later.salesEnd), by: 'test', reason: 'asked to' },
    ]);
  });

  test('the end of sales does not move later where the profile forbids it', async () => {
    const other = await createTestOrganisation(running, {
      eventIdentifier: 'STRICT',
      profile: { ...TEST_PROFILE, mayExtendSales: false },
    });
    const strict = await configuration(other.raffleEventId);
    const later = { ...strict, salesEnd: fromNow(600 * MINUTE_MS) };
    expect(await change({ configuration: later }, other.raffleEventId)).toMatchObject({
      failure: { code: 'raffle-event.sales-end-not-allowed' },
    });
    const earlier = { ...strict, salesEnd: fromNow(MINUTE_MS) };
    expect(await change({ configuration: earlier }, other.raffleEventId)).toMatchObject({
      ok: true,
    });
  });

  test('the end of sales moves neither into the past nor after the close', async () => {
    const now = await configuration();
    expect(
      await change({ configuration: { ...now, salesEnd: fromNow(-MINUTE_MS) } }),
    ).toMatchObject({ ok: false });
    await changeTestState(running.central, organisation.raffleEventId, 'closed');
    expect(await change({ configuration: { ...now, salesEnd: fromNow(MINUTE_MS) } })).toMatchObject(
      { ok: false },
    );
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

  test('does not skip a step: refused in words, and the attempt is noted', async () => {
    const { raffleEventId } = organisation;
    const refused = (to: 'reconciled' | 'created') =>
      changeRaffleEventState(running.central, 'test', raffleEventId, to, 'in a hurry');
    expect([await refused('reconciled'), await refused('created')]).toEqual([
      {
        ok: false,
        failure: {
          code: 'raffle-event.state-not-allowed',
          detail: 'a raffle event that is active does not become reconciled',
        },
      },
      {
        ok: false,
        failure: {
          code: 'raffle-event.state-not-allowed',
          detail: 'a raffle event that is active does not become created',
        },
      },
    ]);
    expect(await refusedAttempts()).toEqual(
      noted('raffle-event.state-not-allowed', 'raffle-event.state-not-allowed'),
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
