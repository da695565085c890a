import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPORT_NAMES, type ReportName } from '#shared/contract/central/people/reports.ts';
import { countPdfPages, readPdfText } from '#test/helpers/central/read-pdf.ts';
import {
  changeTickets,
  type SoldRaffle,
  type SoldTicket,
  sellOrders,
  startSoldRaffle,
} from '#test/helpers/central/reconciled-raffle.ts';

interface JsonSection {
  readonly title: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly totals: Readonly<Record<string, number>>;
}

interface JsonReport {
  readonly title: string;
  readonly isProvisional?: boolean;
  readonly obstacles?: readonly string[];
  readonly sections: readonly JsonSection[];
}

let raffle: SoldRaffle;
let others: readonly SoldTicket[];

/**
 * Till 1 sold three orders of 10.00, of which the second was voided by the supervisor; Till 2 sold two,
 * of which the first was misprinted and paid back. Till 2 is lost afterwards. One number was drawn.
 */
beforeAll(async () => {
  raffle = await startSoldRaffle({ orderCount: 3 });
  const { running, organisation, supervisor, secondSupervisor } = raffle;
  others = (await sellOrders(running, organisation, '=Till "2"', 2)).tickets;
  await changeTickets(raffle, raffle.tickets[1], 'voided');
  await changeTickets(raffle, others[0], 'misprinted');
  await running.query(
    `UPDATE tickets SET voided_at = now(), voided_reason = 'changed-mind',
       voided_by = (SELECT id FROM users WHERE cognito_sub = $1) WHERE state = 'voided'`,
    [supervisor.subject],
  );
  await running.query(
    `INSERT INTO refunds (organization_id, order_id, amount, currency, method, paid_back_by, note,
       recorded_by, recorded_at)
     SELECT $1, $2, 1000, 'CAD', 'cash', 'Sam', 'no ticket', id, now() FROM users WHERE cognito_sub = $3`,
    [organisation.organisationId, others[0]?.orderId, supervisor.subject],
  );
  await running.query(
    `INSERT INTO rsu_corruption_log (rsu_id, raffle_event_id, reason, operator_id, money_collected,
       entered_by, entered_at, confirmed_by, confirmed_at)
     SELECT rsus.id, $1, 'fell into the river', $2, 2000, one.id, now(), two.id, now()
     FROM rsus, users one, users two
     WHERE rsus.name LIKE '=%' AND one.cognito_sub = $3 AND two.cognito_sub = $4`,
    [
      organisation.raffleEventId,
      organisation.operatorId,
      supervisor.subject,
      secondSupervisor.subject,
    ],
  );
  await running.query(
    `INSERT INTO critical_events (event_type, event_id, rsu_id, severity, description)
     SELECT 'printer.no-paper', $1, id, 'WARN', 'no paper' FROM rsus WHERE name = 'Till 1'`,
    [organisation.raffleEventId],
  );
});

afterAll(() => raffle.running.stop());

function fetchReport(name: ReportName, query = '') {
  return raffle.supervisor.fetch(`${raffle.path}/reports/${name}${query}`);
}

async function read(name: ReportName, query = ''): Promise<JsonReport> {
  const response = await fetchReport(name, query);
  if (response.status !== 200) throw new Error(await response.text());
  return (await response.json()) as JsonReport;
}

async function rowsOf(name: ReportName, query = '', section = 0) {
  return (await read(name, query)).sections[section]?.rows;
}

const ALL_SALES = {
  orders: 5,
  numbers: 25,
  gross: 5_000,
  voidedNumbers: 5,
  voidedAmount: 1_000,
  misprintedNumbers: 5,
  misprintedAmount: 1_000,
  numbersInPlay: 15,
  net: 3_000,
};

