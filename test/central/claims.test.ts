import { afterEach, describe, expect, test } from 'vitest';
import type { Claim, TicketVerification } from '#shared/contract/central/people/claims.ts';
import type { Draw, DrawResult, SecondDrawRequest } from '#shared/contract/central/people/draws.ts';
import { createValidationNumberMaker } from '#shared/domain/validation-number.ts';
import type { TestPerson } from '#test/helpers/central/people.ts';
import {
  changeTickets,
  type SoldRaffle,
  type SoldTicket,
  sellOrders,
  startSoldRaffle,
} from '#test/helpers/central/reconciled-raffle.ts';
import { createTestOrganisation } from '#test/helpers/central/test-central.ts';

const ORGANISATION = '/v1/organisations/:organisationId';
const DAY_MS = 86_400_000;
const WINNER = {
  name: 'Alex Example',
  address: '1 Arena Way',
  contact: '555 0100',
  proofOfIdentity: 'driving licence, ends in 4711',
};
const UNSOLD = createValidationNumberMaker({ prefix: '00000001', key: new Uint8Array(32) }).make(1);

let raffle: SoldRaffle;

afterEach(() => raffle.running.stop());

/** Draws from a reconciled raffle event: the result, and the ticket that won. */
async function drawn(options: Parameters<typeof startSoldRaffle>[0] = {}) {
  raffle = await startSoldRaffle(options);
  await raffle.reconcile();
  await raffle.acknowledgeVoids();
  return drawWinner();
}

async function drawWinner(): Promise<{ readonly result: DrawResult; readonly ticket: SoldTicket }> {
  const { body } = await raffle.supervisor.send<Draw>('POST', `${raffle.path}/draws`, {});
  const [result] = body.results;
  if (result === undefined) throw new Error('a number was drawn');
  return { result, ticket: ticketWith(result.drawNumber) };
}

function ticketWith(drawNumber: number): SoldTicket {
  const ticket = raffle.tickets.find(({ drawNumbers }) => drawNumbers.includes(drawNumber));
  if (ticket === undefined) throw new Error('the winning number was sold');
  return ticket;
}

async function verify(drawNumber: number, validationNumber: string) {
  const { body } = await raffle.supervisor.get<TicketVerification>(
    `${raffle.path}/ticket-verification?drawNumber=${drawNumber}&validationNumber=${encodeURIComponent(validationNumber)}`,
  );
  return body;
}

function claim(person: TestPerson, result: DrawResult, validationNumber: string) {
  return person.send<Claim>('POST', `${ORGANISATION}/draw-results/${result.drawResultId}/claims`, {
    validationNumber,
    method: 'scanned',
    winner: WINNER,
  });
}

function decide(person: TestPerson, claimId: string, decision: object) {
  return person.send<Claim>('POST', `${ORGANISATION}/claims/${claimId}/decision`, decision);
}

async function userId(person: TestPerson): Promise<unknown> {
  const [row] = await raffle.running.query('SELECT id FROM users WHERE cognito_sub = $1', [
    person.subject,
  ]);
  return row?.['id'];
}

