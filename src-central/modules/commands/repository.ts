import { sql } from 'drizzle-orm';
import type { CommandQuery, CommandRecord } from '#shared/contract/central/people/rsu-commands.ts';
import {
  type Command,
  commandBodySchema,
  MOST_COMMANDS,
} from '#shared/contract/mirror/commands.ts';
import type { CommandId, OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { readInstant, readInstantIfAny, type StoredMoment } from '../../db/read-instant.ts';
import { rowsOf } from '../../db/rows.ts';

/** A row of `listCommands`. */
export interface CommandRow extends Omit<CommandRecord, 'body' | 'issuedAt' | 'answeredAt'> {
  readonly body: unknown;
  readonly issuedAt: StoredMoment;
  readonly answeredAt: StoredMoment | null;
}

const STATE = sql`CASE WHEN command.withdrawn_at IS NOT NULL THEN 'withdrawn'
  ELSE coalesce(command.answer, 'open') END`;

/** The commands of an organisation's tills, as `CommandRow`s. */
export function listCommands(
  organisationId: OrganisationId,
  filter: Pick<CommandQuery, 'rsuId' | 'state'> & { readonly commandId?: CommandId },
) {
  const { rsuId, state, commandId } = filter;
  return sql`SELECT command.id AS "commandId", command.rsu_id AS "rsuId", rsu.name AS "rsuName", command.body,
      command.issued_by AS "issuedBy", command.issued_at AS "issuedAt", ${STATE} AS state,
      command.answer_reason AS "answerReason", command.answered_at AS "answeredAt"
    FROM rsu_commands command JOIN rsus rsu ON rsu.id = command.rsu_id
    WHERE rsu.organization_id = ${organisationId}
      AND ${rsuId === undefined ? sql`TRUE` : sql`command.rsu_id = ${rsuId}`}
      AND ${commandId === undefined ? sql`TRUE` : sql`command.id = ${commandId}`}
      AND ${state === undefined ? sql`TRUE` : sql`${STATE} = ${state}`}`;
}

/** A row as the contract shows it. */
export function describeCommand(row: CommandRow): CommandRecord {
  return {
    ...row,
    body: commandBodySchema.parse(row.body),
    issuedAt: readInstant(row.issuedAt),
    answeredAt: readInstantIfAny(row.answeredAt),
  };
}

/**
 * What a till has still to answer, as its mirror says it: the oldest first. A void that somebody has
 * only seen is still to be done.
 */
export async function readOpenCommands(database: Queryable, rsuId: RsuId): Promise<Command[]> {
  const rows = await rowsOf<{
    readonly commandId: CommandId;
    readonly issuedAt: StoredMoment;
    readonly body: Command['body'];
  }>(
    database,
    sql`SELECT id AS "commandId", issued_at AS "issuedAt", body FROM rsu_commands
      WHERE rsu_id = ${rsuId} AND withdrawn_at IS NULL
        AND (answer IS NULL OR (answer = 'seen' AND kind = 'void-request'))
      ORDER BY issued_at, id LIMIT ${MOST_COMMANDS}`,
  );
  return rows.map((row) => ({ ...row, issuedAt: readInstant(row.issuedAt) }));
}

/** Takes back commands to be disabled that the till has not answered: it is enabled again. */
export async function withdrawDisableCommands(
  transaction: Transaction,
  rsuId: RsuId,
  now: Date,
): Promise<void> {
  await transaction.execute(sql`
    UPDATE rsu_commands SET withdrawn_by = actor_id(current_actor()),
        withdrawn_at = ${now.toISOString()}::TIMESTAMPTZ
    WHERE rsu_id = ${rsuId} AND kind = 'disable' AND answer IS NULL AND withdrawn_at IS NULL`);
}
