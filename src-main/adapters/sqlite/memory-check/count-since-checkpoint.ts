import { createChainRows } from '../chain-rows.ts';
import type { AnyDatabase } from '../open-database.ts';
import { findCheckStart } from './find-check-start.ts';

/** How many entries the next check before selling would look at. */
export function countSinceCheckpoint(database: AnyDatabase): number {
  const start = findCheckStart(database);
  return start === undefined ? 0 : createChainRows(database).head().seq - start.head.seq;
}