describe('a report has the rows that were sold', () => {
  test('bearer tickets: one row an order, with every number', async () => {
    const { sections } = await read('bearer-tickets');
    const sold = [...raffle.tickets, ...others];
    const byNumber = (left: SoldTicket, right: SoldTicket) =>
      (left.drawNumbers[0] ?? 0) - (right.drawNumbers[0] ?? 0);
    expect(
      [...(sections[0]?.rows ?? [])]
        .map(({ validationNumber, numbers, price }) => ({ validationNumber, numbers, price }))
        .toSorted(
          (left, right) =>
            Number((left.numbers as number[])[0]) - Number((right.numbers as number[])[0]),
        ),
    ).toEqual(
      sold.toSorted(byNumber).map(({ validationNumber, drawNumbers }) => ({
        validationNumber,
        numbers: drawNumbers,
        price: 1_000,
      })),
    );
    expect(sections[0]?.totals).toEqual({ count: 25, price: 5_000 });
  });

  test('sales by RSU, with what was voided and misprinted', async () => {
    const { sections } = await read('sales-by-rsu');
    expect(
      sections[0]?.rows.map(({ rsu, gross, voidedNumbers, misprintedNumbers, net }) => [
        rsu,
        gross,
        voidedNumbers,
        misprintedNumbers,
        net,
      ]),
    ).toEqual([
      ['=Till "2"', 2_000, 0, 5, 1_000],
      ['Till 1', 3_000, 5, 0, 2_000],
    ]);
    expect(sections[0]?.totals).toEqual(ALL_SALES);
  });

  test.each<[ReportName, string]>([
    ['sales-by-price-point', ''],
    ['revenue-over-time', '?interval=hour'],
    ['revenue-over-time', '?interval=day'],
    ['revenue-over-time', '?interval=15-minutes'],
  ])('%s%s adds up to all sales', async (name, query) => {
    expect((await read(name, query)).sections[0]?.totals).toEqual(ALL_SALES);
  });

  test('the sales summary: in all, by tender, by source, and what was paid back', async () => {
    const { sections } = await read('sales-summary');
    expect(sections.map(({ title, rows }) => [title, rows])).toEqual([
      ['Sales', [ALL_SALES]],
      ['Paid by', [{ tender: 'cash', orders: 5, gross: 5_000, net: 3_000 }]],
      ['Sold where', [{ source: 'rsu', offline: expect.any(String), ...ALL_SALES }]],
      ['Refunds', [{ method: 'cash', refunds: 1, amount: 1_000 }]],
    ]);
  });

  test('voided draw numbers, with validation number, person and reason', async () => {
    const rows = await rowsOf('voided-draw-numbers');
    const dead = [raffle.tickets[1], others[0]].flatMap((ticket) =>
      (ticket?.drawNumbers ?? []).map((number) => [number, ticket?.validationNumber]),
    );
    expect(rows?.map(({ number, validationNumber }) => [number, validationNumber])).toEqual(dead);
    expect(rows?.[0]).toMatchObject({
      state: 'voided',
      rsu: 'Till 1',
      voidedBy: expect.stringContaining('supervisor'),
      reason: 'changed-mind',
    });
  });

  test('the event log of an RSU, and nothing of another', async () => {
    const [till] = await raffle.running.query(`SELECT id FROM rsus WHERE name = 'Till 1'`);
    const rows = await rowsOf('rsu-event-log', `?rsuId=${String(till?.['id'])}`);
    expect(new Set(rows?.map(({ rsu }) => rsu))).toEqual(new Set(['Till 1']));
    expect(rows?.find(({ code }) => code === 'printer.no-paper')).toMatchObject({
      severity: 'WARN',
      description: 'no paper',
    });
  });

  test('the corruption log: RSU, operator, money collected', async () => {
    expect(await rowsOf('rsu-corruption-log')).toEqual([
      expect.objectContaining({
        rsu: '=Till "2"',
        operator: '11 Sam',
        money: 2_000,
        reason: 'fell into the river',
        standing: 'confirmed',
      }),
    ]);
  });

  test('a period, and what has no rows', async () => {
    expect(
      (await read('sales-summary', '?from=2999-01-01T00:00:00.000Z')).sections[0]?.rows,
    ).toEqual([Object.fromEntries(Object.keys(ALL_SALES).map((key) => [key, 0]))]);
    expect(await rowsOf('bearer-tickets', '?to=2001-01-01T00:00:00.000Z')).toEqual([]);
    const refused = await fetchReport('rsu-corruption-log', '?from=2001-01-01T00:00:00.000Z');
    expect([refused.status, await refused.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'request.invalid' }),
    ]);
  });
});

describe('the exception report', () => {
  test('has each change of a parameter, and each override, once', async () => {
    const { running, organisation } = raffle;
    await running.query(
      `UPDATE raffle_events SET configuration = jsonb_set(configuration, '{salesEnd}',
         to_jsonb(to_char(now() + INTERVAL '2 hours', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) WHERE id = $1`,
      [organisation.raffleEventId],
    );
    await running.query(
      `INSERT INTO critical_events (event_type, event_id, severity, description, component_id)
       VALUES ('draw.refused', $1, 'WARN', 'too early', 'central')`,
      [organisation.raffleEventId],
    );
    const { sections } = await read('exceptions');
    const [parameters, , overrides, dead] = sections;
    expect(
      parameters?.rows.filter(
        ({ what, field }) => what === 'raffle_events' && field === 'configuration',
      ),
    ).toHaveLength(1);
    expect(overrides?.rows.filter(({ code }) => code === 'draw.refused')).toHaveLength(1);
    expect(dead?.rows).toHaveLength(10);
  });
});

