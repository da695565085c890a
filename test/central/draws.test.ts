import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, describe, expect, test } from 'vitest';
import type { DrawFile } from '#shared/contract/central/people/draw-file.ts';
import type {
  Draw,
  DrawReadiness,
  DrawResult,
  SecondDrawRequest,
  Voids,
} from '#shared/contract/central/people/draws.ts';
import { createValidationNumberMaker } from '#shared/domain/validation-number.ts';
import {
  changeTickets,
  type SoldRaffle,
  sellOrders,
  startSoldRaffle,
} from '#test/helpers/central/reconciled-raffle.ts';
import { createTestOrganisation } from '#test/helpers/central/test-central.ts';

const SCARVES = { name: 'A scarf', valueMinor: 2_500, winnerCount: 3 };
const ORGANISATION = '/v1/organisations/:organisationId';
const BY_HAND = { drawnNumberStaysIn: false, hasPrintedCounterfoils: true };

/** A well-formed validation number that nobody has sold. */
const UNSOLD = createValidationNumberMaker({ prefix: '00000001', key: new Uint8Array(32) }).make(1);

let raffle: SoldRaffle;

afterEach(() => raffle.running.stop());

async function start(options?: Parameters<typeof startSoldRaffle>[0]): Promise<void> {
  raffle = await startSoldRaffle(options);
}

async function startReady(options?: Parameters<typeof startSoldRaffle>[0]): Promise<void> {
  await start(options);
  await raffle.reconcile();
  await raffle.acknowledgeVoids();
}

function draw(body: unknown = {}) {
  return raffle.supervisor.send<Draw>('POST', `${raffle.path}/draws`, body);
}

async function prizeIds(): Promise<string[]> {
  const rows = await raffle.running.query('SELECT id FROM prizes ORDER BY position');
  return rows.map(({ id }) => String(id));
}

async function firstResult(): Promise<DrawResult> {
  const { body } = await draw();
  const [result] = body.results;
  if (result === undefined) throw new Error('a number was drawn');
  return result;
}

async function state(): Promise<unknown> {
  const [row] = await raffle.running.query('SELECT state FROM raffle_events WHERE id = $1', [
    raffle.organisation.raffleEventId,
  ]);
  return row?.['state'];
}

