import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CounterfoilPrint } from '#shared/contract/central/people/counterfoils.ts';
import type { TestPerson } from '#test/helpers/central/people.ts';
import {
  changeTickets,
  type SoldRaffle,
  startSoldRaffle,
} from '#test/helpers/central/reconciled-raffle.ts';

let raffle: SoldRaffle;

beforeEach(async () => {
  raffle = await startSoldRaffle({ orderCount: 2 });
});

afterEach(() => raffle.running.stop());

function print(body: object) {
  return raffle.supervisor.send<CounterfoilPrint>(
    'POST',
    `${raffle.path}/counterfoil-prints`,
    body,
  );
}

function pathOf({ body }: { body: CounterfoilPrint }, what: string): string {
  return `/v1/organisations/:organisationId/counterfoil-prints/${body.counterfoilPrintId}/${what}`;
}

async function linesOf(person: TestPerson, path: string): Promise<string[]> {
  const text = await (await person.fetch(path)).text();
  return text.trim().split('\r\n');
}

async function reprint() {
  await print({ firstNumber: 1_000, lastNumber: 1_004 });
  return print({ firstNumber: 1_003, lastNumber: 1_006, reason: 'torn' });
}

test('the list and the file hold one counterfoil for each sold number, as the ticket says', async () => {
  const [first] = raffle.tickets;
  const { body } = await raffle.supervisor.get<{ items: unknown[]; nextCursor: string }>(
    `${raffle.path}/counterfoils?limit=3`,
  );
  expect(body.items[0]).toEqual({
    drawNumber: first?.drawNumbers[0],
    eventIdentifier: 'TEST-1',
    issuedAt: expect.any(String),
    amountMinor: 1_000,
    currency: 'CAD',
    validationNumber: first?.validationNumber,
    state: 'sold',
    printCount: 0,
  });
  const rest = await raffle.supervisor.get<{ items: unknown[]; nextCursor: null }>(
    `${raffle.path}/counterfoils?cursor=${body.nextCursor}`,
  );
  expect([body.items.length, rest.body.items.length, rest.body.nextCursor]).toEqual([3, 7, null]);
  const lines = await linesOf(raffle.supervisor, `${raffle.path}/counterfoils.csv`);
  expect(lines).toHaveLength(11);
  expect(lines[0]).toContain('draw number,raffle event,issued');
});

test('the first print is released at once, and leaves out what cannot win', async () => {
  await changeTickets(raffle, raffle.tickets[1], 'voided');
  const first = await print({ firstNumber: 0, lastNumber: 20_999 });
  expect([first.status, first.body]).toEqual([
    201,
    {
      counterfoilPrintId: first.body.counterfoilPrintId,
      firstNumber: 0,
      lastNumber: 20_999,
      reason: null,
      requestedBy: expect.any(String),
      requestedAt: expect.any(String),
      state: 'released',
      approvedBy: null,
      approvedAt: null,
      counterfoilCount: 5,
      reprintCount: 0,
    },
  ]);
  const lines = await linesOf(raffle.supervisor, pathOf(first, 'counterfoils.csv'));
  expect(lines.slice(1).map((line) => line.split(',').at(-1))).toEqual(
    Array.from({ length: 5 }, () => 'ORIGINAL'),
  );
});

test('a reprint needs a reason and another person, and each reprinted number says so', async () => {
  await print({ firstNumber: 1_000, lastNumber: 1_004 });
  const silent = await print({ firstNumber: 1_003, lastNumber: 1_006 });
  const asked = await print({ firstNumber: 1_003, lastNumber: 1_006, reason: 'torn' });
  const early = await raffle.supervisor.get(pathOf(asked, 'counterfoils.csv'));
  const alone = await raffle.supervisor.send('POST', pathOf(asked, 'approval'));
  const approved = await raffle.secondSupervisor.send<CounterfoilPrint>(
    'POST',
    pathOf(asked, 'approval'),
  );
  const again = await raffle.secondSupervisor.send('POST', pathOf(asked, 'approval'));
  expect(
    [silent, asked, early, alone, approved, again].map(({ status, body }) => [status, body.code]),
  ).toEqual([
    [400, 'reason.required'],
    [201, undefined],
    [403, 'second-person.required'],
    [403, 'second-person.required'],
    [200, undefined],
    [409, 'thing.decided'],
  ]);
  expect([approved.body.state, approved.body.counterfoilCount, approved.body.reprintCount]).toEqual(
    ['released', 4, 2],
  );
  const lines = await linesOf(raffle.supervisor, pathOf(asked, 'counterfoils.csv'));
  expect(lines.slice(1).map((line) => [line.split(',')[0], line.split(',').at(-1)])).toEqual([
    ['1003', 'REPRINT 1'],
    ['1004', 'REPRINT 1'],
    ['1005', 'ORIGINAL'],
    ['1006', 'ORIGINAL'],
  ]);
  expect(
    await raffle.running.query(
      `SELECT event_type AS type, severity, metadata ->> 'reason' AS reason FROM critical_events
       WHERE event_type LIKE 'counterfoils.%' ORDER BY timestamp`,
    ),
  ).toEqual([
    { type: 'counterfoils.printed', severity: 'INFO', reason: null },
    { type: 'counterfoils.reprinted', severity: 'WARN', reason: 'torn' },
  ]);
  const { body } = await raffle.supervisor.get<{ items: unknown[] }>(
    `${raffle.path}/counterfoil-prints?limit=1`,
  );
  expect(body.items).toEqual([approved.body]);
});

test('numbers that nobody bought are not printed, nor a range that ends before it begins', async () => {
  const unsold = await print({ firstNumber: 5_000, lastNumber: 6_000 });
  const backwards = await print({ firstNumber: 2, lastNumber: 1 });
  expect([unsold, backwards].map(({ status, body }) => [status, body.code])).toEqual([
    [404, 'thing.unknown'],
    [400, 'request.invalid'],
  ]);
});

test('a print refuses every change once it is released, and an approval of one’s own at any time', async () => {
  await reprint();
  await expect(
    raffle.running.query(
      `UPDATE counterfoil_prints SET state = 'released', approved_by = requested_by, approved_at = now()
       WHERE state = 'awaiting-approval'`,
    ),
  ).rejects.toThrow('ck_counterfoil_prints_two_people');
  for (const statement of [
    "UPDATE counterfoil_prints SET state = 'awaiting-approval' WHERE state = 'released'",
    'UPDATE counterfoil_print_numbers SET copy_number = 0',
    'DELETE FROM counterfoil_prints',
    'DELETE FROM counterfoil_print_numbers',
  ]) {
    await expect(raffle.running.query(statement), statement).rejects.toThrow('is not allowed');
  }
});
