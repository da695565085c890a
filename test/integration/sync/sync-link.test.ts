import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEnrolmentClient } from '#main/adapters/central/enrolment-client.ts';
import { createChainRows } from '#main/adapters/sqlite/chain-rows.ts';
import { openReadOnlyDatabase } from '#main/adapters/sqlite/open-database.ts';
import { rebuildDatabase } from '#main/adapters/sqlite/rebuild-database.ts';
import { createSignatureVerifier } from '#main/adapters/system/ed25519.ts';
import { openMachineVault } from '#main/adapters/system/machine-vault.ts';
import { createSystemClock } from '#main/adapters/system/system-clock.ts';
import { createIdSource, createSystemRandom } from '#main/adapters/system/system-randomness.ts';
import { createCentralAlarm } from '#main/application/central/central-alarm.ts';
import { createReceiveMirror } from '#main/application/central/receive-mirror.ts';
import { createReceiveNumbers } from '#main/application/central/receive-numbers.ts';
import { createStorageFault } from '#main/application/central/storage-fault.ts';
import { createLedger } from '#main/application/ledger.ts';
import type { SyncLink, SyncNews } from '#main/ports/sync-link.ts';
import { createSyncLink } from '#main/workers/sync-supervisor.ts';
import { type WalkedEntry, walkChain } from '#shared/contract/journal/chain-walk.ts';
import { type EntryBody, LARGEST_ENTRY_BYTES } from '#shared/contract/journal/entry-body.ts';
import type { EntryKind, EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { unpackEntry } from '#shared/contract/journal/sealed-entry.ts';
import { toBase64 } from '#shared/kernel/bytes.ts';
import { type ChainId, idOf } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok } from '#shared/kernel/result.ts';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  type TestCentral,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import {
  createFakeSecondJournal,
  type FakeSecondJournal,
} from '#test/helpers/fakes/fake-second-journal.ts';
import { quietLog, SOFTWARE } from '#test/helpers/sync/running-till.ts';
import {
  MIGRATIONS,
  openTestDatabase,
  type TestDatabase,
} from '#test/helpers/terminal-database.ts';
import { readJournaledTables } from '#test/helpers/terminal-database-tables.ts';

const clock = createSystemClock();
const random = createSystemRandom();
const ids = createIdSource(clock, random);
const verifier = createSignatureVerifier();

let central: TestCentral;
let organisation: TestOrganisation;
let storage: TestDatabase;
let vaultDirectory: string;
let link: SyncLink;
let news: SyncNews[];
let isClosed: boolean;

beforeEach(async () => {
  central = await startTestCentral();
  organisation = await createTestOrganisation(central);
  storage = openTestDatabase();
  vaultDirectory = join(storage.folder, 'vault');
  news = [];
});

afterEach(async () => {
  if (!isClosed) await link.close();
  storage[Symbol.dispose]();
  await central.stop();
});

function startLink(workerUrl?: URL): void {
  isClosed = false;
  link = createSyncLink({
    centralUrl: null,
    ...(workerUrl === undefined ? {} : { workerUrl }),
    databasePath: storage.path,
    vaultDirectory,
    software: SOFTWARE,
    log: quietLog,
    ids,
    random,
  });
  link.onNews((item) => {
    news.push(item);
    if (item.kind === 'standing') {
      storage.unitOfWork.note((notes) => notes.saveStanding(item.standing, item.verdicts, true));
    }
  });
}

function append<Kind extends EntryKind>(kind: Kind, payload: EntryPayload<Kind>): void {
  const at = clock.wall();
  const circumstances = { at, wall: at, offsetMs: 0, bootId: idOf(randomUUID()), operatorId: null };
  const body = { kind, version: 1, ...circumstances, payload } as unknown as EntryBody;
  const appended = storage.unitOfWork.run((transaction) => ok(transaction.append(body)));
  invariant(appended.ok, 'an append is not refused');
}

/** Enrols this till as a real one does, and journals it. */
async function enrol(): Promise<ChainId> {
  const { code } = await createTestRsu(central, organisation);
  const vault = openMachineVault(vaultDirectory);
  const client = createEnrolmentClient({ clock, random, verifier });
  const chainId = idOf<ChainId>(randomUUID());
  const key = vault.createDeviceKey(chainId);
  const identity = await client.identify(central.url);
  invariant(identity.ok, 'the central says who it is');
  const enrolled = await client.enrol(central.url, identity.value, {
    code,
    chainId,
    devicePublicKey: toBase64(key.publicKey),
    machineFingerprint: vault.machineFingerprint,
    software: SOFTWARE,
  });
  invariant(enrolled.ok, 'the central enrols the till');
  await vault.close();
  storage.unitOfWork.openChain(chainId, key);
  append('terminal.enrolled', {
    chainId,
    rsuId: enrolled.value.rsuId,
    rsuName: enrolled.value.rsuName,
    organisationId: enrolled.value.organisationId,
    devicePublicKey: toBase64(key.publicKey),
    machineFingerprint: vault.machineFingerprint,
    centralUrl: central.url,
    centralPublicKey: toBase64(identity.value),
    software: SOFTWARE,
  });
  return chainId;
}

