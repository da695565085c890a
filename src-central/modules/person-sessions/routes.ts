import { sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  personSessionPageQuerySchema,
  personSessionPageSchema,
  type personSessionSchema,
} from '#shared/contract/central/people/person-sessions.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId, PersonSessionId, UserId } from '#shared/kernel/ids.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import { ok } from '#shared/kernel/result.ts';
import { writeCsv } from '../../api/csv.ts';
import { listPage } from '../../api/pages.ts';
import { personFile, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import { rowsOf } from '../../db/rows.ts';
import type { TypedApp } from '../../typed-app.ts';

interface SessionRow {
  readonly sessionId: PersonSessionId;
  readonly userId: UserId;
  readonly logonName: string;
  readonly address: string;
  readonly startedAt: Date | string;
  readonly lastSeenAt: Date | string;
  readonly endedAt: Date | string | null;
  readonly endReason: 'signed-out' | 'expired' | 'idle' | null;
  readonly areas: string[];
  readonly changeCount: number;
}

const AREA = 'person-sessions';
const READERS = { scope: 'organisation', roles: ['admin', 'regulator'] } as const;
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });

/** Who used the system, when, from where, and what they opened and changed (GLI-31 6.3.2). */
export function registerPersonSessions(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.personSessions,
    access: READERS,
    area: AREA,
    summary: 'List the sessions of the organisation’s members, newest first',
    params: organisationParams,
    query: personSessionPageQuerySchema,
    answer: personSessionPageSchema,
    handler: ({ params, query }) =>
      listPage<SessionRow, z.input<typeof personSessionSchema>>(
        central.database,
        {
          rows: sessionsOf(params.organisationId),
          key: [
            { column: 'startedAt', type: 'timestamptz' },
            { column: 'sessionId', type: 'uuid' },
          ],
          direction: 'descending',
          item: sessionOf,
        },
        query,
      ),
  });

  personFile(routes, central, {
    url: PEOPLE_ROUTES.personSessionsCsv,
    access: READERS,
    area: AREA,
    summary: 'Every session of the organisation’s members as CSV, oldest first',
    params: organisationParams,
    handler: async ({ params }) => {
      const rows = await rowsOf<SessionRow>(
        central.database,
        sql`${sessionsOf(params.organisationId)} ORDER BY started_at, session.id`,
      );
      return ok({
        mediaType: 'text/csv; charset=utf-8',
        fileName: 'person-sessions.csv',
        content: writeSessions(rows.map(sessionOf)),
      });
    },
  });
}

function writeSessions(sessions: readonly z.input<typeof personSessionSchema>[]): string {
  return writeCsv(
    ['logon name', 'address', 'start', 'end', 'end reason', 'seconds', 'areas', 'changes'],
    sessions.map((session) => [
      session.logonName,
      session.address,
      session.startedAt,
      session.endedAt,
      session.endReason,
      session.durationSeconds,
      session.areas.join(' '),
      session.changeCount,
    ]),
  );
}

function sessionsOf(organisationId: OrganisationId) {
  return sql`SELECT session.id AS "sessionId", session.user_id AS "userId",
      logon_name AS "logonName", address, started_at AS "startedAt",
      session.last_seen_at AS "lastSeenAt", ended_at AS "endedAt", end_reason AS "endReason",
      ARRAY(SELECT area FROM person_session_areas WHERE session_id = session.id ORDER BY area) AS areas,
      (SELECT count(*)::INT FROM audit_log WHERE audit_log.session_id = session.id) AS "changeCount"
    FROM person_sessions session
    JOIN organization_users member ON member.user_id = session.user_id
    WHERE member.organization_id = ${organisationId}`;
}

function sessionOf(row: SessionRow): z.input<typeof personSessionSchema> {
  const startedAt = new Date(row.startedAt).getTime();
  const lastSeenAt = new Date(row.lastSeenAt).getTime();
  const endedAt = row.endedAt === null ? null : new Date(row.endedAt).getTime();
  return {
    ...row,
    startedAt: instantFromEpoch(startedAt),
    lastSeenAt: instantFromEpoch(lastSeenAt),
    endedAt: endedAt === null ? null : instantFromEpoch(endedAt),
    durationSeconds: Math.round(((endedAt ?? lastSeenAt) - startedAt) / 1000),
  };
}
