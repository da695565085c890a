import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '#central/development/embedded-postgres.ts';
import { skipHoldings } from '#central/modules/epoch/service.ts';
import { type RunningCentral, startCentral } from '#central/start-central.ts';
import { centralFingerprint } from '#shared/domain/central-proof.ts';
import { findDumpTools } from '#test/helpers/central/dump-tools.ts';
import { type RealTill, startRealTill } from '#test/helpers/central/real-till.ts';
import {
  createTestOrganisation,
  createTestRsu,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import { queryDatabase } from '#test/helpers/central/test-database.ts';
import { enrolledDevice, type TestDevice } from '#test/helpers/central/test-device.ts';

const LONGEST_MS = 300_000;
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** 10 numbers at a time: every second sale of 5 needs new ones. */
const NUMBER_PLAN = {
  numberSpace: { from: 1_000, to: 21_000 },
  allocationSize: 10,
  validationBlockSize: 100,
};

const tools = findDumpTools();
const servers: EmbeddedPostgres[] = [];
const tills: RealTill[] = [];
let folder: string;
let central: RunningCentral;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-restore-'));
  chmodSync(folder, 0o711);
});

afterAll(async () => {
  for (const till of tills) await till.remove();
  await central.stop();
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true, force: true });
}, LONGEST_MS);

/** A database server of its own: another one each time, with another identity. */
async function startServer(name: string): Promise<string> {
  const server = await startEmbeddedPostgres({
    dataDirectory: join(folder, name),
    settings: SETTINGS,
    ...(tools.binaries === undefined ? {} : { binaries: tools.binaries }),
  });
  servers.push(server);
  return server.url;
}

function start(databaseUrl: string, port: number): Promise<RunningCentral> {
  return startCentral({
    databaseUrl,
    serverKey: new Uint8Array(32).fill(7),
    isDemo: false,
    port,
    logger: pino({ level: 'silent' }),
  });
}

async function openTill(organisation: TestOrganisation, name: string): Promise<RealTill> {
  const { code } = await createTestRsu(central, organisation, name);
  const till = await startRealTill();
  tills.push(till);
  const fingerprint = centralFingerprint(central.central.identity.publicKey);
  await till.run('enrolment.begin', { address: central.url, code, fingerprint });
  await till.until('a raffle event', ({ selling }) => selling !== null);
  const identification = { method: 'number', number: '11' } as const;
  await till.run('session.sign-in', { identification, pin: '1111' });
  return till;
}

async function sellAndSend(till: RealTill, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await till.sell('5 numbers');
  await till.until('all to be sent', ({ sync }) => sync?.isAllSent === true);
}

/** Every number that a central has dealt, with the chain that holds it. */
async function numbersDealt(databaseUrl: string): Promise<ReadonlyMap<number, string>> {
  const rows = await queryDatabase(
    databaseUrl,
    `SELECT generate_series(start_number, end_number) AS number, chain_id FROM rsu_allocations`,
  );
  return new Map(rows.map(({ number, chain_id: chain }) => [Number(number), String(chain)]));
}

async function ordersOf(databaseUrl: string): Promise<readonly string[]> {
  const rows = await queryDatabase(databaseUrl, 'SELECT validation_number FROM orders ORDER BY 1');
  return rows.map(({ validation_number: number }) => String(number));
}

async function askForNumbers(device: TestDevice, { raffleEventId }: TestOrganisation) {
  const { status, body } = await device.topUp(raffleEventId);
  return status === 200 ? status : (body as unknown as { readonly code: string }).code;
}

describe(`with ${tools.name}`, () => {
  test(
    'a central restored into another cluster goes on, and deals no number twice',
    async () => {
      const lostUrl = await startServer('lost');
      central = await start(lostUrl, 0);
      const organisation = await createTestOrganisation(central, { numberPlan: NUMBER_PLAN });
      const first = await openTill(organisation, 'First');
      const second = await openTill(organisation, 'Second');
      const silent = await enrolledDevice(
        central.url,
        (await createTestRsu(central, organisation, 'Silent')).code,
      );
      await sellAndSend(first, 1);
      await sellAndSend(second, 1);

      const dump = join(folder, 'dumps');
      mkdirSync(dump);
      chmodSync(dump, 0o777);
      await tools.dump(lostUrl, join(dump, 'central'));

      // What follows, the restore will have lost: sales, and numbers that were dealt for them.
      const dealtBefore = await numbersDealt(lostUrl);
      await sellAndSend(first, 3);
      await sellAndSend(second, 2);
      expect(await askForNumbers(silent, organisation)).toBe(200);
      const lost = { numbers: await numbersDealt(lostUrl), orders: await ordersOf(lostUrl) };
      expect(lost.numbers.size).toBeGreaterThan(dealtBefore.size + 20);
      await first.stop();
      await second.stop();
      const port = Number(new URL(central.url).port);
      await central.stop();

      const restoredUrl = await startServer('restored');
      await tools.restore(join(dump, 'central'), restoredUrl);
      central = await start(restoredUrl, port);
      expect(
        await queryDatabase(restoredUrl, 'SELECT epoch FROM system_epochs ORDER BY 1'),
      ).toEqual([{ epoch: 1 }, { epoch: 2 }]);
      expect((await ordersOf(restoredUrl)).length).toBe(2);

      // Nobody gets numbers until each till that may hold forgotten ones has said so, or is given up.
      const newcomer = await enrolledDevice(
        central.url,
        (await createTestRsu(central, organisation, 'New')).code,
      );
      expect(await askForNumbers(newcomer, organisation)).toBe('holdings.awaited');
      await first.start();
      await first.until('all to be sent again', ({ sync }) => sync?.isAllSent === true);
      expect(await askForNumbers(newcomer, organisation)).toBe('holdings.awaited');
      await second.start();
      await second.until('all to be sent again', ({ sync }) => sync?.isAllSent === true);
      expect(await askForNumbers(newcomer, organisation)).toBe('holdings.awaited');
      await skipHoldings(central.central.database, 'test', silent.rsuId, 1_000);
      expect(await askForNumbers(newcomer, organisation)).toBe(200);

      expect(await ordersOf(restoredUrl)).toEqual(lost.orders);
      const identification = { method: 'number', number: '11' } as const;
      for (const till of [first, second]) {
        await till.run('session.sign-in', { identification, pin: '1111' });
        await sellAndSend(till, 4);
      }
      const dealt = await numbersDealt(restoredUrl);
      const heldByTwo = [...lost.numbers].filter(
        ([number, chain]) => (dealt.get(number) ?? chain) !== chain,
      );
      const [sold] = await queryDatabase(
        restoredUrl,
        `SELECT (SELECT count(*)::INT FROM orders) AS orders,
       (SELECT count(*)::INT FROM tickets) AS tickets,
       (SELECT count(DISTINCT draw_number)::INT FROM tickets) AS numbers,
       (SELECT count(*)::INT FROM journal_quarantine) AS quarantined`,
      );
      expect({ heldByTwo, ...sold }).toEqual({
        heldByTwo: [],
        orders: lost.orders.length + 8,
        tickets: (lost.orders.length + 8) * 5,
        numbers: (lost.orders.length + 8) * 5,
        quarantined: 0,
      });
    },
    LONGEST_MS,
  );
});
