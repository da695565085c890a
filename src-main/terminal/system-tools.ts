import path from 'node:path';
import { createSignatureVerifier } from '#main/adapters/system/ed25519.ts';
import { createPinoLog } from '#main/adapters/system/pino-log.ts';
import { createSystemClock } from '#main/adapters/system/system-clock.ts';
import { createIdSource, createSystemRandom } from '#main/adapters/system/system-randomness.ts';
import type { Clock } from '#main/ports/clock.ts';
import type { SignatureVerifier } from '#main/ports/keys.ts';
import type { Log } from '#main/ports/log.ts';
import type { IdSource, RandomSource } from '#main/ports/randomness.ts';
import type { TerminalConfiguration } from './configuration.ts';
import { createDataFiles, type DataFiles } from './stored-data/data-files.ts';

/** What every part of a terminal uses, and what no data depends on. */
export interface SystemTools {
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly ids: IdSource;
  readonly verifier: SignatureVerifier;
  readonly files: DataFiles;
  readonly log: Log;
}

/** The computer's clock and randomness, and a log in the data folder. */
export function createSystemTools({ dataDirectory }: TerminalConfiguration): SystemTools {
  const clock = createSystemClock();
  const random = createSystemRandom();
  return {
    clock,
    random,
    ids: createIdSource(clock, random),
    verifier: createSignatureVerifier(),
    files: createDataFiles(),
    log: createPinoLog(path.join(dataDirectory, 'terminal.log')),
  };
}