describe('a draw', () => {
  test('keeps seed, pool, program and results, and makes the raffle event drawn', async () => {
    await startReady({ prizes: [SCARVES] });
    const { status, body } = await draw();
    expect(status).toBe(201);
    expect(
      body.results.map(({ order, prizeName, valueMinor }) => [order, prizeName, valueMinor]),
    ).toEqual([
      [1, 'Half', 2_000],
      [2, 'A scarf', 2_500],
      [3, 'A scarf', 2_500],
      [4, 'A scarf', 2_500],
    ]);
    const sold = raffle.tickets.flatMap(({ drawNumbers }) => drawNumbers);
    const won = body.results.map(({ drawNumber }) => drawNumber);
    expect([new Set(won).size, won.every((number) => sold.includes(number))]).toEqual([4, true]);
    const [stored] = await raffle.running.query(
      `SELECT state, length(rng_seed) AS seed, system_checksum AS checksum, pool_size AS size,
         method, stays_in AS "staysIn", net_sales AS "netSales"
       FROM draw_executions JOIN draw_inputs ON draw_execution_id = id`,
    );
    expect(stored).toEqual({
      state: 'completed',
      seed: 64,
      checksum: body.programChecksum,
      size: 20,
      method: 'electronic',
      staysIn: false,
      netSales: 4_000,
    });
    expect(await state()).toBe('drawn');
    expect(
      (await raffle.supervisor.get(`${ORGANISATION}/draws/${body.drawExecutionId}`)).body,
    ).toEqual(body);
    expect((await raffle.supervisor.get(`${raffle.path}/draw-results`)).body).toEqual({
      results: body.results,
    });
  });

  test('is worked out again by a script that shares no code with the central', async () => {
    await startReady({ prizes: [SCARVES], orderCount: 12 });
    const { body } = await draw();
    const file = await raffle.supervisor.get<DrawFile>(
      `${ORGANISATION}/draws/${body.drawExecutionId}/file`,
    );
    expect(verify(file.body)).toBe(0);
    const [first, ...others] = file.body.results;
    expect(verify({ ...file.body, results: [{ ...first, drawNumber: 1 }, ...others] })).toBe(1);
  });

  test('of one prize after the other leaves out what has won', async () => {
    await startReady({ orderCount: 1, prizes: [{ ...SCARVES, winnerCount: 4 }] });
    const [half = '', scarf = ''] = await prizeIds();
    const second = await draw({ prizeIds: [scarf] });
    expect(await state()).toBe('reconciled');
    const first = await draw({ prizeIds: [half] });
    const won = [...second.body.results, ...first.body.results].map(({ drawNumber }) => drawNumber);
    expect([won.toSorted(), first.body.poolSize, await state()]).toEqual([
      raffle.tickets[0]?.drawNumbers,
      1,
      'drawn',
    ]);
  });

  test('from numbers that stay in may let one win everything', async () => {
    await startReady({
      orderCount: 1,
      prizes: [{ ...SCARVES, winnerCount: 9 }],
      draw: { drawnNumberStaysIn: true, hasPrintedCounterfoils: false },
    });
    const { status, body } = await draw();
    expect([status, body.results.length, body.poolSize]).toEqual([201, 10, 5]);
  });

  test('has no more prizes than numbers, and draws none instead', async () => {
    await startReady({ orderCount: 1, prizes: [{ ...SCARVES, winnerCount: 5 }] });
    const { status, body } = await draw();
    expect([status, body.code]).toEqual([409, 'draw.too-few-numbers']);
    expect(await raffle.running.query('SELECT id FROM draw_executions')).toEqual([]);
  });

  test('happens once, however many ask at the same time, at two API processes', async () => {
    await startReady();
    const another = await raffle.running.startAnother();
    const path = `${raffle.path}/draws`.replace(
      ':organisationId',
      raffle.organisation.organisationId,
    );
    const ask = (url: string) =>
      fetch(url + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${raffle.supervisor.token}`,
          'content-type': 'application/json',
        },
        body: '{}',
      });
    const answers = await Promise.all(
      [another.url, raffle.running.url, another.url, raffle.running.url].map(ask),
    );
    await another.stop();
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
    expect(await raffle.running.query('SELECT position FROM draw_results')).toEqual([
      { position: 1 },
    ]);
  });

  test('sent again with its key gets the first answer', async () => {
    await startReady();
    const send = () =>
      raffle.supervisor.send<Draw>(
        'POST',
        `${raffle.path}/draws`,
        {},
        { 'idempotency-key': 'the-one-draw' },
      );
    const first = await send();
    const again = await send();
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
  });

  test('that cannot be put on record has not happened', async () => {
    await startReady();
    await raffle.running.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'the disk is full' USING ERRCODE = 'disk_full'; END $$`);
    await raffle.running.query(
      'CREATE TRIGGER fail AFTER INSERT ON draw_results FOR EACH ROW EXECUTE FUNCTION fail()',
    );
    const { status, body } = await draw();
    expect([status, body.results]).toEqual([500, undefined]);
    expect(await raffle.running.query('SELECT id FROM draw_executions')).toEqual([]);
    expect(await state()).toBe('reconciled');
  });

  test('of a prize that has its winner, or of none at all, is refused', async () => {
    await startReady();
    const [half = ''] = await prizeIds();
    const twice = await draw({ prizeIds: [half, half] });
    const unknown = await draw({ prizeIds: ['00000000-0000-4000-8000-000000000000'] });
    await draw();
    const again = await draw();
    expect([twice, unknown, again].map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'prize.drawn'],
      [404, 'thing.unknown'],
      [409, 'prize.drawn'],
    ]);
  });

  test('leaves out voided, misprinted and quarantined tickets, and their money', async () => {
    await start({ orderCount: 6 });
    const [voided, misprinted, held, ...others] = raffle.tickets;
    await changeTickets(raffle, voided, 'voided');
    await changeTickets(raffle, misprinted, 'misprinted');
    await raffle.running.query(
      `INSERT INTO journal_quarantine (chain_id, seq, hash, rsu_id, reason, explanation, subject_ids)
       SELECT chain_id, seq, hash, $1, 'cannot-be-projected', 'a late void', ARRAY[$2::UUID]
       FROM journal_entries`,
      [raffle.device.rsuId, held?.orderId],
    );
    await raffle.reconcile();
    await raffle.acknowledgeVoids();
    const { body } = await draw();
    const file = await raffle.supervisor.get<DrawFile>(
      `${ORGANISATION}/draws/${body.drawExecutionId}/file`,
    );
    const expected = others.flatMap(({ drawNumbers }) => drawNumbers);
    expect([file.body.pool.ranges, file.body.pool.size, file.body.netSalesMinor]).toEqual([
      [[expected[0], expected.at(-1)]],
      15,
      3_000,
    ]);
  });
});

