import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DrawFile } from '#shared/contract/central/people/draw-file.ts';
import { hashPool } from '#shared/domain/draw/pool-hash.ts';
import { selectWinners } from '#shared/domain/draw/select-winners.ts';
import { prizeOf } from '#shared/domain/jackpot.ts';
import { drawNumber, rangesOf } from '#shared/kernel/draw-numbers.ts';
import type { DrawExecutionId, PrizeId, RaffleEventId } from '#shared/kernel/ids.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { type CurrencyCode, type MinorUnits, money } from '#shared/kernel/money.ts';

const CAD = 'CAD' as CurrencyCode;
const HALF = '00000000-0000-4000-8000-000000000001' as PrizeId;
const CAPPED = '00000000-0000-4000-8000-000000000002' as PrizeId;
const FIXED = '00000000-0000-4000-8000-000000000003' as PrizeId;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-verify-draw-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the product draws, as it exports it. */
function drawn(seedName: string, poolSize: number, staysIn: boolean): DrawFile {
  const seed = createHash('sha256').update(seedName).digest();
  const pool = Array.from({ length: poolSize }, (_, place) =>
    drawNumber(1_000 + place + 7 * Math.floor(place / 40)),
  );
  const netSales = money(1_234_567, CAD);
  const prizes = [
    {
      prizeId: HALF,
      name: 'Half',
      winnerCount: 1,
      award: { kind: 'percentage', hundredthsOfPercent: 5_000, cap: null },
    },
    {
      prizeId: CAPPED,
      name: 'A third, up to 1000.00',
      winnerCount: 2,
      award: { kind: 'percentage', hundredthsOfPercent: 3_333, cap: money(100_000, CAD) },
    },
    {
      prizeId: FIXED,
      name: 'A scarf',
      winnerCount: 5,
      award: { kind: 'fixed', value: money(2_500, CAD) },
    },
  ] as const;
  const selected = selectWinners({ seed, pool, prizes, staysIn });
  invariant(selected.ok, 'the pool is large enough');
  return {
    format: 'counterfoil-draw',
    version: 1,
    raffleEventId: HALF as string as RaffleEventId,
    eventIdentifier: 'TEST-1',
    drawExecutionId: HALF as string as DrawExecutionId,
    method: 'electronic',
    drawnAt: instantFromEpoch(0),
    programChecksum: hashPool([]),
    seed: seed.toString('hex'),
    pool: {
      sha256: hashPool(pool),
      size: pool.length,
      ranges: rangesOf(pool).map(({ from, to }) => [from, to - 1]),
    },
    staysIn,
    currency: CAD,
    netSalesMinor: netSales.minor,
    prizes: prizes.map(({ award, ...prize }) => ({
      ...prize,
      award:
        award.kind === 'fixed'
          ? { kind: award.kind, valueMinor: award.value.minor }
          : {
              kind: award.kind,
              hundredthsOfPercent: award.hundredthsOfPercent,
              capMinor: award.cap?.minor ?? null,
            },
    })),
    results: selected.value.map((selection) => {
      const prize = prizes.find(({ prizeId }) => prizeId === selection.prizeId);
      invariant(prize !== undefined, 'only listed prizes are drawn');
      return { ...selection, valueMinor: prizeOf(netSales, prize.award).minor };
    }),
  };
}

function verify(content: unknown) {
  const path = join(folder, 'draw.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  const { status, stdout } = spawnSync(process.execPath, ['scripts/verify-draw.mjs', path], {
    encoding: 'utf8',
  });
  return { status, lines: stdout.trim().split('\n') };
}

const AGREES = {
  status: 0,
  lines: ['agrees: pool, winning numbers and values follow from the seed and the sales'],
};

test.each([
  ['first', 8, false],
  ['second', 1, true],
  ['third', 50_000, false],
  ['fourth', 999, true],
] as const)(
  'the %s draw, from %i numbers (stay in: %s), is what the script works out',
  (seedName, poolSize, staysIn) => {
    expect(verify(drawn(seedName, poolSize, staysIn))).toStrictEqual(AGREES);
  },
);

describe('a changed file is noticed', () => {
  const file = drawn('changed', 500, false);
  const [first, ...others] = file.results;
  invariant(first !== undefined, 'eight numbers were drawn');

  test('another winning number', () => {
    const results = [{ ...first, drawNumber: first.drawNumber + 1 }, ...others];
    expect(verify({ ...file, results })).toStrictEqual({
      status: 1,
      lines: [
        `differs: results: recorded 1. number ${first.drawNumber + 1} wins 617283 of prize ${HALF}, ` +
          `worked out 1. number ${first.drawNumber} wins 617283 of prize ${HALF}`,
      ],
    });
  });

  test('another value', () => {
    const results = [{ ...first, valueMinor: (first.valueMinor + 1) as MinorUnits }, ...others];
    expect(verify({ ...file, results })).toStrictEqual({
      status: 1,
      lines: [
        `differs: results: recorded 1. number ${first.drawNumber} wins 617284 of prize ${HALF}, ` +
          `worked out 1. number ${first.drawNumber} wins 617283 of prize ${HALF}`,
      ],
    });
  });

  test('a missing result', () => {
    const { status, lines } = verify({ ...file, results: file.results.slice(0, -1) });
    expect([
      status,
      lines.length,
      lines[0]?.startsWith('differs: results: recorded nothing'),
    ]).toEqual([1, 1, true]);
  });

  test('another pool', () => {
    const [[from, to] = [0, 0], ...ranges] = file.pool.ranges;
    const pool = { ...file.pool, ranges: [[from, to - 1], ...ranges] };
    const { status, lines } = verify({ ...file, pool });
    expect([status, lines.slice(0, 2).map((line) => line.split(':', 2).join(':'))]).toEqual([
      1,
      ['differs: pool size', 'differs: pool SHA-256'],
    ]);
  });

  test('another seed', () => {
    expect(verify({ ...file, seed: drawn('other', 500, false).seed }).status).toBe(1);
  });
});

test.each([
  ['no JSON', '{'],
  ['another format', { ...drawn('x', 8, false), format: 'something' }],
  ['a draw by hand', { ...drawn('x', 8, false), method: 'manual' }],
  ['a pool that is too small', { ...drawn('x', 8, false), pool: { size: 0, ranges: [] } }],
])('%s cannot be worked out', (_name, content) => {
  expect(verify(content).status).toBe(2);
});
