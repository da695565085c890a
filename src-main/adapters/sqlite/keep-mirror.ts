import { sql } from 'drizzle-orm';
import type { EntryBodyOf } from '#shared/contract/journal/entry-body.ts';
import type { MirrorChange } from '#shared/contract/journal/mirror-entries.ts';
import { assertNever, invariant } from '#shared/kernel/invariant.ts';
import { createOperatorKeeper } from './keep-operators.ts';
import type { RaffleEventKeeper } from './keep-raffle-events.ts';
import { createPartCollector } from './mirror-parts.ts';
import type { AnyDatabase, WritableDatabase } from './open-database.ts';
import { mirror, resolutions } from './schema.ts';

/** The mirror table has this one row. */
const MIRROR_ID = 1;

/**
 * A function that takes one entry of a mirror, the one at `seq`. Nothing changes before the last of
 * its parts, which `journalHolder` has behind each other.
 */
export function createMirrorKeeper(
  database: WritableDatabase,
  raffleEvents: RaffleEventKeeper,
  journalHolder: AnyDatabase,
): (received: EntryBodyOf<'mirror.received'>['payload'], seq: number) => void {
  const collect = createPartCollector(journalHolder);
  const findContent = database.orm.select({ content: mirror.content }).from(mirror).prepare();
  const keepNewest = prepareNewest(database);
  const operators = createOperatorKeeper(database);
  const keepResolution = prepareResolution(database);

  function keep(change: Exclude<MirrorChange, { kind: 'facts' }>): unknown {
    switch (change.kind) {
      case 'raffle-event':
        return raffleEvents.keep(change.raffleEvent);
      case 'raffle-events-listed':
        return raffleEvents.list(change.raffleEventIds);
      case 'operator':
        return operators.keep(change.operator);
      case 'operator-unlisted':
        return operators.unlist(change.operatorId);
      case 'resolution':
        return keepResolution.run(change.resolution);
      default:
        return assertNever(change);
    }
  }

  return (received, seq) => {
    if (received.part < received.parts) return;
    const { mirrorVersion, asOf } = received;
    let facts = findContent.get()?.content.facts;
    for (const change of collect(received, seq)) {
      if (change.kind === 'facts') facts = change.facts;
      else keep(change);
    }
    invariant(facts !== undefined, 'the first mirror tells the facts');
    keepNewest.run({ seq, mirrorVersion, content: { asOf, facts } });
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
