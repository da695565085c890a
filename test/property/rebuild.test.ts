import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createChainRows } from '#main/adapters/sqlite/chain-rows.ts';
import { openReadOnlyDatabase } from '#main/adapters/sqlite/open-database.ts';
import { rebuildDatabase } from '#main/adapters/sqlite/rebuild-database.ts';
import { createSignatureVerifier } from '#main/adapters/system/ed25519.ts';
import { type WalkedEntry, walkChain } from '#shared/contract/journal/chain-walk.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { unpackEntry } from '#shared/contract/journal/sealed-entry.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import {
  MIGRATIONS,
  makeTemporaryFolder,
  openTestDatabase,
} from '#test/helpers/terminal-database.ts';
import { createHistoryPlayer, type HistoryStep } from '#test/helpers/terminal-database-history.ts';
import { history } from '#test/helpers/terminal-database-steps.ts';
import { readJournaledTables } from '#test/helpers/terminal-database-tables.ts';

function* walkAll(entries: readonly JournalEntry[]): Generator<WalkedEntry> {
  const walk = walkChain(undefined, createSignatureVerifier().isSignedBy);
  for (const entry of entries) {
    const next = walk.next(unpackEntry(entry));
    invariant(next.ok, 'every entry of a live chain is good');
    yield next.value;
  }
}

/** Lives through a history; answers with the live rows, and with the rows rebuilt from its journal. */
function liveAndRebuilt(steps: readonly HistoryStep[]) {
  using till = openTestDatabase();
  using folder = makeTemporaryFolder();
  const player = createHistoryPlayer(till.unitOfWork, till.key);
  player.enrol();
  for (const step of steps) player.play(step);

  const path = join(folder.path, 'rebuilt.db');
  const entries = createChainRows(till.database).entriesAfter(0, Number.MAX_SAFE_INTEGER);
  rebuildDatabase(path, MIGRATIONS, walkAll(entries));
  const rebuilt = openReadOnlyDatabase(path);
  const tables = {
    live: readJournaledTables(till.database),
    rebuilt: readJournaledTables(rebuilt),
  };
  rebuilt.client.close();
  return tables;
}

test('a rebuild from the journal equals the live database row for row', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const { live, rebuilt } = liveAndRebuilt(steps);
      expect(rebuilt).toEqual(live);
    }),
    { numRuns: 60 },
  );
});

test('the histories reach every journaled table', () => {
  const steps: readonly HistoryStep[] = [
    { kind: 'mirror', peopleCount: 2, newPins: false, state: 'active' },
    { kind: 'numbers', count: 4, mode: 'sequential', blockSize: 5 },
    { kind: 'numbers', count: 9, mode: 'random', blockSize: 5 },
    { kind: 'choose' },
    { kind: 'sell', packageSizes: [3, 5] },
    { kind: 'print', outcome: 'crash' },
    { kind: 'answer', answer: 'torn' },
    { kind: 'reprint' },
  ];
  const { live } = liveAndRebuilt(steps);
  const counts = Object.entries(live).map(([name, rows]) => [name, rows.length]);
  expect(Object.fromEntries(counts)).toEqual({
    journal: 9,
    device: 1,
    mirror: 1,
    raffle_events: 1,
    operators: 2,
    allocations: 2,
    validation_blocks: 2,
    checkouts: 1,
    orders: 2,
    order_numbers: 3,
    payments: 1,
    print_jobs: 3,
    resolutions: 1,
  });
});
