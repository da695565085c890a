import { randomBytes } from 'node:crypto';
import { createDeviceCentral } from '#main/adapters/central/device-central.ts';
import type { TimeLimits } from '#main/adapters/central/http-exchange.ts';
import type { Clock } from '#main/ports/clock.ts';
import type { DeviceKey } from '#main/ports/keys.ts';
import type { Log } from '#main/ports/log.ts';
import type { RandomSource } from '#main/ports/randomness.ts';
import type { SyncNews } from '#main/ports/sync-link.ts';
import type { SyncPace } from '#main/workers/sync/pace.ts';
import { createSyncEngine, type SyncEngine } from '#main/workers/sync/sync-engine.ts';
import { systemTimer } from '#main/workers/sync/timer.ts';
import { utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes } from '#shared/kernel/hash.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { createJournalInMemory, type JournalInMemory } from './journal-in-memory.ts';
import { verifier } from './key-pair.ts';

export const clock: Clock = {
  wall: () => instantFromEpoch(Date.now()),
  monotonicMs: () => performance.now(),
  sinceBootMs: () => performance.now(),
};

export const random: RandomSource = { bytes: (count) => new Uint8Array(randomBytes(count)) };

export const quietLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const SOFTWARE = { version: '0.1.0', checksum: hashBytes(utf8('program')) };

/** A thousand times as fast as a till at work. */
const QUICK_PACE: SyncPace = {
  pollMs: 20,
  firstPauseMs: 1,
  longestPauseMs: 8,
  numbersRetryMs: 10,
  deliveryRetryMs: 5_000,
  watchMs: 10,
  stallMs: 5_000,
};

const QUICK_LIMITS: TimeLimits = {
  connectMs: 1_000,
  quietMs: 1_000,
  wholeMs: 1_000,
  silenceMs: 5_000,
};

/** A till whose engine runs, with a journal in memory in place of the main thread's database. */
export interface RunningTill {
  readonly journal: JournalInMemory;
  readonly engine: SyncEngine;
  readonly news: readonly SyncNews[];
  /** All news of one kind. */
  newsOf<Kind extends SyncNews['kind']>(kind: Kind): readonly Extract<SyncNews, { kind: Kind }>[];
  /** Appends entries that are flushed at once, and wakes the engine. */
  sell(...words: readonly string[]): void;
  /** Waits until `condition` holds; throws, with what is being waited for, after `limitMs`. */
  until(what: string, condition: () => boolean, limitMs?: number): Promise<void>;
  stop(): Promise<void>;
}

/** How a till differs from the usual one. */
export interface TillChoices {
  readonly pace?: Partial<SyncPace>;
  readonly limits?: Partial<TimeLimits>;
  readonly journal?: JournalInMemory;
  readonly clock?: Clock;
  /** False where the main thread cannot write a mirror. */
  readonly writesMirrors?: boolean;
  /** What the main thread does with news. */
  readonly onNews?: (news: SyncNews, journal: JournalInMemory) => void;
}

/** Starts a till that holds `key` and is enrolled with `central`. */
export function startTill(
  key: DeviceKey,
  central: { readonly url: string; readonly publicKey: Uint8Array },
  choices: TillChoices = {},
): RunningTill {
  const journal = choices.journal ?? createJournalInMemory(key, central);
  const news: SyncNews[] = [];
  const device = journal.device();
  invariant(device !== undefined, 'this till is enrolled');
  const engine = createSyncEngine({
    connect: (watcher) =>
      createDeviceCentral({
        device,
        key,
        verifier,
        random,
        clock: choices.clock ?? clock,
        ...watcher,
        limits: { ...QUICK_LIMITS, ...choices.limits },
      }),
    journal,
    software: SOFTWARE,
    clock: choices.clock ?? clock,
    random,
    timer: systemTimer,
    pace: { ...QUICK_PACE, ...choices.pace },
    log: quietLog,
    tell(item) {
      news.push(item);
      if (item.kind === 'standing') journal.acknowledge(item.standing.highWaterSeq);
      if (item.kind === 'mirror' && choices.writesMirrors !== false) {
        journal.haveMirror(item.mirror);
      }
      choices.onNews?.(item, journal);
    },
  });
  const running = engine.run();
  return {
    journal,
    engine,
    news,
    newsOf: (kind) =>
      news.filter((item): item is Extract<SyncNews, { kind: typeof kind }> => item.kind === kind),
    sell(...words) {
      let head = journal.head().seq;
      for (const each of words) head = journal.append(each);
      engine.wake(head);
    },
    async until(what, condition, limitMs = 5_000) {
      const deadline = performance.now() + limitMs;
      while (!condition()) {
        invariant(performance.now() < deadline, `waited in vain for ${what}`);
        await systemTimer.sleep(2, new AbortController().signal);
      }
    },
    async stop() {
      engine.close();
      await running;
    },
  };
}
