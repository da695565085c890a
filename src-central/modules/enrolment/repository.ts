import { and, eq, sql } from 'drizzle-orm';
import type { ChainId } from '#shared/kernel/ids.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { organizations } from '../../db/schema/organisations.ts';
import { criticalEvents } from '../../db/schema/records.ts';
import { chains, enrolmentCodes, rsus } from '../../db/schema/rsus.ts';

/** An enrolment code with the RSU it is for. */
export interface CodeRow {
  readonly codeId: string;
  readonly rsuId: string;
  readonly rsuName: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly expiresAt: Date;
  readonly chainId: string | null;
}

/** The code with this hash, locked: two devices that use it at once take turns. */
export async function lockCode(
  transaction: Transaction,
  codeHash: Uint8Array,
): Promise<CodeRow | undefined> {
  const [row] = await transaction
    .select({
      codeId: enrolmentCodes.id,
      rsuId: rsus.id,
      rsuName: rsus.name,
      organisationId: organizations.id,
      organisationName: organizations.name,
      expiresAt: enrolmentCodes.expiresAt,
      chainId: enrolmentCodes.chainId,
    })
    .from(enrolmentCodes)
    .innerJoin(rsus, eq(rsus.id, enrolmentCodes.rsuId))
    .innerJoin(organizations, eq(organizations.id, rsus.organizationId))
    .where(eq(enrolmentCodes.codeHash, codeHash))
    .for('update', { of: enrolmentCodes });
  return row;
}

/**
 * Makes enrolments of one RSU take turns, and waits for intake of its journals: first their chains,
 * then the RSU itself, as intake does. See "The order of locks" in `docs/central-schema.md`.
 */
export async function lockRsu(transaction: Transaction, rsuId: string): Promise<void> {
  await transaction.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended('enrolment/' || ${rsuId}::TEXT, 0))`,
  );
  await transaction
    .select({ id: chains.id })
    .from(chains)
    .where(eq(chains.rsuId, rsuId))
    .orderBy(chains.id)
    .for('update');
  await transaction
    .select({ id: rsus.id })
    .from(rsus)
    .where(eq(rsus.id, rsuId))
    .for('no key update');
}

/** The device key of a chain, if it is enrolled. */
export async function findChainKey(
  transaction: Transaction,
  chainId: ChainId,
): Promise<Uint8Array | undefined> {
  const [row] = await transaction
    .select({ publicKey: chains.devicePublicKey })
    .from(chains)
    .where(eq(chains.id, chainId));
  return row?.publicKey;
}

/** A new enrolment. */
export interface EnrolmentRecord {
  readonly chainId: ChainId;
  readonly publicKey: Uint8Array;
  readonly machineFingerprint: string;
  readonly genesis: Uint8Array;
  readonly enrolledAt: Date;
}

/** Starts the chain, ends the RSU's earlier one, and uses the code up. */
export async function recordEnrolment(
  transaction: Transaction,
  code: CodeRow,
  enrolment: EnrolmentRecord,
): Promise<void> {
  await transaction
    .update(chains)
    .set({ state: 'superseded' })
    .where(and(eq(chains.rsuId, code.rsuId), eq(chains.state, 'active')));
  await transaction.insert(chains).values({
    id: enrolment.chainId,
    rsuId: code.rsuId,
    devicePublicKey: enrolment.publicKey,
    machineFingerprint: enrolment.machineFingerprint,
    headHash: enrolment.genesis,
    enrolledAt: enrolment.enrolledAt,
  });
  await keepSalesEnds(transaction, code.rsuId, enrolment.chainId);
  await transaction
    .update(rsus)
    .set({ state: 'enrolled', updatedAt: enrolment.enrolledAt })
    .where(eq(rsus.id, code.rsuId));
  await transaction
    .update(enrolmentCodes)
    .set({ usedAt: enrolment.enrolledAt, chainId: enrolment.chainId })
    .where(eq(enrolmentCodes.id, code.codeId));
  await transaction.insert(criticalEvents).values({
    eventType: 'rsu.enrolled',
    rsuId: code.rsuId,
    severity: 'INFO',
    description: `${code.rsuName} was enrolled`,
    chainId: enrolment.chainId,
    metadata: { machineFingerprint: enrolment.machineFingerprint },
  });
}

/** An RSU that has ended its sales for a raffle event never sells for it again (GLI-31 2.6.2). */
async function keepSalesEnds(
  transaction: Transaction,
  rsuId: string,
  chainId: ChainId,
): Promise<void> {
  await transaction.execute(sql`
    INSERT INTO rsu_sales_ends (chain_id, raffle_event_id, seq)
    SELECT DISTINCT ${chainId}::UUID, ended.raffle_event_id, 0
    FROM rsu_sales_ends ended JOIN chains ON chains.id = ended.chain_id
    WHERE chains.rsu_id = ${rsuId}`);
}

/** Notes that somebody tried a code that there is not: an alert, and nothing else. */
export async function noteWrongCode(database: Database, source: string): Promise<void> {
  await database.insert(criticalEvents).values({
    eventType: 'enrolment.code-unknown',
    severity: 'WARN',
    description: 'Somebody tried an enrolment code that was never issued',
    metadata: { source },
  });
}