describe('a ticket', () => {
  test('is a winner, by its numbers as typed with spaces, and says what and until when', async () => {
    const { result, ticket } = await drawn({ claimDays: 30 });
    const typed = ticket.validationNumber.replace(/(\d{6})(?=\d)/g, '$1 ');
    expect(await verify(result.drawNumber, typed)).toEqual({
      kind: 'winner',
      wins: [
        {
          drawResultId: result.drawResultId,
          prizeId: result.prizeId,
          prizeName: 'Half',
          valueMinor: 2_000,
          currency: 'CAD',
          claim: 'none',
          claimBefore: new Date(Date.parse(result.selectedAt) + 30 * DAY_MS).toISOString(),
        },
      ],
    });
  });

  test('that does not win says why not', async () => {
    raffle = await startSoldRaffle({ orderCount: 6 });
    const other = await createTestOrganisation(raffle.running, { eventIdentifier: 'TEST-2' });
    const foreign = await sellOrders(raffle.running, other, 'Other', 1);
    const [early] = raffle.tickets;
    const before = await verify(early?.drawNumbers[0] ?? 0, early?.validationNumber ?? '');
    const [voided, misprinted] = raffle.tickets;
    await changeTickets(raffle, voided, 'voided');
    await changeTickets(raffle, misprinted, 'misprinted');
    await raffle.reconcile();
    await raffle.acknowledgeVoids();
    const { result } = await drawWinner();
    const loser = raffle.tickets
      .slice(2)
      .find(({ drawNumbers }) => !drawNumbers.includes(result.drawNumber));
    const number = loser?.drawNumbers[0] ?? 0;
    const validation = loser?.validationNumber ?? '';
    const said = {
      before,
      loser: await verify(number, validation),
      voided: await verify(voided?.drawNumbers[0] ?? 0, voided?.validationNumber ?? ''),
      misprinted: await verify(misprinted?.drawNumbers[0] ?? 0, misprinted?.validationNumber ?? ''),
      otherNumber: await verify(result.drawNumber, validation),
      unsold: await verify(result.drawNumber, UNSOLD),
      mistyped: await verify(number, '123'),
      ofOthers: await verify(number, foreign.tickets[0]?.validationNumber ?? ''),
    };
    expect(said).toEqual({
      before: { kind: 'not-drawn-yet' },
      loser: { kind: 'not-a-winner' },
      voided: { kind: 'voided' },
      misprinted: { kind: 'misprinted' },
      otherNumber: { kind: 'does-not-match' },
      unsold: { kind: 'unknown' },
      mistyped: { kind: 'mistyped' },
      ofOthers: { kind: 'unknown' },
    });
  });

  test('of another raffle event of the same organisation names that raffle event', async () => {
    const { result, ticket } = await drawn();
    const [other] = await raffle.running.query(
      `INSERT INTO raffle_events (name, organization_id, event_identifier, state, configuration, ticket_allocation)
       SELECT 'Other', organization_id, 'TEST-3', 'created', configuration, ticket_allocation
       FROM raffle_events LIMIT 1 RETURNING id`,
    );
    const { body } = await raffle.supervisor.get(
      `${ORGANISATION}/raffle-events/${String(other?.['id'])}/ticket-verification` +
        `?drawNumber=${result.drawNumber}&validationNumber=${ticket.validationNumber}`,
    );
    expect(body).toEqual({ kind: 'other-raffle-event', eventIdentifier: 'TEST-1' });
  });

  test('whose sale a person has to decide about is under review', async () => {
    raffle = await startSoldRaffle();
    const [ticket] = raffle.tickets;
    await raffle.running.query(
      `INSERT INTO journal_quarantine (chain_id, seq, hash, rsu_id, reason, explanation, order_ids)
       SELECT chain_id, seq, hash, $1, 'cannot-be-projected', 'a test', ARRAY[$2::UUID]
       FROM journal_entries`,
      [raffle.device.rsuId, ticket?.orderId],
    );
    expect(await verify(ticket?.drawNumbers[0] ?? 0, ticket?.validationNumber ?? '')).toEqual({
      kind: 'under-review',
    });
  });
});

test('a ticket that a lost till never reported is told from an invented one', async () => {
  raffle = await startSoldRaffle();
  const { organisation, running } = raffle;
  const lost = await sellOrders(running, organisation, 'Till 2', 1);
  const ticket = lost.sellUnreported();
  const ask = () => verify(ticket.drawNumbers[0] ?? 0, ticket.validationNumber);
  expect(await ask()).toEqual({ kind: 'unknown' });
  await running.query(
    `INSERT INTO rsu_corruption_log (rsu_id, raffle_event_id, reason, money_collected, entered_by,
       entered_at, confirmed_by, confirmed_at)
     SELECT $1, $2, 'fell into the harbour', 2000, $3, now(), $4, now()`,
    [
      lost.device.rsuId,
      organisation.raffleEventId,
      await userId(raffle.supervisor),
      await userId(raffle.secondSupervisor),
    ],
  );
  const [reported] = lost.tickets;
  const invented = `${ticket.validationNumber.slice(0, 8)}0000000`;
  const withCheckDigits = Array.from(
    { length: 1_000 },
    (_, end) => `${invented}${String(end).padStart(3, '0')}`,
  ).filter((text) => BigInt(text) % 97n === 1n);
  expect([
    await ask(),
    await verify(reported?.drawNumbers[0] ?? 0, reported?.validationNumber ?? ''),
    await verify(ticket.drawNumbers[0] ?? 0, withCheckDigits[0] ?? ''),
  ]).toEqual([{ kind: 'till-lost' }, { kind: 'not-drawn-yet' }, { kind: 'unknown' }]);
});