describe('nothing is drawn', () => {
  async function refusal() {
    const { status, body } = await draw();
    return [status, body.code, body.detail];
  }

  test('before the close, the reconciliation and the acknowledged voids', async () => {
    await start();
    expect(await refusal()).toEqual([409, 'draw.not-ready', 'raffle-event.not-reconciled']);
    const { body } = await raffle.supervisor.get<DrawReadiness>(`${raffle.path}/draw-readiness`);
    expect(body.obstacles).toEqual(['raffle-event.not-reconciled', 'voids.not-acknowledged']);
    await raffle.reconcile();
    expect(await refusal()).toEqual([409, 'draw.not-ready', 'voids.not-acknowledged']);
    await raffle.acknowledgeVoids();
    expect((await draw()).status).toBe(201);
    expect(
      await raffle.running.query(
        `SELECT metadata ->> 'obstacle' AS obstacle, severity FROM critical_events
         WHERE event_type = 'draw.refused' ORDER BY timestamp`,
      ),
    ).toEqual([
      { obstacle: 'raffle-event.not-reconciled', severity: 'WARN' },
      { obstacle: 'voids.not-acknowledged', severity: 'WARN' },
    ]);
  });

  test('after a void that nobody has acknowledged', async () => {
    await startReady();
    await changeTickets(raffle, raffle.tickets[0], 'voided');
    expect(await refusal()).toEqual([409, 'draw.not-ready', 'voids.not-acknowledged']);
  });

  test('while a sold number lacks its counterfoil, or has one too many', async () => {
    await startReady();
    await raffle.running.query(
      `INSERT INTO tickets (event_id, draw_number, state, order_id, sold_at)
       VALUES ($1, 20000, 'sold', $2, now())`,
      [raffle.organisation.raffleEventId, raffle.tickets[0]?.orderId],
    );
    expect(await refusal()).toEqual([409, 'draw.not-ready', 'counterfoils.differ']);
  });

  test('where nothing was sold', async () => {
    await startReady({ orderCount: 1 });
    await changeTickets(raffle, raffle.tickets[0], 'voided');
    await raffle.acknowledgeVoids();
    expect(await refusal()).toEqual([409, 'draw.not-ready', 'pool.empty']);
  });
});

describe('voids', () => {
  test('are shown, with those that lie in the drum, and acknowledged by a named person', async () => {
    await start({ draw: BY_HAND });
    const [first, second] = raffle.tickets;
    const printed = first?.drawNumbers[0] ?? 0;
    await raffle.supervisor.send('POST', `${raffle.path}/counterfoil-prints`, {
      firstNumber: printed,
      lastNumber: printed,
    });
    await changeTickets(raffle, first, 'voided');
    await changeTickets(raffle, second, 'misprinted');
    const early = await raffle.supervisor.send('POST', `${raffle.path}/void-acknowledgements`, {
      numbersSha256: 'a'.repeat(64),
    });
    await raffle.reconcile();
    const other = await raffle.supervisor.send('POST', `${raffle.path}/void-acknowledgements`, {
      numbersSha256: 'a'.repeat(64),
    });
    expect([early, other].map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'draw.not-ready'],
      [412, 'thing.changed-meanwhile'],
    ]);
    const before = await raffle.supervisor.get<Voids>(`${raffle.path}/voids`);
    await raffle.acknowledgeVoids();
    const after = await raffle.supervisor.get<Voids>(`${raffle.path}/voids`);
    expect(after.body).toEqual({
      voidedCount: 5,
      misprintedCount: 5,
      numbersSha256: before.body.numbersSha256,
      withPrintedCounterfoil: [printed],
      acknowledgement: {
        acknowledgedBy: await userId(raffle.supervisor.subject),
        acknowledgedAt: expect.any(String),
      },
    });
  });
});

