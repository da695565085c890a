import { eq, sql } from 'drizzle-orm';
import type { RaffleEvent, RaffleEventState } from '#shared/contract/mirror/raffle-event.ts';
import { frozenFieldsHash } from '#shared/domain/frozen-raffle-event.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { WritableDatabase } from './open-database.ts';
import { prepareInsert } from './prepare-insert.ts';
import { prepareUpdate } from './prepare-update.ts';
import { raffleEvents } from './schema.ts';

/** Keeps the rows of raffle events as mirrors and the central's control change them. */
export interface RaffleEventKeeper {
  /** Takes a raffle event as the mirror tells of it. */
  keep(content: RaffleEvent): void;
  /** Lists exactly these, in this order. The others are kept, because orders name them. */
  list(raffleEventIds: readonly RaffleEventId[]): void;
  /** What the central says between two mirrors. A raffle event not heard of yet is passed over. */
  control(told: {
    readonly raffleEventId: RaffleEventId;
    readonly state: RaffleEventState;
    readonly salesEnd: Instant;
  }): void;
  /** Sales are over here. The first end stays. */
  endSales(raffleEventId: RaffleEventId, at: Instant): void;
}

/** Makes the keeper over one database. */
export function createRaffleEventKeeper(database: WritableDatabase): RaffleEventKeeper {
  const find = database.orm
    .select()
    .from(raffleEvents)
    .where(eq(raffleEvents.raffleEventId, sql.placeholder('raffleEventId')))
    .prepare();
  const unlistAll = database.orm.update(raffleEvents).set({ position: null }).prepare();
  const insert = prepareInsert(database, raffleEvents);
  const setPosition = prepareUpdate(database, raffleEvents, 'raffleEventId', ['position']);
  const update = prepareUpdate(database, raffleEvents, 'raffleEventId', [
    'content',
    'state',
    'salesEnd',
    'frozenHash',
  ]);
  const setState = prepareUpdate(database, raffleEvents, 'raffleEventId', [
    'state',
    'salesEnd',
    'frozenHash',
  ]);
  const setEnd = prepareUpdate(database, raffleEvents, 'raffleEventId', ['endedAt']);

  return {
    keep: (content) => {
      const { raffleEventId, state, salesEnd } = content;
      const known = find.get({ raffleEventId });
      const frozenHash = freeze(content, known?.frozenHash ?? null);
      const row = { raffleEventId, content, state, salesEnd, frozenHash };
      if (known !== undefined) update(row);
      else insert({ ...row, position: null, endedAt: null, orderCount: 0, grossMinor: 0 });
    },
    list: (raffleEventIds) => {
      unlistAll.run();
      for (const [position, raffleEventId] of raffleEventIds.entries()) {
        setPosition({ raffleEventId, position });
      }
    },
    control: ({ raffleEventId, state, salesEnd }) => {
      const known = find.get({ raffleEventId });
      if (known === undefined) return;
      const frozenHash = freeze({ ...known.content, state }, known.frozenHash);
      setState({ raffleEventId, state, salesEnd, frozenHash });
    },
    endSales: (raffleEventId, at) => {
      if (find.get({ raffleEventId })?.endedAt == null) setEnd({ raffleEventId, endedAt: at });
    },
  };
}

/** The frozen fields as they first were once the raffle event had begun (GLI-31 2.2.3). */
function freeze(raffleEvent: RaffleEvent, known: Sha256 | null): Sha256 | null {
  return known ?? (raffleEvent.state === 'created' ? null : frozenFieldsHash(raffleEvent));
}
