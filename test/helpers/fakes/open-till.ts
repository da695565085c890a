import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WritableDatabase } from '#main/adapters/sqlite/open-database.ts';
import { createUnitOfWork } from '#main/adapters/sqlite/unit-of-work.ts';
import { createSignatureVerifier } from '#main/adapters/system/ed25519.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import { createTerminalCore, type TerminalCore } from '#main/application/terminal-core.ts';
import type { TerminalCoreDependencies } from '#main/application/terminal-core-dependencies.ts';
import type { SyncNews } from '#main/ports/sync-link.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { UnitOfWork } from '#main/ports/unit-of-work.ts';
import { type EntryBody, readEntryBody } from '#shared/contract/journal/entry-body.ts';
import type { EntryKind, EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { Mirror } from '#shared/contract/mirror/mirror.ts';
import type { RaffleEvent } from '#shared/contract/mirror/raffle-event.ts';
import type { CheckoutLine } from '#shared/contract/terminal/snapshot.ts';
import { fromBase64, utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes } from '#shared/kernel/hash.ts';
import type { BootId, PackageId, RaffleEventId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { type MinorUnits, minorUnits } from '#shared/kernel/money.ts';
import { makeTemporaryFolder, openMigratedDatabase } from '../terminal-database.ts';
import {
  createFakeEnrolmentClient,
  type FakeEnrolmentClient,
  TEST_CENTRAL,
} from './fake-enrolment-client.ts';
import { createFakeIds, fakeId } from './fake-ids.ts';
import { createFakePrinter, type FakePrinter } from './fake-printer.ts';
import { createFakeSecondJournal, type FakeSecondJournal } from './fake-second-journal.ts';
import { createFakeSync, type FakeSync } from './fake-sync.ts';
import { createFakeTime, type FakeTime, settle, TEST_START } from './fake-time.ts';
import { createFakePinHasher, createFakeVault, type FakePinHasher } from './fake-vault.ts';
import { HOME_GAME, PEOPLE, RAFFLE_EVENT, TEST_MIRROR } from './test-mirror.ts';

/** How a test's till differs from the usual one. */
export interface TillOptions {
  readonly raffleEvent?: Partial<RaffleEvent>;
  readonly profile?: Partial<RaffleEvent['profile']>;
  readonly mirror?: Partial<Mirror>;
}

/** A whole terminal over a real database and scripted devices. */
export interface TestTill extends Disposable {
  readonly time: FakeTime;
  readonly printer: FakePrinter;
  readonly secondJournal: FakeSecondJournal;
  readonly sync: FakeSync;
  readonly enrolmentClient: FakeEnrolmentClient;
  readonly pinHasher: FakePinHasher;
  readonly disk: { freeBytes: number };
  core(): TerminalCore;
  run: OperationHandlers;
  rows(): TerminalRows;
  unitOfWork(): UnitOfWork;
  database(): WritableDatabase;
  /** Every entry of the second copy, or those of one kind. */
  entries(): EntryBody[];
  payloads<Kind extends EntryKind>(kind: Kind): EntryPayload<Kind>[];
  /** From now on the database finds no room for another page: little fits, and nothing large. */
  fillDisk(): void;
  /** It finds room again. */
  freeDisk(): void;
  /** The program is killed and starts again on the same data. */
  restart(changes?: Partial<TerminalCoreDependencies>): Promise<void>;
  /** The program is killed, and starts again on a database that was copied earlier. */
  restoreCopy(copy: Buffer, changes?: Partial<TerminalCoreDependencies>): Promise<void>;
  enrol(): ReturnType<OperationHandlers['enrolment.begin']>;
  mirror(changes?: Partial<Mirror>): Promise<void>;
  contact(changes?: Partial<RaffleEvent>, deviceState?: 'enabled' | 'disabled'): Promise<void>;
  /** The central has everything and counts the same. */
  acknowledge(): Promise<void>;
  signIn(person?: keyof typeof PEOPLE): ReturnType<OperationHandlers['session.sign-in']>;
  /** A supervisor, or whoever is named, says what the till sells for. */
  choose(
    raffleEventId: RaffleEventId,
    person?: keyof typeof PEOPLE,
  ): ReturnType<OperationHandlers['raffle-event.choose']>;
  /** Fills a new cart. */
  fill(...packageIds: readonly PackageId[]): ReturnType<OperationHandlers['checkout.change']>;
  /** Fills a cart and sells it for the exact amount. */
  sell(...packageIds: readonly PackageId[]): ReturnType<OperationHandlers['sale.complete']>;
}

/** What the packages of a cart cost, in minor units. */
function priceOf(lines: readonly CheckoutLine[], raffleEvent = RAFFLE_EVENT): MinorUnits {
  const prices = lines.map(({ packageId, quantity }) => {
    const sold = raffleEvent.packages.find((offered) => offered.packageId === packageId);
    return (sold?.price.minor ?? 0) * quantity;
  });
  return minorUnits(prices.reduce((sum, price) => sum + price, 0));
}

let emptyDatabase: Buffer | undefined;

/** An empty database of the newest schema, made once for all tests of a file: migrating takes time. */
function writeEmptyDatabase(path: string): void {
  if (emptyDatabase === undefined) {
    using folder = makeTemporaryFolder();
    const database = openMigratedDatabase(join(folder.path, 'template.db'));
    emptyDatabase = database.client.serialize();
    database.client.close();
  }
  writeFileSync(path, emptyDatabase);
}

/** A new till that nobody has enrolled. */
export async function openBareTill(options: TillOptions = {}): Promise<TestTill> {
  const folder = makeTemporaryFolder();
  const databasePath = join(folder.path, 'counterfoil.db');
  writeEmptyDatabase(databasePath);
  const time = createFakeTime(TEST_START);
  const vault = createFakeVault();
  const ids = createFakeIds();
  const pinHasher = createFakePinHasher();
  const secondJournal = createFakeSecondJournal();
  const disk = { freeBytes: 50_000_000_000 };
  const enrolmentClient = createFakeEnrolmentClient(time.clock.wall);
  const raffleEvent: RaffleEvent = {
    ...RAFFLE_EVENT,
    ...options.raffleEvent,
    profile: { ...RAFFLE_EVENT.profile, ...options.profile },
  };
  let boots = 0;
  let run = await boot();

  async function boot(changes: Partial<TerminalCoreDependencies> = {}) {
    boots += 1;
    const database = openMigratedDatabase(databasePath);
    const unitOfWork = createUnitOfWork(database, createSignatureVerifier());
    const printer = createFakePrinter();
    const sync = createFakeSync();
    const core = createTerminalCore({
      unitOfWork,
      secondJournal,
      vault,
      pinHasher,
      printer,
      sync,
      enrolmentClient,
      journalExport: { copy: async () => ({ folder: '/exports/1', entryCount: 3 }) },
      clock: time.clock,
      timers: time.timers,
      ids,
      diskSpace: { freeBytes: () => disk.freeBytes },
      log: { info: () => {}, warn: () => {}, error: () => {} },
      software: { version: '0.1.0', checksum: hashBytes(utf8('program')) },
      bootId: fakeId<BootId>('7', boots),
      configurationHash: hashBytes(utf8('configuration')),
      memoryCheck: { durationMs: 12, checks: [{ name: 'chain', isPassed: true, detail: '' }] },
      rebuilt: null,
      lostChain: null,
      isCheckpointDue: false,
      mustCompareHeads: false,
      awaitedHead: null,
      firstRevision: 0,
      startOver: () => {},
      demo: null,
      ...changes,
    });
    await core.start();
    return { database, unitOfWork, printer, sync, core };
  }

  const till: TestTill = {
    time,
    secondJournal,
    enrolmentClient,
    pinHasher,
    disk,
    get printer() {
      return run.printer;
    },
    get sync() {
      return run.sync;
    },
    get run() {
      return run.core.handlers;
    },
    core: () => run.core,
    rows: () => run.unitOfWork.rows,
    unitOfWork: () => run.unitOfWork,
    database: () => run.database,
    entries: () =>
      secondJournal.entries().map(({ body }) => {
        const read = readEntryBody(fromBase64(body) ?? new Uint8Array());
        invariant(read.ok, 'a till writes entries that can be read');
        return read.value;
      }),
    payloads<Kind extends EntryKind>(kind: Kind) {
      return till
        .entries()
        .filter((entry) => entry.kind === kind)
        .map(({ payload }) => payload as EntryPayload<Kind>);
    },
    fillDisk() {
      const { client } = run.database;
      client.pragma(`max_page_count = ${String(client.pragma('page_count', { simple: true }))}`);
    },
    freeDisk() {
      run.database.client.pragma('max_page_count = 1073741823');
    },
    async restart(changes) {
      time.forgetTimers();
      secondJournal.abandon();
      run.database.client.close();
      run = await boot(changes);
    },
    async restoreCopy(copy, changes) {
      run.database.client.close();
      for (const suffix of ['-wal', '-shm']) rmSync(`${databasePath}${suffix}`, { force: true });
      writeFileSync(databasePath, copy);
      time.forgetTimers();
      run = await boot(changes);
    },
    enrol: () => run.core.handlers['enrolment.begin'](TEST_CENTRAL_FORM),
    async mirror(changes = {}) {
      const mirror = { ...TEST_MIRROR, raffleEvents: [raffleEvent], ...options.mirror, ...changes };
      await run.sync.tell({ kind: 'mirror', mirror });
    },
    async contact(changes = {}, deviceState = 'enabled') {
      const known = run.unitOfWork.rows.raffleEvent(HOME_GAME)?.raffleEvent ?? raffleEvent;
      const { state, salesEnd } = { ...known, ...changes };
      await run.sync.tell(contactNews(time, { state, salesEnd }, deviceState));
    },
    async acknowledge() {
      const { rows } = run.unitOfWork;
      const { seq, hash } = rows.head();
      await run.sync.tell({
        kind: 'standing',
        standing: {
          highWaterSeq: seq,
          headHash: hash,
          totals: { ...rows.totals(), quarantinedOrderCount: 0 },
        },
        verdicts: [],
      });
    },
    signIn(name = 'sam') {
      const { operatorId, pin } = PEOPLE[name];
      return run.core.handlers['session.sign-in']({
        identification: { method: 'name', operatorId },
        pin,
      });
    },
    choose(raffleEventId, name = 'supervisor') {
      const { operatorId, pin } = PEOPLE[name];
      return run.core.handlers['raffle-event.choose']({
        raffleEventId,
        approval: { identification: { method: 'name', operatorId }, pin },
      });
    },
    fill: (...packageIds) =>
      run.core.handlers['checkout.change']({ checkoutId: null, lines: linesOf(packageIds) }),
    async sell(...packageIds) {
      const filled = await till.fill(...packageIds);
      if (!filled.ok) return filled;
      const { checkoutId, lines } = filled.value;
      const sold = await run.core.handlers['sale.complete']({
        checkoutId,
        lines,
        expectedTotalMinor: priceOf(lines, raffleEvent),
        payment: { tender: 'cash', tenderedMinor: null, isConfirmed: false },
      });
      await settle();
      return sold;
    },
    [Symbol.dispose]() {
      run.database.client.close();
      folder[Symbol.dispose]();
    },
  };
  return till;
}

/** What a person types to enrol. */
export const TEST_CENTRAL_FORM = {
  address: TEST_CENTRAL.address,
  code: TEST_CENTRAL.code,
  fingerprint: TEST_CENTRAL.fingerprint,
} as const;

/** News of a call that succeeded just now. */
export function contactNews(
  { clock }: FakeTime,
  told: Pick<RaffleEvent, 'state' | 'salesEnd'>,
  deviceState: 'enabled' | 'disabled' = 'enabled',
  serverTime: Instant = clock.wall(),
): SyncNews {
  return {
    kind: 'contact',
    serverTime,
    monotonicMs: clock.monotonicMs(),
    control: {
      deviceState,
      mirrorVersion: '1.1',
      raffleEvents: [{ raffleEventId: HOME_GAME, ...told }],
    },
  };
}

function linesOf(packageIds: readonly PackageId[]): CheckoutLine[] {
  return packageIds.map((packageId) => ({ packageId, quantity: 1 }));
}

/** A till that is enrolled, enabled and dealt its first numbers, for the usual raffle event. */
export async function openTill(options: TillOptions = {}): Promise<TestTill> {
  const till = await openBareTill(options);
  await till.enrol();
  await till.mirror();
  await till.contact();
  await till.choose(HOME_GAME);
  return till;
}

/** The same, with Sam signed in. */
export async function openSellingTill(options: TillOptions = {}): Promise<TestTill> {
  const till = await openTill(options);
  await till.signIn();
  return till;
}
