import path from 'node:path';
import { z } from 'zod';
import { type Counts, countsOfRun, NOTHING_RAN, type Outcome } from './outcome.ts';

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      startTime: z.number(),
      endTime: z.number(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

type VitestFile = z.infer<typeof vitestReport>['testResults'][number];

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  errors: z.array(z.unknown()),
});

/** What is known of a run beside its report. */
export interface VitestRun {
  readonly root: string;
  /** What ran; each is a folder below `test/`. */
  readonly stages: readonly string[];
  readonly succeeded: boolean;
}

/**
 * The outcome of each stage in vitest's JSON report; `undefined` is the report of a runner that died.
 * The seconds are those from a stage's first test to the end of its last.
 */
export function outcomesOfVitest(
  report: unknown,
  { root, stages, succeeded }: VitestRun,
): readonly Outcome[] {
  const files = report === undefined ? [] : vitestReport.parse(report).testResults;
  const isExplained = files.some(({ status }) => status === 'failed');
  return stages.map((stage) => {
    const own = files.filter(({ name }) => isBelow(path.join(root, 'test', stage), name));
    return {
      stage,
      seconds: secondsOf(own),
      ...countsOfRun(countsOfFiles(own), succeeded || isExplained),
    };
  });
}

/** The counts in Playwright's JSON report. An error outside the tests counts as one failed test. */
export function countsOfPlaywright(report: unknown): Counts {
  const { stats, errors } = playwrightReport.parse(report);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

function isBelow(folder: string, file: string): boolean {
  const inside = path.relative(folder, file);
  return !inside.startsWith('..') && !path.isAbsolute(inside);
}

function secondsOf(files: readonly VitestFile[]): number {
  if (files.length === 0) return 0;
  const started = Math.min(...files.map(({ startTime }) => startTime));
  const ended = Math.max(...files.map(({ endTime }) => endTime));
  return Math.round((ended - started) / 1000);
}

/** A file that fails without a failed test, as one that cannot be loaded, counts as one failed test. */
function countsOfFiles(files: readonly VitestFile[]): Counts {
  return files.reduce<Counts>((sum, { status, assertionResults }) => {
    const ended = assertionResults.map((result) => result.status);
    const passed = ended.filter((end) => end === 'passed').length;
    const failed = ended.filter((end) => end === 'failed').length;
    return {
      passed: sum.passed + passed,
      failed: sum.failed + (status === 'failed' ? Math.max(1, failed) : failed),
      skipped: sum.skipped + ended.length - passed - failed,
    };
  }, NOTHING_RAN);
}