describe('the treasurer’s pack and the drawing report', () => {
  test('are provisional while a till is open, and end with the prizes and the proceeds', async () => {
    const before = await read('treasurers-pack');
    expect([before.isProvisional, before.obstacles]).toEqual([
      true,
      ['Till 1 has not ended its sales', 'the raffle is not reconciled'],
    ]);
    await raffle.reconcile();
    await raffle.acknowledgeVoids();
    await raffle.running.query(
      `INSERT INTO rsu_sales_ends (chain_id, raffle_event_id, seq) VALUES ($1, $2, 99)`,
      [raffle.device.chainId, raffle.organisation.raffleEventId],
    );
    const draw = await raffle.supervisor.send('POST', `${raffle.path}/draws`, {});
    expect(draw.status).toBe(201);
    const after = await read('treasurers-pack');
    const proceeds = after.sections.find(({ title }) => title === 'Proceeds');
    expect([after.isProvisional, proceeds?.rows]).toEqual([
      false,
      [{ net: 3_000, awarded: 1_500, proceeds: 1_500 }],
    ]);
    const { sections } = await read('drawing');
    expect(sections.map(({ title, rows }) => [title, rows.length])).toEqual([
      ['Sales', 1],
      ['Refunds', 1],
      ['Prizes and sales', 1],
      ['Winning numbers', 1],
      ['Draws', 1],
    ]);
    expect(sections[2]?.rows[0]).toMatchObject({
      winners: 1,
      drawn: 1,
      awarded: 1_500,
      share: '50.00 %',
    });
    expect(sections[3]?.rows[0]).toMatchObject({
      order: 1,
      value: 1_500,
      standing: 'official',
      claim: 'not claimed',
    });
  });
});

describe('every report', () => {
  test.each(REPORT_NAMES)('%s is JSON, CSV and PDF with the same heading', async (name) => {
    const answers = await Promise.all(
      ['json', 'csv', 'pdf'].map((format) => fetchReport(name, `?format=${format}`)),
    );
    expect(
      answers.map((answer) => [answer.status, answer.headers.get('content-disposition')]),
    ).toEqual(
      ['json', 'csv', 'pdf'].map((format) => [
        200,
        `attachment; filename="TEST-1-${name}.${format}"`,
      ]),
    );
    const [json, csv, pdf] = await Promise.all(
      answers.map(async (answer) => new Uint8Array(await answer.arrayBuffer())),
    );
    if (json === undefined || csv === undefined || pdf === undefined)
      throw new Error('three files');
    const report = JSON.parse(Buffer.from(json).toString()) as Record<string, unknown>;
    expect(report).toMatchObject({
      organisationName: 'Test organisation',
      eventIdentifier: 'TEST-1',
      licenceNumber: 'L-1',
      timeZone: 'America/Vancouver',
      generatedBy: expect.stringContaining('supervisor'),
    });
    const text = readPdfText(pdf);
    for (const part of ['Test organisation', 'TEST-1', 'L-1', 'America/Vancouver', 'supervisor']) {
      expect([part, Buffer.from(csv).toString().includes(part), text.includes(part)]).toEqual([
        part,
        true,
        true,
      ]);
    }
    expect(text).toContain(`1/${countPdfPages(pdf)}`);
  });

  test('escapes in CSV what a spreadsheet would run, and keeps quotes', async () => {
    const csv = await (await fetchReport('sales-by-rsu', '?format=csv')).text();
    expect(csv).toContain(`"'=Till ""2""",2,10,20.00`);
    expect(csv.trimEnd().split('\r\n').at(-1)).toBe('Total,5,25,50.00,5,10.00,5,10.00,15,30.00');
  });

  test('is there for those who may read it, by its name', async () => {
    const { body } = await raffle.supervisor.get<{ reports: { name: string }[] }>(
      `${raffle.path}/reports`,
    );
    expect(body.reports.map(({ name }) => name)).toEqual([...REPORT_NAMES]);
    const unknown = await raffle.supervisor.get(`${raffle.path}/reports/nothing`);
    expect([unknown.status, unknown.body.code]).toEqual([400, 'request.invalid']);
  });
});
