import { and, eq, sql } from 'drizzle-orm';
import type { Verdict } from '#shared/contract/central/journal.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { toHex } from '#shared/kernel/bytes.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { arrayParameter, firstRowOf, rowsOf } from '../../db/rows.ts';
import { criticalEvents } from '../../db/schema/records.ts';
import { chains, rsus } from '../../db/schema/rsus.ts';
import type { Doubt, EntrySubjects } from './journal-entry-facts.ts';

/** A chain's row. */
export type ChainRow = typeof chains.$inferSelect;

/** An entry whose bytes are decoded and whose hash is the one its bytes really have. */
export interface StoredEntry {
  readonly seq: number;
  readonly hash: Sha256;
  readonly previousHash: Sha256;
  readonly body: Uint8Array;
  readonly signature: Uint8Array | null;
}

/** What is decided about one entry; without a doubt, it is accepted. */
export interface Decision {
  readonly seq: number;
  readonly hash: Sha256;
  readonly doubt: Doubt | undefined;
  readonly subjects: EntrySubjects;
}

/**
 * The chain, locked: uploads of one chain take turns, those of different RSUs do not. Then its RSU,
 * because intake may change it after rows that others lock later than the RSU: see "The order of
 * locks" in `docs/central-schema.md`.
 */
export async function lockChain(transaction: Transaction, chainId: ChainId): Promise<ChainRow> {
  const [row] = await transaction.select().from(chains).where(eq(chains.id, chainId)).for('update');
  invariant(row !== undefined, 'an authenticated device has a chain');
  await transaction
    .select({ id: rsus.id })
    .from(rsus)
    .where(eq(rsus.id, row.rsuId))
    .for('no key update');
  return row;
}

/** The chain as it stands. */
export async function readChain(database: Queryable, chainId: ChainId): Promise<ChainRow> {
  const [row] = await database.select().from(chains).where(eq(chains.id, chainId));
  invariant(row !== undefined, 'an authenticated device has a chain');
  return row;
}

/** Changes where a chain stands. */
export async function updateChain(
  transaction: Transaction,
  chainId: ChainId,
  change: Partial<ChainRow>,
): Promise<void> {
  await transaction.update(chains).set(change).where(eq(chains.id, chainId));
}

/** The hashes stored for each sequence of a range; two for one sequence where the chain forks. */
export async function readStoredHashes(
  transaction: Transaction,
  chainId: ChainId,
  fromSeq: number,
  toSeq: number,
): Promise<Map<number, Set<Sha256>>> {
  const rows = await rowsOf<{ seq: number; hash: Sha256 }>(
    transaction,
    sql`SELECT seq, encode(hash, 'hex') AS hash FROM journal_entries
      WHERE chain_id = ${chainId} AND seq BETWEEN ${fromSeq} AND ${toSeq}`,
  );
  const hashes = new Map<number, Set<Sha256>>();
  for (const { seq, hash } of rows) hashes.set(seq, (hashes.get(seq) ?? new Set()).add(hash));
  return hashes;
}

/** Keeps entries byte for byte. */
export async function insertEntries(
  transaction: Transaction,
  chainId: ChainId,
  entries: readonly StoredEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const column = <Key extends keyof StoredEntry>(key: Key) => entries.map((entry) => entry[key]);
  await transaction.execute(sql`
    INSERT INTO journal_entries (chain_id, seq, hash, previous_hash, body, signature)
    SELECT ${chainId}, seq, decode(hash, 'hex'), decode(previous_hash, 'hex'), body, signature
    FROM unnest(${arrayParameter(column('seq'), 'bigint[]')}, ${arrayParameter(column('hash'), 'text[]')},
        ${arrayParameter(column('previousHash'), 'text[]')}, ${arrayParameter(
          column('body').map((bytes) => Buffer.from(bytes)),
          'bytea[]',
        )}, ${arrayParameter(
          column('signature').map((bytes) => (bytes === null ? null : Buffer.from(bytes))),
          'bytea[]',
        )}) AS entry (seq, hash, previous_hash, body, signature)`);
}

