import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Log } from '#main/ports/log.ts';
import type { IdSource, RandomSource } from '#main/ports/randomness.ts';
import type { SyncLink, SyncNews } from '#main/ports/sync-link.ts';
import type { RaffleEventId, RequestId } from '#shared/kernel/ids.ts';
import { pauseAfter } from './sync/back-off.ts';
import type { SyncOrder, SyncReport, SyncWorkerData } from './sync-messages.ts';

/** How the sync worker is started and kept alive. */
export interface SyncSupervisorParts extends SyncWorkerData {
  /** The worker's program: the source beside this file unless a build has put it elsewhere. */
  readonly workerUrl?: URL;
  readonly log: Log;
  readonly ids: IdSource;
  readonly random: RandomSource;
}

/** How long a worker may take to close by itself. */
const CLOSING_MS = 1_500;

/** The pause before a dead worker is replaced grows like the one after failed calls. */
const RESTART_PACE = { firstPauseMs: 500, longestPauseMs: 30_000 };

/** A worker that lived this long did not die of what killed the one before it. */
const LONG_LIFE_MS = 60_000;

/**
 * Runs the sync worker in a thread of its own and replaces it when it dies.
 *
 * A new worker is told what the old one knew: how far the journal is flushed, and which requests for
 * numbers are unanswered, under the same ids.
 */
export function createSyncLink(parts: SyncSupervisorParts): SyncLink {
  const { log, ids, random, databasePath, vaultDirectory, software, centralUrl } = parts;
  const workerUrl = parts.workerUrl ?? new URL('./sync-worker.ts', import.meta.url);
  const workerData: SyncWorkerData = { databasePath, vaultDirectory, software, centralUrl };
  const listeners = new Set<(news: SyncNews) => void>();
  const unanswered = new Map<RaffleEventId, RequestId>();
  const closing = new AbortController();
  let flushedSeq = 0;
  let deaths = 0;
  let worker = start();

  function start(): Worker {
    const started = new Worker(workerUrl, { workerData, name: 'sync' });
    const startedAt = performance.now();
    started.on('message', receive);
    started.on('error', (error) => log.error({ error }, 'the sync worker failed'));
    started.on('exit', () => {
      if (performance.now() - startedAt > LONG_LIFE_MS) deaths = 0;
      void replace();
    });
    if (flushedSeq > 0) send(started, { kind: 'wake', flushedSeq });
    for (const [raffleEventId, requestId] of unanswered) {
      send(started, { kind: 'request-numbers', request: { raffleEventId, requestId } });
    }
    return started;
  }

  async function replace(): Promise<void> {
    if (closing.signal.aborted) return;
    deaths += 1;
    const pauseMs = pauseAfter(deaths, RESTART_PACE, random);
    log.warn({ deaths, pauseMs }, 'the sync worker has ended and will be started again');
    try {
      await wait(pauseMs, undefined, { signal: closing.signal, ref: false });
    } catch {
      return;
    }
    worker = start();
  }

  function receive(report: SyncReport): void {
    if (report.kind === 'log') {
      log[report.level](report.fields, report.message);
      return;
    }
    if (report.news.kind === 'numbers') forgetRequest(report.news.requestId);
    for (const listener of [...listeners]) listener(report.news);
  }

  function forgetRequest(requestId: RequestId): void {
    for (const [raffleEventId, id] of unanswered) {
      if (id === requestId) unanswered.delete(raffleEventId);
    }
  }

  return {
    wake(seq) {
      flushedSeq = seq;
      send(worker, { kind: 'wake', flushedSeq });
    },
    requestNumbers(raffleEventId) {
      if (unanswered.has(raffleEventId)) return;
      const requestId = ids.next<RequestId>();
      unanswered.set(raffleEventId, requestId);
      send(worker, { kind: 'request-numbers', request: { raffleEventId, requestId } });
    },
    onNews(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closing.abort();
      const hasEnded = new Promise((resolve) => worker.once('exit', resolve));
      if (worker.threadId === -1) return;
      send(worker, { kind: 'close' });
      const isLate = await Promise.race([hasEnded, wait(CLOSING_MS, 'late', { ref: false })]);
      if (isLate === 'late') await worker.terminate();
    },
  };
}

function send(worker: Worker, order: SyncOrder): void {
  worker.postMessage(order);
}