function notice(count: number): number {
  for (let index = 0; index < count; index += 1) {
    append('significant-event.noted', { code: 'disk.low', severity: 'warning', detail: { index } });
  }
  return storage.unitOfWork.rows.head().seq;
}

const newsOf = <Kind extends SyncNews['kind']>(kind: Kind) =>
  news.filter((item): item is Extract<SyncNews, { kind: Kind }> => item.kind === kind);

const storedCount = async () => {
  const [row] = await central.query('SELECT count(*)::INTEGER AS count FROM journal_entries');
  return row?.['count'];
};

const until = (check: () => unknown, seconds = 20) =>
  expect.poll(check, { timeout: seconds * 1_000, interval: 25 });

describe('the sync link of a real till with a real central', () => {
  it('delivers the journal, brings the mirror, and closes within two seconds', async () => {
    await enrol();
    startLink();
    link.wake(notice(700));
    await until(storedCount).toBe(701);
    await until(() => newsOf('mirror').length).toBe(1);
    const startedAt = performance.now();
    await link.close();
    isClosed = true;

    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(newsOf('problem')).toEqual([]);
    expect(newsOf('standing').at(-1)?.standing).toEqual({
      highWaterSeq: 701,
      headHash: storage.unitOfWork.rows.head().hash,
      totals: { orderCount: 0, grossMinor: 0, quarantinedOrderCount: 0 },
    });
    expect(newsOf('mirror')[0]?.mirror.raffleEvents).toHaveLength(1);
  });

  it('dates contact on the clock that the main thread reads', async () => {
    const before = clock.monotonicMs();
    await enrol();
    startLink();
    link.wake(notice(1));
    await until(() => newsOf('contact').length > 0).toBe(true);
    const first = newsOf('contact')[0];

    expect(first?.monotonicMs).toBeGreaterThan(before);
    expect(first?.monotonicMs).toBeLessThan(clock.monotonicMs());
  });

  it('waits for an enrolment without a word', async () => {
    startLink();
    link.wake(0);
    await enrol();
    expect(news).toEqual([]);
    link.wake(notice(2));
    await until(storedCount).toBe(3);
  });

  it('brings numbers once for each wish', async () => {
    await enrol();
    startLink();
    link.wake(notice(1));
    link.requestNumbers(organisation.raffleEventId);
    link.requestNumbers(organisation.raffleEventId);
    await until(() => newsOf('numbers').length).toBe(1);

    const requests = await central.query('SELECT request_id FROM allocation_requests');
    expect(requests).toEqual([{ request_id: newsOf('numbers')[0]?.requestId }]);
    expect(newsOf('numbers')[0]).toMatchObject({
      allocations: [{ mode: 'sequential', indices: { from: 1_000, to: 1_100 } }],
      validationBlocks: [{ size: 1_000 }],
    });
  });

  it('hears of a change at the central within a second', async () => {
    await enrol();
    startLink();
    link.wake(notice(1));
    await until(() => newsOf('mirror').length).toBe(1);
    await until(() => newsOf('jackpot').length > 1).toBe(true);
    await central.query('UPDATE rsus SET is_active = FALSE');
    await until(() => newsOf('contact').at(-1)?.control.deviceState, 5).toBe('disabled');
  });
});

/** Takes over mirrors as the main thread does, into the real database and a second copy. */
function takeOverMirrors(): FakeSecondJournal {
  const { unitOfWork } = storage;
  const { rows } = unitOfWork;
  const { secretBox } = openMachineVault(vaultDirectory);
  const secondJournal = createFakeSecondJournal();
  const ledger = createLedger({
    unitOfWork,
    secondJournal,
    vault: { noteHead: () => undefined },
    sync: { wake: (seq) => link.wake(seq) },
    clock,
    time: { now: clock.wall, offsetMs: () => 0 },
    bootId: idOf(randomUUID()),
    appendRefusal: () => undefined,
    onChanged: () => undefined,
    onFault: (error) => {
      throw error;
    },
  });
  const alarm = createCentralAlarm(() => undefined);
  const storageFault = createStorageFault(() => undefined);
  const receiveNumbers = createReceiveNumbers({ rows, ledger, secretBox, alarm, storageFault });
  const receiveMirror = createReceiveMirror({
    ledger,
    secretBox,
    alarm,
    storageFault,
    receiveNumbers: (numbers) => receiveNumbers({ ...numbers, requestId: null }),
    onReceived: async () => undefined,
  });
  link.onNews((item) => {
    if (item.kind === 'mirror') void receiveMirror(item.mirror);
  });
  return secondJournal;
}