describe('a second draw', () => {
  async function request(result: DrawResult) {
    return raffle.supervisor.send<SecondDrawRequest>(
      'POST',
      `${ORGANISATION}/draw-results/${result.drawResultId}/second-draw-requests`,
      { reason: 'the winner did not come' },
    );
  }

  function decide(
    who: SoldRaffle['supervisor'],
    { body }: { body: SecondDrawRequest },
    decision: string,
  ) {
    return who.send<SecondDrawRequest>(
      'POST',
      `${ORGANISATION}/second-draw-requests/${body.secondDrawRequestId}/decision`,
      { decision },
    );
  }

  test('takes two people and a reason, and keeps the first', async () => {
    await startReady();
    const first = await firstResult();
    const asked = await request(first);
    const alone = await decide(raffle.supervisor, asked, 'approved');
    const approved = await decide(raffle.secondSupervisor, asked, 'approved');
    const again = await decide(raffle.secondSupervisor, asked, 'approved');
    const stale = await request(first);
    expect(
      [asked, alone, approved, again, stale].map(({ status, body }) => [status, body.code]),
    ).toEqual([
      [201, undefined],
      [403, 'second-person.required'],
      [200, undefined],
      [409, 'thing.decided'],
      [409, 'draw-result.replaced'],
    ]);
    const { body } = await raffle.supervisor.get<{ results: DrawResult[] }>(
      `${raffle.path}/draw-results`,
    );
    const [kept, second] = body.results;
    expect(body.results).toHaveLength(2);
    expect(kept).toEqual({ ...first, replacedBy: second?.drawResultId });
    expect([second?.replaces, second?.prizeId, second?.replacedBy]).toEqual([
      first.drawResultId,
      first.prizeId,
      null,
    ]);
    expect(second?.drawNumber).not.toBe(first.drawNumber);
    const listed = await raffle.supervisor.get(`${raffle.path}/second-draw-requests`);
    expect(listed.body).toEqual({ requests: [approved.body] });
    expect([approved.body.reason, approved.body.drawExecutionId, await state()]).toEqual([
      'the winner did not come',
      second?.drawExecutionId,
      'drawn',
    ]);
    const file = await raffle.supervisor.get<DrawFile>(
      `${ORGANISATION}/draws/${approved.body.drawExecutionId}/file`,
    );
    expect([file.body.pool.size, verify(file.body)]).toEqual([19, 0]);
  });

  test('can be refused or withdrawn, and asked for again', async () => {
    await startReady();
    const first = await firstResult();
    const asked = await request(first);
    const twice = await request(first);
    const withdrawn = await decide(raffle.supervisor, asked, 'refused');
    const anew = await request(first);
    expect([twice.status, twice.body.code, withdrawn.body.decision, anew.status]).toEqual([
      409,
      'thing.exists',
      'refused',
      201,
    ]);
  });
});

describe('a number drawn by hand', () => {
  async function enter(drawNumber: number | undefined, validationNumber: string | undefined) {
    const [prizeId] = await prizeIds();
    const { status, body } = await raffle.supervisor.send<Draw>(
      'POST',
      `${raffle.path}/manual-draws`,
      { prizeId, drawNumber, validationNumber },
    );
    return { status, body, said: [status, body.code, body.detail] };
  }

  test('is not entered where no counterfoils are printed', async () => {
    await startReady();
    const [ticket] = raffle.tickets;
    expect((await enter(ticket?.drawNumbers[0], ticket?.validationNumber)).said).toEqual([
      409,
      'draw.manual-off',
      'this raffle event has no printed counterfoils',
    ]);
  });

  test('is not entered before the voids are acknowledged', async () => {
    await start({ draw: BY_HAND });
    await raffle.reconcile();
    const [ticket] = raffle.tickets;
    expect((await enter(ticket?.drawNumbers[0], ticket?.validationNumber)).said).toEqual([
      409,
      'draw.not-ready',
      'voids.not-acknowledged',
    ]);
  });

  test('is refused if it is unsold, voided, misprinted, of another raffle event or not the ticket’s', async () => {
    await start({ draw: BY_HAND });
    const other = await createTestOrganisation(raffle.running, { eventIdentifier: 'TEST-2' });
    const foreign = await sellOrders(raffle.running, other, 'Other', 1);
    const [voided, misprinted, valid] = raffle.tickets;
    await changeTickets(raffle, voided, 'voided');
    await changeTickets(raffle, misprinted, 'misprinted');
    await raffle.reconcile();
    await raffle.acknowledgeVoids();
    const number = valid?.drawNumbers[0];
    const mistyped = (valid?.validationNumber ?? '').replace(
      /.$/,
      (digit) => `${9 - Number(digit)}`,
    );
    const refusals = [
      await enter(voided?.drawNumbers[0], voided?.validationNumber),
      await enter(misprinted?.drawNumbers[0], misprinted?.validationNumber),
      await enter(foreign.tickets[0]?.drawNumbers[0], foreign.tickets[0]?.validationNumber),
      await enter(20_999, valid?.validationNumber),
      await enter(number, mistyped),
      await enter(number, UNSOLD),
    ];
    expect(refusals.map(({ said }) => said)).toEqual([
      [409, 'draw-number.not-in-play', `${voided?.drawNumbers[0]}: voided`],
      [409, 'draw-number.not-in-play', `${misprinted?.drawNumbers[0]}: misprinted`],
      [409, 'draw-number.not-in-play', `${foreign.tickets[0]?.drawNumbers[0]}: other-raffle-event`],
      [409, 'draw-number.not-in-play', '20999: does-not-match'],
      [409, 'draw-number.not-in-play', `${number}: mistyped`],
      [409, 'draw-number.not-in-play', `${number}: unknown`],
    ]);
    expect(
      await raffle.running.query(
        `SELECT count(*)::INT AS count FROM critical_events WHERE event_type = 'draw.number-refused'`,
      ),
    ).toEqual([{ count: 6 }]);
  });

  test('is the result when it is sold and valid; its draw has no file', async () => {
    await startReady({ draw: BY_HAND, prizes: [{ ...SCARVES, winnerCount: 1 }] });
    const [ticket] = raffle.tickets;
    const number = ticket?.drawNumbers[2];
    const { status, body } = await enter(number, ticket?.validationNumber);
    expect([status, body.method, body.results.map(({ drawNumber }) => drawNumber)]).toEqual([
      201,
      'manual',
      [number],
    ]);
    const file = await raffle.supervisor.get(`${ORGANISATION}/draws/${body.drawExecutionId}/file`);
    expect([file.status, file.body.code]).toEqual([409, 'draw.by-hand']);
    const rest = await draw();
    expect(rest.body.results.map(({ prizeName }) => prizeName)).toEqual(['A scarf']);
    expect(await state()).toBe('drawn');
  });

  test('does not win twice where drawn numbers do not stay in', async () => {
    await startReady({ draw: BY_HAND, prizes: [SCARVES] });
    const [ticket] = raffle.tickets;
    const number = ticket?.drawNumbers[0];
    await enter(number, ticket?.validationNumber);
    const [, prizeId] = await prizeIds();
    const { body } = await raffle.supervisor.send('POST', `${raffle.path}/manual-draws`, {
      prizeId,
      drawNumber: number,
      validationNumber: ticket?.validationNumber,
    });
    expect([body.code, body.detail]).toEqual([
      'draw-number.not-in-play',
      `${number}: drawn before`,
    ]);
  });
});

