import type { JournalReader } from '#main/ports/journal-reader.ts';
import type { Log } from '#main/ports/log.ts';
import type { DeviceRow } from '#main/ports/terminal-rows.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import type { NumberRequest } from './number-requests.ts';
import type { SyncEngine } from './sync-engine.ts';

/** The engine of whichever chain the till is enrolled with, if it is. */
export interface EnrolledEngine {
  wake(flushedSeq: number): void;
  requestNumbers(request: NumberRequest): void;
  /** Settles when nothing is under way any more. */
  close(): Promise<void>;
}

/** What it takes to start the engine of a chain. */
export interface EnrolledEngineParts {
  readonly journal: JournalReader;
  /** An engine for this device; `undefined` if this machine does not hold its key. */
  readonly createEngine: (device: DeviceRow) => SyncEngine | undefined;
  readonly log: Log;
}

/**
 * Starts the engine with the first entry of a chain, and another one when the till is enrolled anew:
 * a till without an enrolment has nobody to talk to.
 */
export function createEnrolledEngine(parts: EnrolledEngineParts): EnrolledEngine {
  const { journal, createEngine, log } = parts;
  let chainId: ChainId | undefined;
  let engine: SyncEngine | undefined;
  let running: Promise<unknown> = Promise.resolve();

  function present(): SyncEngine | undefined {
    const device = journal.device();
    if (device === undefined || device.chainId === chainId) return engine;
    chainId = device.chainId;
    engine?.close();
    engine = createEngine(device);
    if (engine === undefined) log.error({ chainId }, 'this machine has no key for its own chain');
    running = Promise.all([running, engine?.run()]);
    return engine;
  }

  return {
    wake: (flushedSeq) => present()?.wake(flushedSeq),
    requestNumbers: (request) => present()?.requestNumbers(request),
    async close() {
      engine?.close();
      await running;
    },
  };
}