describe('a claim', () => {
  test('is made before one person, confirmed by another, and made once', async () => {
    const { result, ticket } = await drawn();
    const operator = await raffle.running.asPerson(raffle.organisation.organisationId, 'operator');
    const made = await claim(operator, result, ticket.validationNumber);
    expect(made).toMatchObject({ status: 201, body: { state: 'open', decidedBy: null } });
    const twice = await claim(operator, result, ticket.validationNumber);
    const confirmed = await decide(raffle.supervisor, made.body.claimId, { decision: 'confirmed' });
    const again = await decide(raffle.secondSupervisor, made.body.claimId, {
      decision: 'rejected',
      reason: 'too late',
    });
    expect([twice, again].map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'prize.claimed'],
      [409, 'thing.decided'],
    ]);
    expect(confirmed.body).toEqual({
      claimId: made.body.claimId,
      drawResultId: result.drawResultId,
      prizeName: 'Half',
      drawNumber: result.drawNumber,
      valueMinor: 2_000,
      currency: 'CAD',
      state: 'confirmed',
      method: 'scanned',
      winnerId: made.body.winnerId,
      claimedAt: made.body.claimedAt,
      verifiedBy: await userId(operator),
      decidedBy: await userId(raffle.supervisor),
      decidedAt: expect.any(String),
      decisionReason: null,
    });
    const listed = await raffle.supervisor.get(`${raffle.path}/claims`);
    expect(listed.body).toEqual({ items: [confirmed.body], nextCursor: null });
    expect(await verify(result.drawNumber, ticket.validationNumber)).toMatchObject({
      kind: 'winner',
      wins: [{ claim: 'confirmed' }],
    });
  });

  test('is not confirmed by the one who verified it', async () => {
    const { result, ticket } = await drawn();
    const made = await claim(raffle.supervisor, result, ticket.validationNumber);
    const alone = await decide(raffle.supervisor, made.body.claimId, { decision: 'confirmed' });
    expect([alone.status, alone.body.code]).toEqual([403, 'second-person.required']);
  });

  test('can be made anew after it was rejected with a reason', async () => {
    const { result, ticket } = await drawn();
    const made = await claim(raffle.supervisor, result, ticket.validationNumber);
    const rejected = await decide(raffle.secondSupervisor, made.body.claimId, {
      decision: 'rejected',
      reason: 'another name on the ticket',
    });
    const anew = await claim(raffle.supervisor, result, ticket.validationNumber);
    expect([rejected.body.state, rejected.body.decisionReason, anew.status]).toEqual([
      'rejected',
      'another name on the ticket',
      201,
    ]);
  });

  test('takes the winning ticket, and notes one that is not', async () => {
    const { result } = await drawn();
    const loser = raffle.tickets.find(
      ({ drawNumbers }) => !drawNumbers.includes(result.drawNumber),
    );
    const refused = await claim(raffle.supervisor, result, loser?.validationNumber ?? '');
    expect([refused.status, refused.body.code]).toEqual([409, 'claim.ticket-refused']);
    expect(
      await raffle.running.query(
        `SELECT user_id AS "userId", metadata FROM critical_events WHERE event_type = 'claim.refused'`,
      ),
    ).toEqual([
      {
        userId: await userId(raffle.supervisor),
        metadata: { drawNumber: result.drawNumber, kind: 'does-not-match' },
      },
    ]);
    expect(await raffle.running.query('SELECT id FROM prize_winners')).toEqual([]);
  });

  test('comes within the days that the profile gives', async () => {
    const { result, ticket } = await drawn({ claimDays: 2 });
    raffle.running.advance(2 * DAY_MS + 1_000);
    const { organisationId } = raffle.organisation;
    const supervisor = await raffle.running.asPerson(organisationId, 'supervisor');
    const late = await claim(supervisor, result, ticket.validationNumber);
    expect([late.status, late.body.code]).toEqual([409, 'claim.too-late']);
  });

  test('is of the result that counts: not of a replaced one, and a claimed one is not drawn again', async () => {
    const { result, ticket } = await drawn();
    const path = `${ORGANISATION}/draw-results/${result.drawResultId}/second-draw-requests`;
    const asked = await raffle.supervisor.send<SecondDrawRequest>('POST', path, {
      reason: 'absent',
    });
    const decision = `${ORGANISATION}/second-draw-requests/${asked.body.secondDrawRequestId}/decision`;
    const made = await claim(raffle.supervisor, result, ticket.validationNumber);
    const drawnAgain = await raffle.secondSupervisor.send('POST', decision, {
      decision: 'approved',
    });
    await decide(raffle.secondSupervisor, made.body.claimId, {
      decision: 'rejected',
      reason: 'no',
    });
    const approved = await raffle.secondSupervisor.send('POST', decision, { decision: 'approved' });
    const stale = await claim(raffle.supervisor, result, ticket.validationNumber);
    expect([drawnAgain, approved, stale].map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'prize.claimed'],
      [200, undefined],
      [409, 'draw-result.replaced'],
    ]);
  });
});

