import { sql } from 'drizzle-orm';
import type { EntryBody } from '#shared/contract/journal/entry-body.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { Central } from '../../central.ts';
import { type Transaction, transactAs } from '../../db/database.ts';
import { arrayParameter, rowsOf } from '../../db/rows.ts';
import { devicePublicKey } from '../../secrets/device-signatures.ts';
import { takeReceivedNumbers } from '../epoch/service.ts';
import { type Doubt, doubt, readEntry, subjectsOf } from './journal-entry-facts.ts';
import {
  type EntryContext,
  findSignatureDoubt,
  type JudgedEntry,
  judgeEntry,
} from './judge-entry.ts';
import { loadSaleContext } from './load-sale-context.ts';
import { joinProjections } from './projection.ts';
import {
  type ChainRow,
  type Decision,
  lockChain,
  readDoubtfulSubjects,
  readUnjudged,
  recordDecisions,
  type StoredEntry,
  updateChain,
} from './repository.ts';
import { writeProjection } from './write-projection.ts';

/** Entries judged in one transaction. */
const ENTRIES_AT_ONCE = 500;

/** Tickets written in one transaction, unless a single sale holds more. */
const TICKETS_AT_ONCE = 20_000;

/**
 * Passes a verdict on every stored entry that has none, in order, and projects what counts.
 *
 * Also takes up what a crashed process left behind. An entry that cannot be projected is
 * quarantined and holds up nothing but what depends on it.
 */
export async function judgeEntries(
  central: Central,
  chainId: ChainId,
  actor: string,
  readings: Readings,
): Promise<void> {
  const judge = (work: Transaction) => judgeSome(central, work, chainId, readings);
  while (await transactAs(central.database, actor, judge)) {
    // Goes on until nothing is left: each round is a transaction of bounded size.
  }
}

/** What is known already of what entries say. */
type Readings = ReadonlyMap<Sha256, Result<EntryBody, Doubt>>;

interface ReadEntry {
  readonly entry: StoredEntry;
  readonly body: Result<EntryBody, Doubt>;
}

interface Verdict extends ReadEntry {
  readonly outcome: Result<JudgedEntry, Doubt>;
}

/** Judges a portion. False when nothing is left after it. */
async function judgeSome(
  central: Central,
  transaction: Transaction,
  chainId: ChainId,
  readings: Readings,
): Promise<boolean> {
  const chain = await lockChain(transaction, chainId);
  const unjudged = await readUnjudged(transaction, chainId, chain.judgedSeq, ENTRIES_AT_ONCE);
  const portion = takePortion(
    unjudged.map((entry) => ({ entry, body: readings.get(entry.hash) ?? readEntry(entry.body) })),
  );
  const last = portion.at(-1);
  if (last === undefined) return false;
  await takeReceivedNumbers(transaction, chain, receivedNumbers(chain, portion));
  const doubtful = await readDoubtfulSubjects(transaction, chain.rsuId);
  const context = await loadContext(central, transaction, chain, portion);
  const { verdicts, claims } = judgeInOrder(chain, portion, context, new Set(doubtful));
  const settled = await project(transaction, chain, verdicts, doubtful);
  await recordDecisions(transaction, chain, settled.map(decisionOf));
  await updateChain(transaction, chainId, { judgedSeq: last.entry.seq, ...claims });
  return portion.length < unjudged.length || unjudged.length === ENTRIES_AT_ONCE;
}

function takePortion(entries: readonly ReadEntry[]): ReadEntry[] {
  let tickets = 0;
  const end = entries.findIndex(({ body }, index) => {
    if (body.ok && body.value.kind === 'sale.completed') {
      for (const { numberCount } of body.value.payload.orders) tickets += numberCount;
    }
    return tickets > TICKETS_AT_ONCE && index > 0;
  });
  return entries.slice(0, end === -1 ? undefined : end);
}

/** What signed entries say about numbers that arrived at the till. */
function receivedNumbers(
  chain: ChainRow,
  portion: readonly ReadEntry[],
): EntryPayload<'numbers.received'>[] {
  const deviceKey = devicePublicKey(chain.devicePublicKey);
  return portion.flatMap(({ entry, body }) => {
    if (!body.ok || body.value.kind !== 'numbers.received') return [];
    const isSigned = findSignatureDoubt(entry, body.value, deviceKey) === undefined;
    return isSigned ? [body.value.payload] : [];
  });
}

