import { describe, expect, it } from 'vitest';
import { judgeStanding } from '#main/workers/sync/judge-standing.ts';
import { utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes } from '#shared/kernel/hash.ts';
import { createJournalInMemory } from '#test/helpers/sync/journal-in-memory.ts';
import { createKeyPair } from '#test/helpers/sync/key-pair.ts';

const key = createKeyPair();
const journal = createJournalInMemory(key, { url: 'http://127.0.0.1:1', publicKey: key.publicKey });
journal.append('first');
journal.append('second');
const other = hashBytes(utf8('another entry'));
const hashAt = (seq: number) => (journal.hashAt(seq) ?? other) as typeof other;

describe("the judgement of the central's high water", () => {
  it.each([
    ['an ancestor, where nothing has arrived', 0, hashAt(0), 'ancestor'],
    ['an ancestor, where something is on the way', 1, hashAt(1), 'ancestor'],
    ['an ancestor, where all has arrived', 2, hashAt(2), 'ancestor'],
    ['ahead, where the till has no such entry', 3, other, 'ahead'],
    ['another branch, where the till has another entry', 2, other, 'other-branch'],
    ['another branch, where it is another chain altogether', 0, other, 'other-branch'],
  ] as const)('is %s', (_, highWaterSeq, headHash, judgement) => {
    expect(judgeStanding(journal, { highWaterSeq, headHash })).toBe(judgement);
  });
});
