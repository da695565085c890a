import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { PUBLIC_ROUTES, type PublicJackpot } from '#shared/contract/central/public.ts';
import {
  changeTickets,
  type SoldRaffle,
  startSoldRaffle,
} from '#test/helpers/central/reconciled-raffle.ts';

const IDENTIFIER = 'TEST-1';

let raffle: SoldRaffle;

afterEach(() => raffle.running.stop());

function ask(route: string, headers: Record<string, string> = {}, identifier = IDENTIFIER) {
  const path = route.replace(':eventIdentifier', encodeURIComponent(identifier));
  return fetch(raffle.running.url + path, { headers });
}

async function prizesNow(): Promise<unknown> {
  const { prizes } = (await (await ask(PUBLIC_ROUTES.jackpot)).json()) as PublicJackpot;
  return prizes.map(({ name, valueMinor, isAtCap }) => [name, valueMinor, isAtCap]);
}

test('anybody reads the facts of a raffle event, and caches them', async () => {
  raffle = await startSoldRaffle();
  const response = await ask(PUBLIC_ROUTES.raffleEvent);
  const body = await response.json();
  expect(body).toEqual({
    eventIdentifier: IDENTIFIER,
    name: 'Test raffle',
    organisationName: 'Test organisation',
    licenceNumber: 'L-1',
    venueName: 'Test arena',
    timeZone: 'America/Vancouver',
    state: 'active',
    isDemo: false,
    salesStart: expect.any(String),
    salesEnd: expect.any(String),
    drawAt: null,
    currency: 'CAD',
    packages: [
      expect.objectContaining({ name: '5 numbers', numberCount: 5, priceMinor: 1_000 }),
      expect.objectContaining({ name: '40 numbers', numberCount: 40, priceMinor: 2_000 }),
    ],
    prizes: [
      expect.objectContaining({ name: 'Half', hundredthsOfPercent: 5_000, capMinor: 100_000 }),
    ],
  });
  const tag = response.headers.get('etag') ?? '';
  expect({
    cache: response.headers.get('cache-control'),
    isForEveryPage: response.headers.get('access-control-allow-origin'),
  }).toEqual({ cache: 'public, max-age=15', isForEveryPage: '*' });
  for (const known of [tag, `"other", W/${tag}`, '*']) {
    const repeated = await ask(PUBLIC_ROUTES.raffleEvent, { 'if-none-match': known });
    expect([known, repeated.status, await repeated.text()]).toEqual([known, 304, '']);
  }
  const changed = await ask(PUBLIC_ROUTES.raffleEvent, { 'if-none-match': '"other"' });
  expect(changed.status).toBe(200);
});

test('voids, misprints and what waits for a decision lower the jackpot; a cap ends its growth', async () => {
  raffle = await startSoldRaffle({
    prizes: [{ name: 'A scarf', valueMinor: 2_500, winnerCount: 3 }],
  });
  expect(await prizesNow()).toEqual([
    ['Half', 2_000, false],
    ['A scarf', 2_500, false],
  ]);
  await changeTickets(raffle, raffle.tickets[0], 'voided');
  await changeTickets(raffle, raffle.tickets[1], 'misprinted');
  await expect.poll(prizesNow, { timeout: 5_000 }).toEqual([
    ['Half', 1_000, false],
    ['A scarf', 2_500, false],
  ]);
  await raffle.running.query('ALTER TABLE prizes DISABLE TRIGGER frozen_after_start');
  await raffle.running.query('UPDATE prizes SET cap = 700 WHERE cap IS NOT NULL');
  await expect.poll(prizesNow, { timeout: 5_000 }).toEqual([
    ['Half', 700, true],
    ['A scarf', 2_500, false],
  ]);
});

test('shows winning numbers once they are official, as they stand on the tickets', async () => {
  raffle = await startSoldRaffle();
  const before = await (await ask(PUBLIC_ROUTES.results)).json();
  expect(before).toEqual({ eventIdentifier: IDENTIFIER, results: [] });
  await raffle.reconcile();
  await raffle.acknowledgeVoids();
  const { body } = await raffle.supervisor.send<{ results: { drawNumber: number }[] }>(
    'POST',
    `${raffle.path}/draws`,
    {},
  );
  const drawNumber = body.results[0]?.drawNumber ?? 0;
  const results = async () => (await ask(PUBLIC_ROUTES.results)).json();
  await expect.poll(results, { timeout: 10_000 }).toEqual({
    eventIdentifier: IDENTIFIER,
    results: [
      {
        prizeName: 'Half',
        drawNumber,
        drawNumberText: `0${Math.floor(drawNumber / 1000)} ${String(drawNumber % 1000).padStart(3, '0')}`,
        valueMinor: 2_000,
        currency: 'CAD',
        drawnAt: expect.any(String),
      },
    ],
  });
});

test('names the programs that run, with checksums', async () => {
  raffle = await startSoldRaffle();
  const software = {
    version: '9.8.7',
    checksum: createHash('sha256').update('till').digest('hex'),
  };
  await raffle.running.query(
    `INSERT INTO rsu_heartbeats (rsu_id, chain_id, epoch, report) VALUES ($1, $2, 1, $3)`,
    [raffle.device.rsuId, raffle.device.chainId, JSON.stringify({ software })],
  );
  expect(await (await ask(PUBLIC_ROUTES.software)).json()).toEqual({
    central: { version: expect.any(String), checksum: expect.stringMatching(/^[0-9a-f]{64}$/) },
    tills: [software],
  });
});

test('what was only prepared, or never was, is unknown; whoever asks too often waits', async () => {
  raffle = await startSoldRaffle();
  await raffle.running.query(
    `INSERT INTO raffle_events (name, organization_id, event_identifier, state, configuration,
       ticket_allocation)
     SELECT name, organization_id, 'TEST-2', 'created', configuration, ticket_allocation FROM raffle_events`,
  );
  for (const identifier of ['TEST-2', 'none', '%00\u{1F3DF}', "'; --"]) {
    const response = await ask(PUBLIC_ROUTES.jackpot, {}, identifier);
    const { code } = (await response.json()) as { code: string };
    expect([identifier, response.status, code]).toEqual([identifier, 404, 'thing.unknown']);
  }
  const statuses: number[] = [];
  while (!statuses.includes(429) && statuses.length < 1_000) {
    statuses.push((await ask(PUBLIC_ROUTES.software)).status);
  }
  const refused = await ask(PUBLIC_ROUTES.software);
  expect({
    status: refused.status,
    type: refused.headers.get('content-type'),
    waits: Number(refused.headers.get('retry-after')) > 0,
  }).toEqual({ status: 429, type: 'application/problem+json; charset=utf-8', waits: true });
});
