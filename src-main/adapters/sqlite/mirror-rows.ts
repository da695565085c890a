import { asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { OperatorRow, RaffleEventRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import type { StoredMirror } from '#shared/contract/mirror/mirror.ts';
import type { AnyDatabase } from './open-database.ts';
import { mirror, operators, raffleEvents } from './schema.ts';

type MirrorRows = Pick<
  TerminalRows,
  'mirror' | 'raffleEvents' | 'raffleEvent' | 'operators' | 'operator'
> & {
  /** Drops what is remembered of rows that were rolled back. */
  forget(): void;
};

/** Reads what came down with the mirror, and what the till itself knows of it. */
export function createMirrorRows(database: AnyDatabase): MirrorRows {
  const findVersion = database.orm.select({ seq: mirror.seq }).from(mirror).prepare();
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
    .orderBy(asc(operators.position))
    .prepare();
  const findOperator = database.orm
    .select()
    .from(operators)
    .where(eq(operators.operatorId, sql.placeholder('operatorId')))
    .prepare();

  // The screen asks for the mirror many times a second; with thousands of people it is megabytes.
  let remembered: { readonly seq: number; readonly content: StoredMirror } | undefined;

  return {
    mirror: () => {
      const version = findVersion.get();
      if (version?.seq !== remembered?.seq) remembered = findMirror.get();
      return remembered?.content;
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
    forget: () => {
      remembered = undefined;
    },
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
