import { describe, expect, it } from 'vitest';
import { closingLines, countsOfRun, isClean } from '../../../scripts/checks/outcome.ts';
import { readChoice } from '../../../scripts/checks/read-choice.ts';
import { countsOfPlaywright, countsOfVitest } from '../../../scripts/checks/runner-reports.ts';
import { STAGES } from '../../../scripts/checks/stages.ts';

describe('countsOfRun', () => {
  it.each([
    ['a clean run', { passed: 3, failed: 0, skipped: 0 }, true, 0],
    ['failed tests', { passed: 3, failed: 2, skipped: 0 }, false, 2],
    ['no test at all', { passed: 0, failed: 0, skipped: 0 }, true, 1],
    ['nothing but skipped tests', { passed: 0, failed: 0, skipped: 4 }, true, 1],
    ['a runner that fails for a reason of its own', { passed: 3, failed: 0, skipped: 0 }, false, 1],
  ])('%s', (_name, counts, succeeded, failed) => {
    expect(countsOfRun(counts, succeeded)).toEqual({ ...counts, failed });
  });
});

describe('closingLines', () => {
  const lint = { stage: 'lint', passed: 1, failed: 0, skipped: 0, seconds: 2 };
  const unit = { stage: 'unit', passed: 40, failed: 1, skipped: 0, seconds: 9 };

  it('ends with the sum and nothing else on its line', () => {
    expect(closingLines([lint, unit], ['electron: not run, no binary'])).toEqual([
      'lint  1 passed, 0 failed  (2 s)',
      'unit  40 passed, 1 failed  (9 s)',
      'electron: not run, no binary',
      '41 passed, 1 failed',
    ]);
    expect(isClean([lint, unit])).toBe(false);
    expect(isClean([lint])).toBe(true);
  });

  it('mentions skipped tests only when there are some', () => {
    expect(closingLines([{ ...unit, skipped: 2 }], []).at(-1)).toBe(
      '40 passed, 1 failed, 2 skipped',
    );
  });
});

describe('runner reports', () => {
  it("reads vitest's, and counts a file that cannot be loaded", () => {
    const report = {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [
        { status: 'passed', assertionResults: [{}] },
        { status: 'failed', assertionResults: [] },
      ],
    };
    expect(countsOfVitest(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it("reads Playwright's, and takes a test that passed only at times for a failed one", () => {
    const report = {
      stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 0 },
      errors: [{ message: 'no such file' }],
    };
    expect(countsOfPlaywright(report)).toEqual({ passed: 7, failed: 3, skipped: 0 });
  });
});

describe('readChoice', () => {
  it('runs everything in order by default, and the fast part with --fast', () => {
    expect(readChoice([], STAGES)).toEqual({
      ok: true,
      value: { stages: STAGES, extraArguments: [] },
    });
    expect(readChoice(['--fast'], STAGES)).toEqual({
      ok: true,
      value: { stages: STAGES.filter(({ isFast }) => isFast), extraArguments: [] },
    });
  });

  it('runs named stages and hands the rest to their runners', () => {
    const choice = readChoice(['build', 'end-to-end', '--', 'sale.spec.ts'], STAGES);
    expect(choice).toEqual({
      ok: true,
      value: {
        stages: STAGES.filter(({ name }) => name === 'build' || name === 'end-to-end'),
        extraArguments: ['sale.spec.ts'],
      },
    });
  });

  it('refuses a stage that does not exist', () => {
    expect(readChoice(['smoke'], STAGES)).toEqual({
      ok: false,
      failure: expect.stringContaining('There is no stage "smoke"; there are: format, lint'),
    });
  });
});