/** Entries after `afterSeq` that no verdict was passed on yet, in order. */
export async function readUnjudged(
  transaction: Transaction,
  chainId: ChainId,
  afterSeq: number,
  limit: number,
): Promise<StoredEntry[]> {
  const rows = await rowsOf<EntryRow>(
    transaction,
    sql`SELECT seq, encode(hash, 'hex') AS hash, encode(previous_hash, 'hex') AS "previousHash",
        body, signature
      FROM journal_entries entry
      WHERE chain_id = ${chainId} AND seq > ${afterSeq}
        AND NOT EXISTS (SELECT 1 FROM journal_verdicts verdict WHERE verdict.chain_id = entry.chain_id
                        AND verdict.seq = entry.seq AND verdict.hash = entry.hash)
      ORDER BY seq LIMIT ${limit}`,
  );
  return rows.map((row) => ({ ...row }));
}

/** Chains with stored entries that nobody is judging any more: they have waited for ten seconds. */
export function readChainsWithLeftovers(
  database: Queryable,
): Promise<readonly { readonly chainId: ChainId; readonly rsuId: string }[]> {
  return rowsOf(
    database,
    sql`SELECT chain.id AS "chainId", chain.rsu_id AS "rsuId" FROM chains chain
      WHERE chain.judged_seq < chain.high_water_seq AND EXISTS (
        SELECT 1 FROM journal_entries entry
        WHERE entry.chain_id = chain.id AND entry.seq > chain.judged_seq
          AND entry.received_at < now() - interval '10 seconds'
          AND NOT EXISTS (SELECT 1 FROM journal_verdicts verdict WHERE verdict.chain_id = entry.chain_id
                          AND verdict.seq = entry.seq AND verdict.hash = entry.hash))`,
  );
}

/** Entries of the branch that leads to the chain's head, after `afterSeq`, in order. */
export async function readMainBranch(
  database: Queryable,
  chainId: ChainId,
  afterSeq: number,
  limit: number,
): Promise<StoredEntry[]> {
  return [
    ...(await rowsOf<EntryRow>(
      database,
      sql`SELECT entry.seq, encode(entry.hash, 'hex') AS hash,
          encode(entry.previous_hash, 'hex') AS "previousHash", entry.body, entry.signature
        FROM journal_entries entry
        JOIN chains chain ON chain.id = entry.chain_id
        WHERE entry.chain_id = ${chainId} AND entry.seq > ${afterSeq}
          AND entry.seq <= chain.high_water_seq
          AND NOT EXISTS (SELECT 1 FROM journal_verdicts verdict
                          WHERE verdict.chain_id = entry.chain_id AND verdict.seq = entry.seq
                            AND verdict.hash = entry.hash AND verdict.reason = 'chain-forked')
        ORDER BY entry.seq LIMIT ${limit}`,
    )),
  ];
}

interface EntryRow {
  readonly seq: number;
  readonly hash: Sha256;
  readonly previousHash: Sha256;
  readonly body: Buffer;
  readonly signature: Buffer | null;
}

/** Passes verdicts, and puts what is in doubt before a person. */
export async function recordDecisions(
  transaction: Transaction,
  chain: ChainRow,
  decisions: readonly Decision[],
): Promise<void> {
  if (decisions.length === 0) return;
  const rows = JSON.stringify(
    decisions.map(({ seq, hash, doubt, subjects }) => ({
      seq,
      hash,
      outcome: doubt === undefined ? 'accepted' : 'quarantined',
      reason: doubt?.reason ?? null,
      explanation: doubt?.explanation ?? null,
      order_ids: subjects.orderIds,
      subject_ids: subjects.subjectIds,
    })),
  );
  await transaction.execute(sql`
    INSERT INTO journal_verdicts (chain_id, seq, hash, outcome, reason, explanation)
    SELECT ${chain.id}, seq, decode(hash, 'hex'), outcome, reason, explanation
    FROM json_to_recordset(${rows}::JSON)
      AS decided (seq BIGINT, hash TEXT, outcome TEXT, reason TEXT, explanation TEXT)`);
  if (decisions.every(({ doubt }) => doubt === undefined)) return;
  await transaction.execute(sql`
    INSERT INTO journal_quarantine (chain_id, seq, hash, rsu_id, reason, explanation, order_ids, subject_ids)
    SELECT ${chain.id}, seq, decode(hash, 'hex'), ${chain.rsuId}, reason, explanation, order_ids, subject_ids
    FROM json_to_recordset(${rows}::JSON) AS decided (seq BIGINT, hash TEXT, outcome TEXT,
        reason TEXT, explanation TEXT, order_ids UUID[], subject_ids UUID[])
    WHERE outcome = 'quarantined'`);
}

