import { eq, sql } from 'drizzle-orm';
import type { StoredOperator } from '#shared/contract/mirror/operator.ts';
import type { OperatorId } from '#shared/kernel/ids.ts';
import type { WritableDatabase } from './open-database.ts';
import { prepareInsert } from './prepare-insert.ts';
import { prepareUpdate } from './prepare-update.ts';
import { operators } from './schema.ts';

/** Keeps the rows of people as mirrors change them. */
export interface OperatorKeeper {
  /** Takes a person as the mirror tells of them. They are listed by their number. */
  keep(content: StoredOperator): void;
  /** The mirror no longer names this person, who is kept, because orders do. */
  unlist(operatorId: OperatorId): void;
}

/** Makes the keeper over one database. */
export function createOperatorKeeper(database: WritableDatabase): OperatorKeeper {
  const find = database.orm
    .select({ content: operators.content })
    .from(operators)
    .where(eq(operators.operatorId, sql.placeholder('operatorId')))
    .prepare();
  const insert = prepareInsert(database, operators);
  const update = prepareUpdate(database, operators, 'operatorId', ['position', 'content']);
  const setPosition = prepareUpdate(database, operators, 'operatorId', ['position']);
  const forgive = prepareUpdate(database, operators, 'operatorId', [
    'changedCredential',
    'failuresInARow',
    'delayedUntil',
  ]);
  const unburdened = { changedCredential: null, failuresInARow: 0, delayedUntil: null };

  return {
    keep: (content) => {
      const { operatorId } = content;
      const position = Number(content.number);
      const known = find.get({ operatorId });
      if (known === undefined) {
        insert({ operatorId, position, content, ...unburdened });
        return;
      }
      update({ operatorId, position, content });
      // The central set a new PIN: it replaces one chosen here, and the wrong guesses count anew.
      if (known.content.wrappedCredential !== content.wrappedCredential) {
        forgive({ operatorId, ...unburdened });
      }
    },
    unlist: (operatorId) => setPosition({ operatorId, position: null }),
  };
}
