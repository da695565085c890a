import type { EntryBody } from '#shared/contract/journal/entry-body.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { type Result, refuse } from '#shared/kernel/result.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { databaseFaultOf } from '../../db/database-fault.ts';
import { transactAgain } from '../../db/transact-again.ts';
import { devicePublicKey } from '../../secrets/device-signatures.ts';
import { takeReceivedNumbers } from '../epoch/service.ts';
import { type Doubt, doubt, readEntry, subjectsOf } from './journal-entry-facts.ts';
import {
  type EntryContext,
  findSignatureDoubt,
  type JudgedEntry,
  judgeEntry,
} from './judge-entry.ts';
import type { KnownAllocation } from './judge-sale.ts';
import { loadEntryContext } from './load-entry-context.ts';
import { joinProjections } from './projection.ts';
import {
  type ChainRow,
  type Decision,
  lockChain,
  noteFault,
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
  while (await transactAgain(central.database, actor, judge)) {
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
  if (portion.length === 0) return false;
  await judgeIsolated(central, transaction, chain, portion);
  return portion.length < unjudged.length || unjudged.length === ENTRIES_AT_ONCE;
}

/**
 * Judges entries all at once; if one of them makes that fail, in halves, so that only the entry at
 * fault is quarantined, whatever its fault. Throws if it is the database that cannot go on.
 *
 * Gives the chain as it stands afterwards.
 */
async function judgeIsolated(
  central: Central,
  transaction: Transaction,
  chain: ChainRow,
  portion: readonly ReadEntry[],
): Promise<ChainRow> {
  const [first] = portion;
  if (first === undefined) return chain;
  try {
    return await transaction.transaction((work) => judgePortion(central, work, chain, portion));
  } catch (error) {
    const fault = databaseFaultOf(error);
    if (fault !== undefined && fault.kind !== 'refused') throw error;
    if (portion.length === 1) return settleFault(transaction, chain, first, fault?.code);
    const middle = Math.ceil(portion.length / 2);
    const then = await judgeIsolated(central, transaction, chain, portion.slice(0, middle));
    return judgeIsolated(central, transaction, then, portion.slice(middle));
  }
}

/** Judges entries and projects what counts: all of it, or nothing if it throws. */
async function judgePortion(
  central: Central,
  transaction: Transaction,
  chain: ChainRow,
  portion: readonly ReadEntry[],
): Promise<ChainRow> {
  await takeReceivedNumbers(transaction, chain, receivedNumbers(chain, portion));
  const doubtful = await readDoubtfulSubjects(transaction, chain.rsuId);
  const bodies = portion.flatMap(({ body }) => (body.ok ? [body.value] : []));
  const context = await loadEntryContext(central, transaction, chain, bodies);
  const { verdicts, claims } = judgeInOrder(chain, portion, context, doubtful);
  const accepted = verdicts.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : []));
  const projection = joinProjections(accepted.map((judged) => judged.projection));
  await writeProjection(transaction, chain, projection);
  return settle(transaction, chain, verdicts, claims);
}

/** Quarantines the one entry that cannot be judged, or that the database does not take. */
async function settleFault(
  transaction: Transaction,
  chain: ChainRow,
  read: ReadEntry,
  code = 'a fault of the program',
): Promise<ChainRow> {
  const found = doubt('cannot-be-projected', `it cannot be judged or kept (${code})`);
  await noteFault(transaction, chain, read.entry, code);
  const claims = claimsAfter(chain, read.body);
  return settle(transaction, chain, [{ ...read, outcome: refuse(found) }], claims);
}

async function settle(
  transaction: Transaction,
  chain: ChainRow,
  verdicts: readonly Verdict[],
  { claimedOrderCount, claimedGross }: Claims,
): Promise<ChainRow> {
  await recordDecisions(transaction, chain, verdicts.map(decisionOf));
  const judgedSeq = verdicts.at(-1)?.entry.seq ?? chain.judgedSeq;
  const standing = { judgedSeq, claimedOrderCount, claimedGross };
  await updateChain(transaction, chain.id as ChainId, standing);
  return { ...chain, ...standing };
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

/** What a till itself said last of its sums. */
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
    allocations: new Map(loaded.allocations),
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
    for (const part of projection.orderAllocations) {
      advance(growing.allocations, part.rsu_allocation_id, part.end_index + 1);
    }
    for (const { allocation_id } of projection.returns) growing.allocations.delete(allocation_id);
    for (const { id } of projection.printJobs) growing.knownPrintJobs.add(id);
    for (const { id } of projection.orders) growing.knownOrders.add(id);
    for (const { raffle_event_id, seq } of projection.salesEnds) {
      if (!growing.salesEnds.has(raffle_event_id)) growing.salesEnds.set(raffle_event_id, seq);
    }
    return { entry, body, outcome };
  });
  return { verdicts, claims };
}

function advance(
  allocations: Map<string, KnownAllocation>,
  allocationId: string,
  nextIndex: number,
): void {
  const known = allocations.get(allocationId);
  if (known === undefined || known.nextIndex >= nextIndex) return;
  allocations.set(allocationId, { ...known, nextIndex });
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

function decisionOf({ entry, body, outcome }: Verdict): Decision {
  return {
    seq: entry.seq,
    hash: entry.hash,
    doubt: outcome.ok ? undefined : outcome.failure,
    subjects: !outcome.ok && body.ok ? subjectsOf(body.value) : { orderIds: [], subjectIds: [] },
  };
}