describe('records of a draw', () => {
  test('refuse every change', async () => {
    await startReady();
    await firstResult();
    for (const statement of [
      'UPDATE draw_results SET winning_number = 1',
      'DELETE FROM draw_results',
      'UPDATE draw_inputs SET pool_size = 1',
      "UPDATE draw_executions SET rng_seed = 'x'",
      "UPDATE draw_executions SET state = 'failed'",
      'DELETE FROM draw_executions',
      'UPDATE raffle_event_void_acknowledgements SET voided_count = 1',
      'TRUNCATE draw_inputs',
    ]) {
      await expect(raffle.running.query(statement), statement).rejects.toThrow(
        /is not allowed|does not change/,
      );
    }
  });

  test('name the person in the audit log, and the state is followed by its history', async () => {
    await startReady();
    await firstResult();
    const actor = `user:${await userId(raffle.supervisor.subject)}`;
    expect(
      await raffle.running.query(
        `SELECT table_name AS "table", operation, actor, changed_by IS NOT NULL AS "hasPerson"
         FROM audit_log WHERE table_name LIKE 'draw_%' ORDER BY id`,
      ),
    ).toEqual([
      { table: 'draw_executions', operation: 'INSERT', actor, hasPerson: true },
      { table: 'draw_results', operation: 'INSERT', actor, hasPerson: true },
      { table: 'draw_executions', operation: 'UPDATE', actor, hasPerson: true },
    ]);
    expect(
      await raffle.running.query(
        `SELECT to_state AS state, changed_by AS actor, reason FROM raffle_event_state_history
         ORDER BY id DESC LIMIT 1`,
      ),
    ).toEqual([{ state: 'drawn', actor, reason: 'every prize has been drawn' }]);
  });
});

async function userId(subject: string): Promise<unknown> {
  const [row] = await raffle.running.query('SELECT id FROM users WHERE cognito_sub = $1', [
    subject,
  ]);
  return row?.['id'];
}

/** The exit code of the script over an exported file. */
function verify(file: unknown): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-draw-'));
  const path = join(folder, 'draw.json');
  writeFileSync(path, JSON.stringify(file));
  const { status } = spawnSync(process.execPath, ['scripts/verify-draw.mjs', path]);
  rmSync(folder, { recursive: true });
  return status;
}
