import { sql } from 'drizzle-orm';
import type { OrganisationId, RaffleEventId, RsuId, UserId } from '#shared/kernel/ids.ts';
import type { JsonValue } from '#shared/kernel/json.ts';
import type { Queryable } from '../../db/database.ts';
import { criticalEvents } from '../../db/schema/records.ts';

/** Something that an auditor wants to know of (GLI-31 5.6.2), noted by the central itself. */
export interface NewCriticalEvent {
  /** `subject.happened`, such as `raffle-event.suspended`. */
  readonly type: string;
  readonly severity: 'INFO' | 'WARN' | 'ERROR';
  readonly description: string;
  readonly raffleEventId?: RaffleEventId;
  readonly rsuId?: RsuId;
  /** Whose it is, where neither the RSU nor the raffle event says so. */
  readonly organisationId?: OrganisationId;
  /** Absent where the transaction's person did it. */
  readonly userId?: UserId;
  /** The facts; never a secret. */
  readonly metadata?: Readonly<Record<string, JsonValue>>;
}

/** Whoever the transaction is for, if that is a person. */
const CURRENT_PERSON = sql<string>`CASE WHEN current_actor() LIKE 'user:%' THEN actor_id(current_actor()) END`;

/** Notes a critical event. Inside a command's transaction it stands or falls with the command. */
export async function recordCriticalEvent(
  transaction: Queryable,
  event: NewCriticalEvent,
): Promise<void> {
  await transaction.insert(criticalEvents).values({
    eventType: event.type,
    severity: event.severity,
    description: event.description,
    eventId: event.raffleEventId ?? null,
    rsuId: event.rsuId ?? null,
    organizationId: event.organisationId ?? null,
    userId: event.userId ?? CURRENT_PERSON,
    metadata: event.metadata ?? {},
  });
}
