import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { organisationRoleSchema } from '#shared/contract/central/people/roles.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId, PersonSessionId, UserId } from '#shared/kernel/ids.ts';
import type { Database, Queryable } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import type { PersonClaims } from '../../secrets/person-tokens.ts';

/** A session without a request for so long has ended. */
const IDLE_MINUTES = 30;

/** How exactly `last_seen_at` is kept: not every request writes. */
const SEEN_EVERY_SECONDS = 60;

const rowSchema = z.object({
  userId: idSchema<UserId>(),
  displayName: z.string(),
  isActive: z.boolean(),
  memberships: z.array(
    z.object({
      organisationId: idSchema<OrganisationId>(),
      organisationName: z.string(),
      role: organisationRoleSchema,
      isDefault: z.boolean(),
    }),
  ),
  /** The open session of this token, if it has one that needs no writing. */
  freshSessionId: idSchema<PersonSessionId>().nullable(),
  /** When the session of this token was last ended by signing out. */
  signedOutAt: z.coerce.date().nullable(),
});

/** What is known of a person who shows a token. */
export type KnownPerson = z.infer<typeof rowSchema>;

/** The person whom a token speaks for, in one round trip; `undefined` at first sight. */
export async function findPerson(
  database: Queryable,
  { subject, sessionKey, expiresAt }: PersonClaims,
  area: string,
  now: Date,
): Promise<KnownPerson | undefined> {
  const row = await firstRowOf<object>(
    database,
    sql`SELECT person.id AS "userId", display_name AS "displayName", is_active AS "isActive",
      (SELECT coalesce(json_agg(json_build_object('organisationId', organization_id,
           'organisationName', organization.name, 'role', role,
           'isDefault', coalesce(is_default, FALSE)) ORDER BY organization.name, organization_id), '[]')
         FROM organization_users JOIN organizations organization ON organization.id = organization_id
         WHERE user_id = person.id AND organization.is_active) AS memberships,
      (SELECT session.id FROM person_sessions session
         JOIN person_session_areas seen ON seen.session_id = session.id AND seen.area = ${area}
         WHERE session.user_id = person.id AND session_key = ${Buffer.from(sessionKey)}
           AND ended_at IS NULL AND expires_at >= ${expiresAt.toISOString()}::TIMESTAMPTZ
           AND seen.last_seen_at > ${now.toISOString()}::TIMESTAMPTZ
             - make_interval(secs => ${SEEN_EVERY_SECONDS})
      ) AS "freshSessionId",
      (SELECT max(ended_at) FROM person_sessions session
         WHERE session.user_id = person.id AND session_key = ${Buffer.from(sessionKey)}
           AND end_reason = 'signed-out') AS "signedOutAt"
    FROM users person WHERE cognito_sub = ${subject}`,
  );
  return row === undefined ? undefined : rowSchema.parse(row);
}

/** Makes the record of a person at first sight. Of two requests at once, one makes it. */
export async function addPerson(
  transaction: Queryable,
  userId: UserId,
  { subject, displayName }: Pick<PersonClaims, 'subject' | 'displayName'>,
): Promise<void> {
  await transaction.execute(sql`
    INSERT INTO users (id, cognito_sub, display_name) VALUES (${userId}, ${subject}, ${displayName})
    ON CONFLICT (cognito_sub) DO NOTHING`);
}

/** Notes that a person is here: opens their session or carries it on, and notes the area. */
export async function noteVisit(
  transaction: Queryable,
  userId: UserId,
  claims: PersonClaims,
  visit: { readonly area: string; readonly address: string; readonly now: Date },
): Promise<PersonSessionId> {
  const now = visit.now.toISOString();
  const session = await firstRowOf<{ readonly id: PersonSessionId; readonly isNew: boolean }>(
    transaction,
    sql`INSERT INTO person_sessions
          (user_id, session_key, logon_name, address, started_at, last_seen_at, expires_at)
        VALUES (${userId}, ${Buffer.from(claims.sessionKey)}, ${claims.logonName}, ${visit.address},
          ${now}::TIMESTAMPTZ, ${now}::TIMESTAMPTZ, ${claims.expiresAt.toISOString()}::TIMESTAMPTZ)
        ON CONFLICT (user_id, session_key) WHERE ended_at IS NULL DO UPDATE SET
          last_seen_at = greatest(person_sessions.last_seen_at, excluded.last_seen_at),
          expires_at = greatest(person_sessions.expires_at, excluded.expires_at)
        RETURNING id, xmax = 0 AS "isNew"`,
  );
  if (session === undefined) throw new Error('an upsert returns its row');
  if (session.isNew) {
    await transaction.execute(sql`UPDATE users
      SET last_login = ${now}::TIMESTAMPTZ, display_name = ${claims.displayName} WHERE id = ${userId}`);
  }
  await transaction.execute(sql`
    INSERT INTO person_session_areas (session_id, area, first_seen_at, last_seen_at)
    VALUES (${session.id}, ${visit.area}, ${now}::TIMESTAMPTZ, ${now}::TIMESTAMPTZ)
    ON CONFLICT (session_id, area) DO UPDATE SET last_seen_at = excluded.last_seen_at`);
  return session.id;
}

/** Ends a person's session because they signed out. */
export async function endSession(
  transaction: Queryable,
  sessionId: PersonSessionId,
  now: Date,
): Promise<void> {
  await transaction.execute(sql`
    UPDATE person_sessions SET ended_at = ${now.toISOString()}::TIMESTAMPTZ, end_reason = 'signed-out'
    WHERE id = ${sessionId} AND ended_at IS NULL`);
}

/** Ends every session whose token has expired or that has been idle for too long. */
export async function endLeftSessions(database: Database, now: Date): Promise<void> {
  await database.execute(sql`
    UPDATE person_sessions SET
      ended_at = least(expires_at, last_seen_at + make_interval(mins => ${IDLE_MINUTES})),
      end_reason = CASE WHEN expires_at < last_seen_at + make_interval(mins => ${IDLE_MINUTES})
                        THEN 'expired' ELSE 'idle' END
    WHERE ended_at IS NULL
      AND least(expires_at, last_seen_at + make_interval(mins => ${IDLE_MINUTES}))
          < ${now.toISOString()}::TIMESTAMPTZ`);
}
