import { expect, test } from 'vitest';
import { createJournalReader } from '#main/adapters/sqlite/journal-reader.ts';
import { genesisHash } from '#shared/domain/journal-chain.ts';
import { openTestDatabase } from '#test/helpers/terminal-database.ts';
import {
  CHAIN,
  createHistoryPlayer,
  RAFFLE_EVENT,
  testId,
} from '#test/helpers/terminal-database-history.ts';

test('the reader sees what the writer committed, and never writes', () => {
  using till = openTestDatabase();
  const reader = createJournalReader(till.path);
  expect({
    device: reader.device(),
    head: reader.head(),
    mirror: reader.mirror(),
    operator: reader.signedInOperator(),
    acknowledged: reader.acknowledgedSeq(),
    holdings: reader.holdings(),
  }).toEqual({
    device: undefined,
    head: { seq: 0, hash: '0'.repeat(64) },
    mirror: undefined,
    operator: null,
    acknowledged: 0,
    holdings: { allocations: [], validationBlocks: [] },
  });

  const player = createHistoryPlayer(till.unitOfWork, till.key);
  player.enrol();
  player.play({ kind: 'mirror', peopleCount: 2, newPins: false, state: 'active' });
  player.play({ kind: 'numbers', count: 10, mode: 'sequential', blockSize: 7 });
  player.play({ kind: 'sign-in', person: 1, isRight: true });
  const [sale] = player.play({ kind: 'sell', packageSizes: [4] });

  expect(reader.device()).toEqual(till.unitOfWork.rows.device());
  expect(reader.head()).toEqual({ seq: 5, hash: sale?.hash });
  expect(reader.hashAt(0)).toBe(genesisHash(CHAIN, till.key.publicKey));
  expect(reader.hashAt(5)).toBe(sale?.hash);
  expect(reader.hashAt(6)).toBeUndefined();
  expect(reader.totalsAt(4)).toEqual({ orderCount: 0, grossMinor: 0 });
  expect(reader.totalsAt(5)).toEqual({ orderCount: 1, grossMinor: 1_000 });
  expect(reader.mirror()).toEqual({
    mirrorVersion: '1.2',
    asOf: '2026-10-31T18:00:02.000Z',
  });
  expect(reader.signedInOperator()).toBe(testId('person', 1));
  expect(reader.numbersLeft(RAFFLE_EVENT)).toEqual({ drawNumbers: 6, validationNumbers: 6 });
  expect(reader.holdings()).toEqual({
    allocations: [
      {
        allocationId: testId('allocation', 3),
        raffleEventId: RAFFLE_EVENT,
        indices: { from: 100_000, to: 100_010 },
        nextIndex: 100_004,
      },
    ],
    validationBlocks: [
      {
        validationBlockId: testId('validation-block', 3),
        raffleEventId: RAFFLE_EVENT,
        prefix: '10000003',
        nextSequence: 2,
      },
    ],
  });
  player.play({ kind: 'sign-out' });
  expect(reader.signedInOperator()).toBeNull();
  reader.close();
});

test('entries come in order, within both limits, and always at least one', () => {
  using till = openTestDatabase();
  const player = createHistoryPlayer(till.unitOfWork, till.key);
  const entries = [player.enrol()];
  for (let n = 0; n < 250; n += 1) entries.push(...player.play({ kind: 'notice' }));
  const reader = createJournalReader(till.path);
  const seqs = (range: Partial<Parameters<typeof reader.entries>[0]>) =>
    reader
      .entries({ after: 0, through: 1_000, mostEntries: 500, mostBytes: 1_000_000, ...range })
      .map(({ seq }) => seq);

  expect(reader.entries({ after: 0, through: 251, mostEntries: 500, mostBytes: 1e6 })).toEqual(
    entries,
  );
  expect(seqs({ after: 3, mostEntries: 2 })).toEqual([4, 5]);
  expect(seqs({ after: 3, through: 4 })).toEqual([4]);
  expect(seqs({ after: 251 })).toEqual([]);
  expect(seqs({ after: 7, mostBytes: 1 })).toEqual([8]);
  const twoNotices = 2 * Buffer.from(entries[9]?.body ?? '', 'base64').length;
  expect(seqs({ after: 8, mostBytes: twoNotices + 1 })).toEqual([9, 10]);
  reader.close();
});
