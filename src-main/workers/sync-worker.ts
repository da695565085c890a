import { parentPort, workerData } from 'node:worker_threads';
import { createDeviceCentral } from '#main/adapters/central/device-central.ts';
import { createJournalReader } from '#main/adapters/sqlite/journal-reader.ts';
import { createSignatureVerifier } from '#main/adapters/system/ed25519.ts';
import { openMachineVault } from '#main/adapters/system/machine-vault.ts';
import { createSystemClock } from '#main/adapters/system/system-clock.ts';
import { createSystemRandom } from '#main/adapters/system/system-randomness.ts';
import type { Log } from '#main/ports/log.ts';
import type { DeviceRow } from '#main/ports/terminal-rows.ts';
import { assertNever, invariant } from '#shared/kernel/invariant.ts';
import { createEnrolledEngine } from './sync/enrolled-engine.ts';
import { WORKING_PACE } from './sync/pace.ts';
import { createSyncEngine, type SyncEngine } from './sync/sync-engine.ts';
import { systemTimer } from './sync/timer.ts';
import type { SyncOrder, SyncReport, SyncWorkerData } from './sync-messages.ts';

/** The thread that keeps the central in step. It reads the journal and writes nothing. */

const port = parentPort;
invariant(port !== null, 'the sync worker runs as a worker thread');

const { databasePath, vaultDirectory, software, centralUrl } = workerData as SyncWorkerData;
const report = (message: SyncReport) => port.postMessage(message);
const log: Log = {
  info: (fields, message) => report({ kind: 'log', level: 'info', fields, message }),
  warn: (fields, message) => report({ kind: 'log', level: 'warn', fields, message }),
  error: (fields, message) => report({ kind: 'log', level: 'error', fields, message }),
};
const clock = createSystemClock();
const random = createSystemRandom();
const verifier = createSignatureVerifier();
const vault = openMachineVault(vaultDirectory);
const journal = createJournalReader(databasePath);

function createEngine(enrolled: DeviceRow): SyncEngine | undefined {
  const key = vault.findDeviceKey(enrolled.chainId);
  if (key === undefined) return undefined;
  const device = { ...enrolled, centralUrl: centralUrl ?? enrolled.centralUrl };
  return createSyncEngine({
    connect: (watcher) => createDeviceCentral({ device, key, verifier, random, clock, ...watcher }),
    journal,
    software,
    clock,
    random,
    timer: systemTimer,
    pace: WORKING_PACE,
    log,
    tell: (news) => report({ kind: 'news', news }),
  });
}

const engine = createEnrolledEngine({ journal, createEngine, log });

async function close(): Promise<void> {
  await engine.close();
  journal.close();
  port?.close();
}

port.on('message', (order: SyncOrder) => {
  switch (order.kind) {
    case 'wake':
      return engine.wake(order.flushedSeq);
    case 'request-numbers':
      return engine.requestNumbers(order.request);
    case 'close':
      return void close();
    default:
      return assertNever(order);
  }
});