describe('the record of a winner', () => {
  test('is encrypted, in no audit image, and read by few, each time noted', async () => {
    const { result, ticket } = await drawn();
    const { body } = await claim(raffle.supervisor, result, ticket.validationNumber);
    const path = `${ORGANISATION}/claims/${body.claimId}/winner`;
    const { organisationId } = raffle.organisation;
    const operator = await raffle.running.asPerson(organisationId, 'operator');
    const regulator = await raffle.running.asPerson(organisationId, 'regulator');
    expect((await operator.get(path)).status).toBe(403);
    expect((await regulator.get(path)).status).toBe(403);
    expect((await raffle.secondSupervisor.get(path)).body).toEqual(WINNER);
    expect(
      await raffle.running.query(
        `SELECT user_id AS "userId", metadata FROM critical_events WHERE event_type = 'winner.read'`,
      ),
    ).toEqual([
      { userId: await userId(raffle.secondSupervisor), metadata: { claimId: body.claimId } },
    ]);
    const [dump] = await raffle.running.query(
      `SELECT (SELECT string_agg(row_to_json(log)::TEXT, '') FROM audit_log log)
         || (SELECT string_agg(row_to_json(noted)::TEXT, '') FROM critical_events noted)
         || (SELECT string_agg(encode(sealed, 'escape'), '') FROM prize_winners) AS text`,
    );
    expect(Object.values(WINNER).filter((fact) => String(dump?.['text']).includes(fact))).toEqual(
      [],
    );
  });

  test('and the claim refuse every change', async () => {
    const { result, ticket } = await drawn();
    const made = await claim(raffle.supervisor, result, ticket.validationNumber);
    await decide(raffle.secondSupervisor, made.body.claimId, { decision: 'confirmed' });
    for (const statement of [
      "UPDATE prize_winners SET sealed = 'x'",
      'DELETE FROM prize_winners',
      'TRUNCATE prize_winners CASCADE',
      "UPDATE prize_claims SET state = 'open', decided_by = NULL, decided_at = NULL",
      'UPDATE prize_claims SET claimed_by = verified_by',
      'DELETE FROM prize_claims',
    ]) {
      await expect(raffle.running.query(statement), statement).rejects.toThrow(
        /is not allowed|does not change/,
      );
    }
  });

  test('is not confirmed by one person even past the program', async () => {
    const { result, ticket } = await drawn();
    await claim(raffle.supervisor, result, ticket.validationNumber);
    await expect(
      raffle.running.query(
        "UPDATE prize_claims SET state = 'confirmed', decided_by = verified_by, decided_at = now()",
      ),
    ).rejects.toThrow('ck_prize_claims_two_people');
  });
});