async function loadContext(
  central: Central,
  transaction: Transaction,
  chain: ChainRow,
  portion: readonly ReadEntry[],
): Promise<EntryContext> {
  const bodies = portion.flatMap(({ body }) => (body.ok ? [body.value] : []));
  const named = bodies.flatMap((body) => subjectsOf(body).subjectIds);
  const known = await rowsOf<{ id: string; is_order: boolean }>(
    transaction,
    sql`SELECT id, FALSE AS is_order FROM print_jobs
        WHERE rsu_id = ${chain.rsuId} AND id = ANY(${arrayParameter(named, 'uuid[]')})
      UNION ALL SELECT id, TRUE FROM orders
        WHERE rsu_id = ${chain.rsuId} AND id = ANY(${arrayParameter(named, 'uuid[]')})`,
  );
  return {
    ...(await loadSaleContext(central, transaction, chain, bodies)),
    deviceKey: devicePublicKey(chain.devicePublicKey),
    knownPrintJobs: new Set(known.filter((row) => !row.is_order).map(({ id }) => id)),
    knownOrders: new Set(known.filter((row) => row.is_order).map(({ id }) => id)),
  };
}

type Claims = Pick<ChainRow, 'claimedOrderCount' | 'claimedGross'>;

/** Judges one entry after the other; each accepted one changes what the next may do. */
function judgeInOrder(
  chain: ChainRow,
  portion: readonly ReadEntry[],
  loaded: EntryContext,
  doubtful: Set<string>,
): { readonly verdicts: readonly Verdict[]; readonly claims: Claims } {
  const growing = {
    soldNumbers: new Set(loaded.soldNumbers),
    usedValidationNumbers: new Set(loaded.usedValidationNumbers),
    usedIds: new Set(loaded.usedIds),
    salesEnds: new Map(loaded.salesEnds),
    knownPrintJobs: new Set(loaded.knownPrintJobs),
    knownOrders: new Set(loaded.knownOrders),
  };
  const context: EntryContext = { ...loaded, ...growing };
  let claims: Claims = chain;
  const verdicts = portion.map(({ entry, body }): Verdict => {
    const outcome = judgeOne(entry, body, context, doubtful, claims);
    claims = claimsAfter(claims, body);
    if (!outcome.ok) {
      if (body.ok) for (const id of subjectsOf(body.value).subjectIds) doubtful.add(id);
      return { entry, body, outcome };
    }
    const { projection, soldNumbers = [], validationNumbers = [], ids = [] } = outcome.value;
    for (const number of soldNumbers) growing.soldNumbers.add(number);
    for (const number of validationNumbers) growing.usedValidationNumbers.add(number);
    for (const id of ids) growing.usedIds.add(id);
    for (const { id } of projection.printJobs) growing.knownPrintJobs.add(id);
    for (const { id } of projection.orders) growing.knownOrders.add(id);
    for (const { raffle_event_id, seq } of projection.salesEnds) {
      if (!growing.salesEnds.has(raffle_event_id)) growing.salesEnds.set(raffle_event_id, seq);
    }
    return { entry, body, outcome };
  });
  return {
    verdicts,
    claims: { claimedOrderCount: claims.claimedOrderCount, claimedGross: claims.claimedGross },
  };
}

function judgeOne(
  entry: StoredEntry,
  body: Result<EntryBody, Doubt>,
  context: EntryContext,
  doubtful: ReadonlySet<string>,
  claims: Claims,
): Result<JudgedEntry, Doubt> {
  if (!body.ok) return body;
  const found =
    findSignatureDoubt(entry, body.value, context.deviceKey) ??
    findDependency(body.value, doubtful);
  if (found !== undefined) return refuse(found);
  const judged = judgeEntry(entry, body.value, context);
  const totalsDoubt = judged.ok ? findTotalsDoubt(body.value, claims) : undefined;
  return totalsDoubt === undefined ? judged : refuse(totalsDoubt);
}

function findDependency(body: EntryBody, doubtful: ReadonlySet<string>): Doubt | undefined {
  const waiting = subjectsOf(body).subjectIds.find((id) => doubtful.has(id));
  return waiting === undefined
    ? undefined
    : doubt('depends-on-quarantined', `${waiting} is under review`);
}

