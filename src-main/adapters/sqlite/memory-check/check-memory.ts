import type { SignatureVerifier } from '#main/ports/keys.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { createChainRows } from '../chain-rows.ts';
import type { WritableDatabase } from '../open-database.ts';
import { checkCounters } from './check-counters.ts';
import { compareKeptFacts } from './compare-kept-facts.ts';
import { findCheckStart } from './find-check-start.ts';
import { createEntryFollower } from './follow-entries.ts';
import { expectPrintJobs } from './print-job-expectations.ts';
import { rowsBetween } from './rows-between.ts';

/** What a check of critical memory looked at, as it is journaled. */
export type MemoryCheck = EntryPayload<'terminal.started'>['memoryCheck'];

/** What a check of critical memory works with. */
export interface MemoryCheckOptions {
  readonly migrationsDirectory: string;
  readonly verifier: SignatureVerifier;
  readonly monotonicMs: () => number;
}

/** The most characters of a detail in the journal. */
const LONGEST_DETAIL = 400;

/**
 * The comprehensive check of critical memory before selling (GLI-31 3.4.3).
 *
 * Looks at everything since the last checkpoint, and at the sums of what lies before it. Changes
 * nothing and refuses nothing: it says of each part whether it passed, also on a damaged file.
 */
export function checkMemory(database: WritableDatabase, options: MemoryCheckOptions): MemoryCheck {
  const parts: readonly (readonly [string, () => string])[] = [
    ['database file', () => checkFile(database)],
    ['references between rows', () => checkReferences(database)],
    ['journal, sales and print jobs', () => checkEntries(database, options.verifier)],
    ['counters and sums', () => checkCounters(database)],
    ['kept facts', () => compareKeptFacts(database, options.migrationsDirectory)],
  ];
  const begin = options.monotonicMs();
  const checks = parts.map(([name, check]) => ({ name, ...runCheck(check) }));
  return { durationMs: Math.round(options.monotonicMs() - begin), checks };
}

/** Whether every part passed. */
export function isMemoryGood(check: MemoryCheck): boolean {
  return check.checks.every(({ isPassed }) => isPassed);
}

/** Damage shows in many ways, a broken JSON text among them: whatever is thrown fails the check. */
function runCheck(check: () => string): { readonly isPassed: boolean; readonly detail: string } {
  try {
    return { isPassed: true, detail: check().slice(0, LONGEST_DETAIL) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { isPassed: false, detail: detail.slice(0, LONGEST_DETAIL) };
  }
}

function checkFile({ client }: WritableDatabase): string {
  const found = String(client.pragma('integrity_check(1)', { simple: true }));
  if (found !== 'ok') throw new IntegrityFault(found);
  return 'SQLite finds nothing wrong';
}

function checkReferences({ client }: WritableDatabase): string {
  const orphans = client.pragma('foreign_key_check') as readonly { readonly table: string }[];
  if (orphans[0] !== undefined)
    throw new IntegrityFault(`rows without parents: ${orphans[0].table}`);
  return 'every row has its parents';
}

function checkEntries(database: WritableDatabase, verifier: SignatureVerifier): string {
  const start = findCheckStart(database);
  if (start === undefined) {
    if (createChainRows(database).head().seq === 0) return 'not enrolled';
    throw new IntegrityFault('there is a journal, and no device that it belongs to');
  }
  const follower = createEntryFollower(database, verifier, start);
  const printJobs = expectPrintJobs();
  for (const row of rowsBetween(database, start.head.seq, Number.MAX_SAFE_INTEGER)) {
    printJobs.add(follower.next(row));
  }
  printJobs.compare(database);
  const head = follower.place().head.seq;
  return `entries ${start.head.seq + 1} to ${head} of the chain ${start.chainId}`;
}