/** Adds people with a PIN each, and deals ranges of ten numbers to the only RSU. */
async function fillCentral(peopleCount: number, rangeCount: number): Promise<void> {
  await central.query(
    `WITH people AS (
       INSERT INTO operators (organization_id, display_name, number, role)
       SELECT $1, 'Person ' || n, (1000 + n)::TEXT, 'seller' FROM generate_series(1, $2::INT) AS n
       RETURNING id
     )
     INSERT INTO operator_credentials
       (operator_id, algorithm, salt, hash, cost, block_size, parallelism)
     SELECT id, 'scrypt', decode(repeat('07', 16), 'hex'), decode(repeat('09', 32), 'hex'),
       16384, 8, 1 FROM people`,
    [organisation.organisationId, peopleCount],
  );
  await central.query(
    `INSERT INTO rsu_allocations (raffle_event_id, rsu_id, chain_id, number_mode, start_number,
       end_number, next_draw_number, total_tickets, state, tickets_available, validation_number_block)
     SELECT $1, chains.rsu_id, chains.id, 'sequential', 1000 + 10 * n, 1009 + 10 * n, 1000 + 10 * n, 10, 'active', 10,
       '{}' FROM chains, generate_series(0, $2::INT - 1) AS n`,
    [organisation.raffleEventId, rangeCount],
  );
}

function* walkAll(entries: readonly JournalEntry[]): Generator<WalkedEntry> {
  const walk = walkChain(undefined, verifier.isSignedBy);
  for (const entry of entries) {
    const next = walk.next(unpackEntry(entry));
    invariant(next.ok, 'every entry of a live chain is good');
    yield next.value;
  }
}

describe('a mirror of 2,000 people and 2,000 ranges', () => {
  it('arrives whole, in entries that the central takes, and a rebuild makes the same of it', async () => {
    await enrol();
    await fillCentral(2_000, 2_000);
    startLink();
    const secondJournal = takeOverMirrors();
    const { rows } = storage.unitOfWork;
    link.wake(1);
    await until(() => rows.operators().length, 60).toBe(2_001);
    await until(() => rows.allocations(organisation.raffleEventId).length, 60).toBe(2_000);

    const [parts] = storage.database.client
      .prepare(
        `SELECT count(*) AS count, max(length(body)) AS longest FROM journal
         WHERE kind = 'mirror.received'`,
      )
      .all() as { count: number; longest: number }[];
    expect(parts?.count).toBeGreaterThan(3);
    expect(parts?.longest).toBeLessThanOrEqual(LARGEST_ENTRY_BYTES);

    const headBefore = rows.head().seq;
    await central.query(`UPDATE operators SET display_name = 'Renamed' WHERE number = '1500'`);
    await until(() =>
      rows.operators().some(({ operator }) => operator.displayName === 'Renamed'),
    ).toBe(true);
    const [change] = storage.database.client
      .prepare('SELECT length(body) AS bytes FROM journal WHERE seq > ?')
      .all(headBefore) as { bytes: number }[];
    expect(change?.bytes).toBeLessThan(2_000);
    await until(storedCount, 60).toBe(rows.head().seq);
    expect(await central.query(`SELECT count(*)::INT AS count FROM journal_quarantine`)).toEqual([
      { count: 0 },
    ]);

    const rebuiltPath = join(storage.folder, 'rebuilt.db');
    const first = createChainRows(storage.database).entriesAfter(0, 1);
    rebuildDatabase(rebuiltPath, MIGRATIONS, walkAll([...first, ...secondJournal.entries()]));
    const rebuilt = openReadOnlyDatabase(rebuiltPath);
    expect(readJournaledTables(rebuilt)).toEqual(readJournaledTables(storage.database));
    rebuilt.client.close();
  }, 180_000);
});

describe('a sync worker that dies', () => {
  it('is started again until everything has arrived, under the same request ids', async () => {
    await enrol();
    startLink(new URL('fixtures/dying-sync-worker-main.ts', import.meta.url));
    link.requestNumbers(organisation.raffleEventId);
    link.wake(notice(600));
    await until(storedCount).toBe(601);
    await until(() => newsOf('numbers').length).toBe(1);
    link.wake(notice(1));
    await until(storedCount).toBe(602);

    const requests = await central.query('SELECT request_id FROM allocation_requests');
    expect(requests).toEqual([{ request_id: newsOf('numbers')[0]?.requestId }]);
    expect(newsOf('forked')).toEqual([]);
  });

  it('is replaced no more once the link is closed', async () => {
    await enrol();
    startLink(new URL('fixtures/there-is-no-such-worker.ts', import.meta.url));
    const startedAt = performance.now();
    await link.close();
    isClosed = true;
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