/** A till's own count must go up by exactly what each sale sells. */
function findTotalsDoubt(body: EntryBody, claims: Claims): Doubt | undefined {
  if (body.kind !== 'sale.completed') return undefined;
  if (claims.claimedOrderCount === null || claims.claimedGross === null) return undefined;
  const { runningTotals, orders, totalMinor } = body.payload;
  const orderCount = claims.claimedOrderCount + orders.length;
  const gross = claims.claimedGross + totalMinor;
  if (runningTotals.orderCount === orderCount && runningTotals.grossMinor === gross) {
    return undefined;
  }
  return doubt(
    'running-totals-differ',
    `${runningTotals.orderCount} orders for ${runningTotals.grossMinor}, not ${orderCount} for ${gross}`,
  );
}

/** After an entry that cannot be read, or one that counts wrongly, the next totals are taken as they come. */
function claimsAfter(claims: Claims, body: Result<EntryBody, Doubt>): Claims {
  if (!body.ok) return { claimedOrderCount: null, claimedGross: null };
  if (body.value.kind !== 'sale.completed') return claims;
  if (findTotalsDoubt(body.value, claims) !== undefined) {
    return { claimedOrderCount: null, claimedGross: null };
  }
  const { orderCount, grossMinor } = body.value.payload.runningTotals;
  return { claimedOrderCount: orderCount, claimedGross: grossMinor };
}

/**
 * Writes what counts, all at once; if the database refuses that, one entry at a time, so that only
 * the entry that it refuses is quarantined.
 */
async function project(
  transaction: Transaction,
  chain: ChainRow,
  verdicts: readonly Verdict[],
  doubtfulBefore: ReadonlySet<string>,
): Promise<readonly Verdict[]> {
  const accepted = verdicts.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : []));
  const all = joinProjections(accepted.map(({ projection }) => projection));
  const written = await attempt(transaction, (work) => writeProjection(work, chain, all));
  if (written.ok) return verdicts;
  return projectOneByOne(transaction, chain, verdicts, new Set(doubtfulBefore));
}

async function projectOneByOne(
  transaction: Transaction,
  chain: ChainRow,
  verdicts: readonly Verdict[],
  doubtful: Set<string>,
): Promise<readonly Verdict[]> {
  const settled: Verdict[] = [];
  for (const verdict of verdicts) {
    const outcome = await settle(transaction, chain, verdict, doubtful);
    if (!outcome.ok && verdict.body.ok) {
      for (const id of subjectsOf(verdict.body.value).subjectIds) doubtful.add(id);
    }
    settled.push({ ...verdict, outcome });
  }
  return settled;
}

async function settle(
  transaction: Transaction,
  chain: ChainRow,
  { body, outcome }: Verdict,
  doubtful: ReadonlySet<string>,
): Promise<Result<JudgedEntry, Doubt>> {
  if (!outcome.ok || !body.ok) return outcome;
  const dependency = findDependency(body.value, doubtful);
  if (dependency !== undefined) return refuse(dependency);
  const written = await attempt(transaction, (work) =>
    writeProjection(work, chain, outcome.value.projection),
  );
  return written.ok ? outcome : written;
}

/** Runs `work` in a savepoint. Data that the database refuses is a doubt; any other fault throws. */
async function attempt(
  transaction: Transaction,
  work: (transaction: Transaction) => Promise<void>,
): Promise<Result<undefined, Doubt>> {
  try {
    await transaction.transaction(work);
    return ok(undefined);
  } catch (error) {
    const code = databaseCode(error);
    if (code === undefined || !REFUSED_DATA.test(code)) throw error;
    return refuse(doubt('cannot-be-projected', `the database refuses it (${code})`));
  }
}

/** Data exceptions and broken constraints: classes 22 and 23 of the SQL standard. */
const REFUSED_DATA = /^2[23]/;

function databaseCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return undefined;
}

function decisionOf({ entry, body, outcome }: Verdict): Decision {
  return {
    seq: entry.seq,
    hash: entry.hash,
    doubt: outcome.ok ? undefined : outcome.failure,
    subjects: !outcome.ok && body.ok ? subjectsOf(body.value) : { orderIds: [], subjectIds: [] },
  };
}
