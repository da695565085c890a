import { eq, sql } from 'drizzle-orm';
import type { StoredMirror } from '#shared/contract/mirror/mirror.ts';
import type { RaffleEventKeeper } from './keep-raffle-events.ts';
import type { WritableDatabase } from './open-database.ts';
import { prepareInsert } from './prepare-insert.ts';
import { prepareUpdate } from './prepare-update.ts';
import { mirror, operators, resolutions } from './schema.ts';

/** The mirror table has this one row. */
const MIRROR_ID = 1;

/** A function that takes a new mirror, received with the entry at `seq`. */
export function createMirrorKeeper(
  database: WritableDatabase,
  raffleEvents: RaffleEventKeeper,
): (received: StoredMirror, seq: number) => void {
  const keepNewest = prepareNewest(database);
  const keepOperators = createOperatorKeeper(database);
  const keepResolution = prepareResolution(database);
  return (received, seq) => {
    keepNewest.run({ seq, mirrorVersion: received.mirrorVersion, content: received });
    raffleEvents.keepAll(received.raffleEvents);
    keepOperators(received.operators);
    for (const resolution of received.resolutions) keepResolution.run(resolution);
  };
}

function prepareNewest(database: WritableDatabase) {
  return database.orm
    .insert(mirror)
    .values({
      mirrorId: MIRROR_ID,
      seq: sql.placeholder('seq'),
      mirrorVersion: sql.placeholder('mirrorVersion'),
      content: sql.placeholder('content'),
    })
    .onConflictDoUpdate({
      target: mirror.mirrorId,
      set: {
        seq: sql`excluded.seq`,
        mirrorVersion: sql`excluded.mirror_version`,
        content: sql`excluded.content`,
      },
    })
    .prepare();
}

function prepareResolution(database: WritableDatabase) {
  return database.orm
    .insert(resolutions)
    .values({
      orderId: sql.placeholder('orderId'),
      outcome: sql.placeholder('outcome'),
      reason: sql.placeholder('reason'),
    })
    .onConflictDoUpdate({
      target: resolutions.orderId,
      set: { outcome: sql`excluded.outcome`, reason: sql`excluded.reason` },
    })
    .prepare();
}

/** People whom the mirror no longer names are kept, because orders name them, but not listed. */
function createOperatorKeeper(database: WritableDatabase) {
  const find = database.orm
    .select()
    .from(operators)
    .where(eq(operators.operatorId, sql.placeholder('operatorId')))
    .prepare();
  const unlistAll = database.orm.update(operators).set({ position: null }).prepare();
  const insert = prepareInsert(database, operators);
  const update = prepareUpdate(database, operators, 'operatorId', ['position', 'content']);
  const forgive = prepareUpdate(database, operators, 'operatorId', [
    'changedCredential',
    'failuresInARow',
    'delayedUntil',
  ]);
  const unburdened = { changedCredential: null, failuresInARow: 0, delayedUntil: null };

  return (listed: StoredMirror['operators']): void => {
    unlistAll.run();
    for (const [position, content] of listed.entries()) {
      const { operatorId } = content;
      const known = find.get({ operatorId });
      if (known === undefined) {
        insert({ operatorId, position, content, ...unburdened });
        continue;
      }
      update({ operatorId, position, content });
      // The central set a new PIN: it replaces one chosen here, and the wrong guesses count anew.
      if (known.content.wrappedCredential !== content.wrappedCredential) {
        forgive({ operatorId, ...unburdened });
      }
    }
  };
}
