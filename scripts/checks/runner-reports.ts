import { z } from 'zod';
import type { Counts } from './outcome.ts';

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  errors: z.array(z.unknown()),
});

/** The counts in vitest's JSON report. A file that could not be loaded counts as one failed test. */
export function countsOfVitest(report: unknown): Counts {
  const parsed = vitestReport.parse(report);
  const unloadable = parsed.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  return {
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests + unloadable,
    skipped: parsed.numPendingTests + parsed.numTodoTests,
  };
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
