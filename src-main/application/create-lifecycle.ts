import type { SyncNews } from '../ports/sync-link.ts';
import { createReceiveNews } from './central/receive-news.ts';
import { clockRulesOf } from './clock/clock-rules.ts';
import { createClockWatch } from './clock/watch-clock.ts';
import { createNewsHandlers } from './create-news-handlers.ts';
import type { Services } from './create-services.ts';
import { createRecallTickets } from './printing/recall-tickets.ts';
import { createPrinterWatch } from './printing/watch-printer.ts';
import { createOfflineLimitsWatch } from './sale/watch-offline-limits.ts';
import { createRecordStart } from './set-up/record-start.ts';
import { createRecordStop } from './set-up/record-stop.ts';
import { createDiskWatch } from './status/watch-disk.ts';
import type { TerminalCoreDependencies } from './terminal-core-dependencies.ts';

/** How often the clock and the end of sales are looked at, in milliseconds. */
const CLOCK_INTERVAL_MS = 250;
/** How often everything else is looked at, in milliseconds. */
const WATCH_INTERVAL_MS = 1_000;
/** How often a failed second journal file is tried again, in milliseconds. */
const SECOND_COPY_INTERVAL_MS = 10_000;

/** How a terminal starts, lives and stops. */
export interface Lifecycle {
  start(): Promise<void>;
  /** The till has a device and may append: the start is journaled, open tickets are asked about. */
  beginWork(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes the life of one terminal. */
export function createLifecycle(
  dependencies: TerminalCoreDependencies,
  services: Services,
): Lifecycle {
  const { unitOfWork, vault, sync, printer, timers } = dependencies;
  const { rows } = unitOfWork;
  const { ledger, session, time, desk, connection, feed, printQueue } = services;
  const mayAppend = () => services.appendRefusal() === undefined;
  const clockWatch = createClockWatch({ time, ledger, unitOfWork, mayAppend });
  const recordStart = createRecordStart({ rows, ledger, facts: startFactsOf(dependencies) });
  const recordStop = createRecordStop({ ledger, session });
  const recallTickets = createRecallTickets({ rows, ledger, printer, log: dependencies.log });
  const watches = [
    createPrinterWatch({ printer, ledger }),
    createDiskWatch({ diskSpace: dependencies.diskSpace, ledger }),
    createOfflineLimitsWatch({ unitOfWork, ledger, time, desk, isOnline: connection.isOnline }),
  ];
  const receiveNews = createReceiveNews({
    handlers: createNewsHandlers(dependencies, services, beginWork),
    comparison: services.comparison,
    onChanged: feed.changed,
    onFault: (error) => services.noteThrow('sync', error),
  });
  const endings: (() => void)[] = [];

  async function beginWork(): Promise<void> {
    await recordStart();
    await recallTickets();
    await services.watchNumbers();
    feed.changed();
  }

  async function lookAtClock(): Promise<void> {
    if (services.service.isOutOfService()) return;
    time.follow(clockRulesOf(rows));
    await clockWatch.tick();
    if (mayAppend()) await services.endSales();
  }

  async function lookAround(): Promise<void> {
    if (mayAppend()) {
      await services.chooseOnlyRaffleEvent();
      for (const watch of watches) await watch();
    }
    feed.refresh();
  }

  function retrySecondCopy(): void {
    if (mayAppend()) ledger.retrySecondCopy();
  }

  function openChain(): void {
    const device = rows.device();
    if (device === undefined) return;
    const key = vault.findDeviceKey(device.chainId);
    if (key !== undefined) {
      unitOfWork.openChain(device.chainId, key);
      return;
    }
    const detail = 'this machine does not hold the key of the journal';
    services.goOutOfService([{ check: 'machine', detail }]);
  }

  return {
    beginWork,
    async start() {
      openChain();
      endings.push(
        sync.onNews((news: SyncNews) => services.inBackground(receiveNews(news))),
        printer.onChange(feed.changed),
        timers.every(CLOCK_INTERVAL_MS, oneAtATime(lookAtClock, services)),
        timers.every(WATCH_INTERVAL_MS, oneAtATime(lookAround, services)),
        timers.every(SECOND_COPY_INTERVAL_MS, retrySecondCopy),
      );
      // Heads may have to be compared before the first entry, whose flush would wake the worker.
      if (rows.device() !== undefined) sync.wake(rows.head().seq);
      if (mayAppend()) await beginWork();
      services.service.begin(dependencies.lostChain);
    },
    async stop() {
      for (const end of endings.splice(0)) end();
      await printQueue.stop();
      if (!services.service.isOutOfService()) clockWatch.keep();
      if (mayAppend()) await recordStop();
      await ledger.settled();
      feed.stop();
    },
  };
}

function startFactsOf({
  bootId,
  software,
  configurationHash,
  memoryCheck,
  rebuilt,
  lostChain,
  isCheckpointDue,
}: TerminalCoreDependencies) {
  const started = { bootId, software, configurationHash, memoryCheck };
  return { started, rebuilt, lostChain, isCheckpointDue };
}

/** Starts `work` unless it is still running. */
function oneAtATime(work: () => Promise<void>, { inBackground }: Services): () => void {
  let isRunning = false;
  return () => {
    if (isRunning) return;
    isRunning = true;
    inBackground(
      work().finally(() => {
        isRunning = false;
      }),
    );
  };
}
