import { asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { OperatorRow, RaffleEventRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import type { AnyDatabase } from './open-database.ts';
import { mirror, operators, raffleEvents, resolutions } from './schema.ts';

type MirrorRows = Pick<
  TerminalRows,
  | 'mirror'
  | 'raffleEvents'
  | 'raffleEvent'
  | 'operators'
  | 'operator'
  | 'mirroredOperators'
  | 'resolution'
>;

/** Reads what came down with the mirror, and what the till itself knows of it. */
export function createMirrorRows(database: AnyDatabase): MirrorRows {
  const findMirror = database.orm.select().from(mirror).prepare();
  const listRaffleEvents = database.orm
    .select()
    .from(raffleEvents)
    .where(isNotNull(raffleEvents.position))
    .orderBy(asc(raffleEvents.position))
    .prepare();
  const findRaffleEvent = database.orm
    .select()
    .from(raffleEvents)
    .where(eq(raffleEvents.raffleEventId, sql.placeholder('raffleEventId')))
    .prepare();
  const listOperators = database.orm
    .select()
    .from(operators)
    .where(isNotNull(operators.position))
    .orderBy(asc(operators.position), asc(operators.operatorId))
    .prepare();
  const findOperator = database.orm
    .select()
    .from(operators)
    .where(eq(operators.operatorId, sql.placeholder('operatorId')))
    .prepare();

  const findResolution = database.orm
    .select()
    .from(resolutions)
    .where(eq(resolutions.orderId, sql.placeholder('orderId')))
    .prepare();

  return {
    mirror: () => {
      const row = findMirror.get();
      if (row === undefined) return undefined;
      const { asOf, facts } = row.content;
      return { mirrorVersion: row.mirrorVersion, asOf, ...facts };
    },
    raffleEvents: () => listRaffleEvents.all().map(raffleEventOf),
    raffleEvent: (raffleEventId) => {
      const row = findRaffleEvent.get({ raffleEventId });
      return row && raffleEventOf(row);
    },
    operators: () => listOperators.all().map(operatorOf),
    operator: (operatorId) => {
      const row = findOperator.get({ operatorId });
      return row && operatorOf(row);
    },
    mirroredOperators: () => listOperators.all().map(({ content }) => content),
    resolution: (orderId) => findResolution.get({ orderId }),
  };
}

function raffleEventOf(row: typeof raffleEvents.$inferSelect): RaffleEventRow {
  return {
    raffleEvent: { ...row.content, state: row.state, salesEnd: row.salesEnd },
    frozenHash: row.frozenHash,
    endedAt: row.endedAt,
  };
}

function operatorOf(row: typeof operators.$inferSelect): OperatorRow {
  const { content, changedCredential, failuresInARow, delayedUntil } = row;
  return {
    operator: {
      ...content,
      wrappedCredential: changedCredential ?? content.wrappedCredential,
      mustChangePin: content.mustChangePin && changedCredential === null,
      isEnabled: content.isEnabled && row.position !== null,
    },
    failuresInARow,
    delayedUntil,
  };
}
