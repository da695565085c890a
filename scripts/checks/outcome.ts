/** How many tests, or checks, ended how. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What came of one stage. */
export interface Outcome extends Counts {
  readonly stage: string;
  readonly seconds: number;
}

/** What a runner that died has to show. */
export const NOTHING_RAN: Counts = { passed: 0, failed: 0, skipped: 0 };

/** A stage that is one check: it passes or fails as a whole. */
export function countsOfCheck(succeeded: boolean): Counts {
  return succeeded ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * What a test runner's own counts are worth: a runner that fails without a failed test, or that runs
 * no test at all, is a failure.
 */
export function countsOfRun(counts: Counts, succeeded: boolean): Counts {
  const isEmpty = counts.passed + counts.failed === 0;
  const isUnexplained = !succeeded && counts.failed === 0;
  return isEmpty || isUnexplained ? { ...counts, failed: 1 } : counts;
}

/** The closing lines of a run: one per stage, then the notes, then the sum, which is the last line. */
export function closingLines(
  outcomes: readonly Outcome[],
  notes: readonly string[],
): readonly string[] {
  const width = Math.max(0, ...outcomes.map(({ stage }) => stage.length));
  return [
    ...outcomes.map(
      (outcome) => `${outcome.stage.padEnd(width)}  ${inWords(outcome)}  (${outcome.seconds} s)`,
    ),
    ...notes,
    inWords(sumOf(outcomes)),
  ];
}

/** Whether nothing failed. */
export function isClean(outcomes: readonly Outcome[]): boolean {
  return sumOf(outcomes).failed === 0;
}

function sumOf(outcomes: readonly Outcome[]): Counts {
  return outcomes.reduce<Counts>(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    NOTHING_RAN,
  );
}

function inWords({ passed, failed, skipped }: Counts): string {
  const words = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${words}, ${skipped} skipped` : words;
}
