import { eq, sql } from 'drizzle-orm';
import type { RaffleEventDraft } from '#shared/contract/central/people/raffle-events.ts';
import type { OrganisationId, RaffleEventId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Call } from '../../api/call.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import { checkRevision } from '../../api/revision.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import {
  prizes,
  raffleEventNumberPools,
  raffleEventProfiles,
  raffleEvents,
  type StoredRaffleEventState,
  ticketPackages,
} from '../../db/schema/raffle-events.ts';
import { refuseChange } from './refuse-change.ts';
import { type ResolvedDraft, resolveDraft } from './resolve-draft.ts';

/** Whoever the transaction is for, as `created_by` and `updated_by` hold them. */
const AUTHOR = sql<string>`actor_id(current_actor())`;

/** Sets up a raffle event in the state `created`, with its own copy of the rules. */
export async function createRaffleEvent(
  central: Central,
  transaction: Transaction,
  organisationId: OrganisationId,
  draft: RaffleEventDraft,
): Promise<Result<RaffleEventId, Problem>> {
  const resolved = await resolveDraft(transaction, organisationId, draft);
  if (!resolved.ok) return resolved;
  const [row] = await transaction
    .insert(raffleEvents)
    .values({
      ...columnsOf(draft),
      organizationId: organisationId,
      state: 'created',
      createdAt: central.now(),
      createdBy: AUTHOR,
      updatedAt: central.now(),
      updatedBy: AUTHOR,
    })
    .returning({ id: raffleEvents.id });
  invariant(row !== undefined, 'an insert returns its row');
  const raffleEventId = row.id as RaffleEventId;
  await transaction
    .insert(raffleEventProfiles)
    .values({ raffleEventId, ...profileColumns(central, resolved.value) });
  await transaction.insert(raffleEventNumberPools).values({ raffleEventId, ...poolColumns(draft) });
  await insertParts(transaction, raffleEventId, resolved.value);
  return ok(raffleEventId);
}

/**
 * Replaces all that is said of a raffle event before its start.
 *
 * Refuses a change from another revision than the newest one. Refuses any change after the start,
 * and notes the attempt (GLI-31 2.2.3).
 */
export async function changeDraft(
  central: Central,
  transaction: Transaction,
  call: Pick<
    Call<
      { readonly organisationId: OrganisationId; readonly raffleEventId: RaffleEventId },
      unknown,
      RaffleEventDraft
    >,
    'params' | 'body' | 'revision'
  >,
): Promise<Result<RaffleEventId, Problem>> {
  const { organisationId, raffleEventId } = call.params;
  const current = await firstRowOf<{
    readonly state: StoredRaffleEventState;
    readonly revision: string;
  }>(
    transaction,
    sql`SELECT state, xmin::TEXT AS revision FROM raffle_events
        WHERE id = ${raffleEventId} FOR NO KEY UPDATE`,
  );
  if (current === undefined) return refuseWith('thing.unknown', 'no such raffle event');
  if (current.state !== 'created') {
    const refusal = { code: 'raffle-event.frozen', detail: 'it has started' } as const;
    return refuseChange(raffleEventId, refusal, { name: call.body.name });
  }
  const checked = checkRevision(call.revision, current.revision);
  if (!checked.ok) return checked;
  const resolved = await resolveDraft(transaction, organisationId, call.body);
  if (!resolved.ok) return resolved;
  await replaceDraft(central, transaction, raffleEventId, call.body, resolved.value);
  return ok(raffleEventId);
}

async function replaceDraft(
  central: Central,
  transaction: Transaction,
  raffleEventId: RaffleEventId,
  draft: RaffleEventDraft,
  resolved: ResolvedDraft,
): Promise<void> {
  await transaction
    .update(raffleEvents)
    .set({ ...columnsOf(draft), updatedAt: central.now(), updatedBy: AUTHOR })
    .where(eq(raffleEvents.id, raffleEventId));
  await transaction
    .update(raffleEventProfiles)
    .set(profileColumns(central, resolved))
    .where(eq(raffleEventProfiles.raffleEventId, raffleEventId));
  await transaction
    .update(raffleEventNumberPools)
    .set(poolColumns(draft))
    .where(eq(raffleEventNumberPools.raffleEventId, raffleEventId));
  await transaction.delete(ticketPackages).where(eq(ticketPackages.eventId, raffleEventId));
  await transaction.delete(prizes).where(eq(prizes.eventId, raffleEventId));
  await insertParts(transaction, raffleEventId, resolved);
}

function columnsOf(draft: RaffleEventDraft) {
  const { name, description, eventIdentifier, venueId, configuration, numberPlan } = draft;
  return {
    name,
    description,
    eventIdentifier,
    venueId,
    configuration,
    ticketAllocation: numberPlan,
  };
}

function profileColumns(central: Central, { profile, profileSource }: ResolvedDraft) {
  return {
    profile,
    jurisdictionProfileId: profileSource?.id ?? null,
    jurisdictionProfileVersion: profileSource?.version ?? null,
    frozenAt: central.now(),
  };
}

function poolColumns({ numberPlan: { numberSpace } }: RaffleEventDraft) {
  return { nextNumber: numberSpace.from, endNumber: numberSpace.to };
}

async function insertParts(
  transaction: Transaction,
  eventId: RaffleEventId,
  resolved: ResolvedDraft,
): Promise<void> {
  const author = { eventId, createdBy: AUTHOR, updatedBy: AUTHOR };
  if (resolved.packages.length > 0) {
    await transaction
      .insert(ticketPackages)
      .values(resolved.packages.map((row) => ({ ...row, ...author })));
  }
  if (resolved.prizes.length > 0) {
    await transaction.insert(prizes).values(resolved.prizes.map((row) => ({ ...row, ...author })));
  }
}
