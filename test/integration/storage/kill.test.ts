import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { secondJournalPath } from '#main/adapters/system/second-journal.ts';
import { readSecondFile } from '#test/helpers/read-second-file.ts';
import { makeTemporaryFolder } from '#test/helpers/terminal-database.ts';
import { CHAIN } from '#test/helpers/terminal-database-history.ts';
import { placesBelow, prepareUsable } from '#test/helpers/terminal-database-places.ts';

const SELLER = fileURLToPath(new URL('../../helpers/terminal-database-seller.ts', import.meta.url));
const TRIALS = 20;
const LONGEST_MS = 180_000;

/** One life of a selling process: what its start found, and the last sale that it told. */
interface Life {
  readonly start: unknown;
  readonly toldSeq: number;
}

/** Sells in a process of its own, and kills it `momentMs` after it told `saleCount` sales. */
async function sellAndKill(folder: string, saleCount: number, momentMs: number): Promise<Life> {
  const seller = spawn(process.execPath, [SELLER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: seller.stdout })) {
    lines.push(line);
    if (lines.length === saleCount + 1) setTimeout(() => seller.kill('SIGKILL'), momentMs);
  }
  if (seller.signalCode === null) await once(seller, 'exit');
  const [start = 'null', ...told] = lines;
  return { start: JSON.parse(start), toldSeq: Number(told.at(-1) ?? 0) };
}

test(
  `a till killed in the middle of selling, ${TRIALS} times, keeps every sale that was told`,
  async () => {
    using folder = makeTemporaryFolder();
    let told = (await sellAndKill(folder.path, 3, 1)).toldSeq;
    for (let trial = 1; trial < TRIALS; trial += 1) {
      const life = await sellAndKill(folder.path, trial % 4, trial * 1.3);
      expect(life.start).toEqual({
        kind: 'ready',
        rebuilt: null,
        mustCompareHeads: false,
        headSeq: expect.any(Number),
      });
      expect(life.start).toHaveProperty(
        'headSeq',
        expect.toSatisfy((seq) => seq >= told),
      );
      told = Math.max(told, life.toldSeq);
    }

    const places = placesBelow(folder.path);
    const { storage } = await prepareUsable(places);
    const head = storage.unitOfWork.rows.head();
    await storage.close();
    const secondFile = secondJournalPath(places.secondJournalDirectory, CHAIN);
    const last = readSecondFile(secondFile).at(-1)?.seq;
    expect(last).toBe(head.seq);
    expect(last).toBeGreaterThanOrEqual(told);
  },
  LONGEST_MS,
);