/** The verdicts on these entries. */
export async function readVerdicts(
  database: Queryable,
  chainId: ChainId,
  entries: readonly { readonly seq: number; readonly hash: Sha256 }[],
): Promise<ReadonlyMap<Sha256, Verdict>> {
  const rows = await rowsOf<VerdictRow>(
    database,
    sql`SELECT verdict.seq, asked.hash, verdict.outcome, verdict.reason, verdict.explanation
      FROM unnest(${arrayParameter(
        entries.map(({ seq }) => seq),
        'bigint[]',
      )}, ${arrayParameter(
        entries.map(({ hash }) => hash),
        'text[]',
      )}) AS asked (seq, hash)
      JOIN journal_verdicts verdict ON verdict.chain_id = ${chainId} AND verdict.seq = asked.seq
        AND verdict.hash = decode(asked.hash, 'hex')`,
  );
  return new Map(rows.map((row) => [row.hash, verdictOf(row)]));
}

interface VerdictRow {
  readonly seq: number;
  readonly hash: Sha256;
  readonly outcome: 'accepted' | 'quarantined';
  readonly reason: Doubt['reason'];
  readonly explanation: string;
}

function verdictOf({ seq, hash, outcome, reason, explanation }: VerdictRow): Verdict {
  const place = { seq, hash, isRepeated: false };
  return outcome === 'accepted'
    ? { verdict: 'accepted', ...place }
    : { verdict: 'quarantined', ...place, reason, detail: explanation };
}

/** How many orders of the chain wait for a person; a second branch is not counted. */
export async function countQuarantinedOrders(
  database: Queryable,
  chainId: ChainId,
): Promise<number> {
  const row = await firstRowOf<{ count: number }>(
    database,
    sql`SELECT coalesce(sum(cardinality(order_ids)), 0)::BIGINT AS count FROM journal_quarantine
      WHERE chain_id = ${chainId} AND state = 'open' AND reason <> 'chain-forked'`,
  );
  return row?.count ?? 0;
}

/** Everything of this RSU that waits for a person, by what the entries name. */
export async function readDoubtfulSubjects(
  transaction: Transaction,
  rsuId: string,
): Promise<Set<string>> {
  const rows = await rowsOf<{ id: string }>(
    transaction,
    sql`SELECT DISTINCT unnest(subject_ids) AS id FROM journal_quarantine
      WHERE rsu_id = ${rsuId} AND state = 'open'`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Notes that an entry brought about a fault: somebody has to look at the program too. */
export async function noteFault(
  transaction: Transaction,
  chain: ChainRow,
  { seq, hash }: Pick<StoredEntry, 'seq' | 'hash'>,
  code: string,
): Promise<void> {
  await transaction.insert(criticalEvents).values({
    eventType: 'journal.entry-at-fault',
    rsuId: chain.rsuId,
    severity: 'ERROR',
    description: 'An entry of the journal could not be judged or kept',
    chainId: chain.id,
    seq,
    metadata: { hash, code },
  });
}

/** Stops a device whose journal cannot be trusted any more: it may upload, and nothing else. */
export async function stopDevice(
  transaction: Transaction,
  chain: ChainRow,
  state: 'forked' | 'stopped',
  entry: Pick<JournalEntry, 'seq' | 'hash'>,
): Promise<void> {
  await updateChain(transaction, chain.id as ChainId, { state });
  if (chain.state === 'active') {
    await transaction
      .update(rsus)
      .set({ state: 'stopped' })
      .where(and(eq(rsus.id, chain.rsuId), eq(rsus.state, 'enrolled')));
  }
  await transaction.insert(criticalEvents).values({
    eventType: state === 'forked' ? 'chain.forked' : 'chain.broken',
    rsuId: chain.rsuId,
    severity: 'ERROR',
    description:
      state === 'forked'
        ? 'The journal has two branches: the till was copied or set back'
        : 'An entry of the journal is missing or was changed',
    chainId: chain.id,
    seq: entry.seq,
    metadata: {
      hash: entry.hash,
      highWaterSeq: chain.highWaterSeq,
      headHash: toHex(chain.headHash),
    },
  });
}
