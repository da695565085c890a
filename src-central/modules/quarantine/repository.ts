import { type SQL, sql } from 'drizzle-orm';
import type {
  QuarantinedEntry,
  QuarantineQuery,
} from '#shared/contract/central/people/quarantine.ts';
import type { EntryBody } from '#shared/contract/journal/entry-body.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId, OrderId, OrganisationId, QuarantineId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { readInstant, readInstantIfAny, type StoredMoment } from '../../db/read-instant.ts';
import { arrayParameter, firstRowOf, rowsOf } from '../../db/rows.ts';
import { type Doubt, readEntry } from '../journal/journal-entry-facts.ts';
import type { StoredEntry } from '../journal/repository.ts';

/** Entries of an organisation's tills that did not count by themselves, as `QuarantineRow`s. */
export function quarantineOf(organisationId: OrganisationId, query: Partial<QuarantineQuery>): SQL {
  const { state, reason, rsuId } = query;
  return sql`SELECT ${COLUMNS} FROM journal_quarantine entry JOIN rsus rsu ON rsu.id = entry.rsu_id
    WHERE rsu.organization_id = ${organisationId}
      ${state === undefined ? sql`` : sql`AND entry.state = ${state}`}
      ${reason === undefined ? sql`` : sql`AND entry.reason = ${reason}`}
      ${rsuId === undefined ? sql`` : sql`AND entry.rsu_id = ${rsuId}`}`;
}

const COLUMNS = sql`entry.id AS "quarantineId", entry.rsu_id AS "rsuId", rsu.name AS "rsuName",
  entry.chain_id AS "chainId", entry.seq, encode(entry.hash, 'hex') AS hash, entry.reason,
  entry.explanation, entry.order_ids AS "orderIds", entry.state,
  entry.linked_order_ids AS "linkedOrderIds", entry.resolution, entry.resolved_by AS "resolvedBy",
  entry.resolved_at AS "resolvedAt", entry.quarantined_at AS "quarantinedAt"`;

/** A row of `quarantineOf`. */
export interface QuarantineRow extends Omit<QuarantinedEntry, 'resolvedAt' | 'quarantinedAt'> {
  readonly resolvedAt: StoredMoment | null;
  readonly quarantinedAt: StoredMoment;
}

/** A row as the contract shows it. */
export function quarantinedEntryOf(row: QuarantineRow): QuarantinedEntry {
  return {
    ...row,
    resolvedAt: readInstantIfAny(row.resolvedAt),
    quarantinedAt: readInstant(row.quarantinedAt),
  };
}

/** One entry that exists. */
export async function readQuarantinedEntry(
  database: Queryable,
  quarantineId: QuarantineId,
): Promise<QuarantinedEntry> {
  const row = await firstRowOf<QuarantineRow>(
    database,
    sql`SELECT ${COLUMNS} FROM journal_quarantine entry JOIN rsus rsu ON rsu.id = entry.rsu_id
      WHERE entry.id = ${quarantineId}`,
  );
  invariant(row !== undefined, 'an entry in a checked path exists');
  return quarantinedEntryOf(row);
}

/** Which entry of which journal is meant. */
export interface EntryPlace {
  readonly chainId: ChainId;
  readonly seq: number;
  readonly hash: Sha256;
}

/** An entry as it arrived, with what it says. */
export interface KeptEntry {
  readonly entry: StoredEntry;
  readonly reading: Result<EntryBody, Doubt>;
  readonly receivedAt: StoredMoment;
}

/** The bytes of an entry, read. */
export async function readKeptEntry(database: Queryable, place: EntryPlace): Promise<KeptEntry> {
  const row = await firstRowOf<KeptRow>(
    database,
    sql`SELECT seq, encode(hash, 'hex') AS hash, encode(previous_hash, 'hex') AS "previousHash",
        body, signature, received_at AS "receivedAt"
      FROM journal_entries
      WHERE chain_id = ${place.chainId} AND seq = ${place.seq}
        AND hash = decode(${place.hash}, 'hex')`,
  );
  invariant(row !== undefined, 'a quarantined entry is kept');
  const { receivedAt, ...entry } = row;
  return { entry, reading: readEntry(entry.body), receivedAt };
}

interface KeptRow {
  readonly seq: number;
  readonly hash: Sha256;
  readonly previousHash: Sha256;
  readonly body: Buffer;
  readonly signature: Buffer | null;
  readonly receivedAt: StoredMoment;
}

/** How an entry is resolved. */
export interface Resolved {
  readonly state: 'accepted' | 'voided' | 'linked';
  readonly resolution: string;
  readonly linkedOrderIds?: readonly OrderId[];
  readonly isProjected: boolean;
  readonly by: string;
  readonly at: Date;
}

/** Writes down how an entry was resolved; the till learns of it by its mirror. */
export async function recordResolution(
  transaction: Transaction,
  quarantineId: QuarantineId,
  { state, resolution, linkedOrderIds = [], isProjected, by, at }: Resolved,
): Promise<void> {
  await transaction.execute(sql`
    UPDATE journal_quarantine SET state = ${state}, resolution = ${resolution},
      linked_order_ids = ${arrayParameter(linkedOrderIds, 'uuid[]')}, is_projected = ${isProjected},
      resolved_by = ${by}, resolved_at = ${at.toISOString()}::TIMESTAMPTZ
    WHERE id = ${quarantineId}`);
}

/**
 * Open entries of the same journal that only waited for this one, and for no other that is open, in
 * order.
 */
export function readFollowers(
  transaction: Transaction,
  quarantineId: QuarantineId,
): Promise<readonly (EntryPlace & { readonly quarantineId: QuarantineId })[]> {
  return rowsOf(
    transaction,
    sql`SELECT follower.id AS "quarantineId", follower.chain_id AS "chainId", follower.seq,
        encode(follower.hash, 'hex') AS hash
      FROM journal_quarantine resolved
      JOIN journal_quarantine follower ON follower.chain_id = resolved.chain_id
        AND follower.subject_ids && resolved.subject_ids
      WHERE resolved.id = ${quarantineId} AND follower.state = 'open'
        AND follower.reason = 'depends-on-quarantined'
        AND NOT EXISTS (SELECT 1 FROM journal_quarantine other
          WHERE other.rsu_id = follower.rsu_id AND other.state = 'open'
            AND other.reason <> 'depends-on-quarantined'
            AND other.subject_ids && follower.subject_ids)
      ORDER BY follower.seq`,
  );
}
