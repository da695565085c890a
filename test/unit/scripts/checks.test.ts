import { describe, expect, it } from 'vitest';
import { closingLines, countsOfRun, isClean } from '../../../scripts/checks/outcome.ts';
import { readChoice } from '../../../scripts/checks/read-choice.ts';
import { countsOfPlaywright, outcomesOfVitest } from '../../../scripts/checks/runner-reports.ts';
import { inRounds, STAGES } from '../../../scripts/checks/stages.ts';

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
  const root = '/counterfoil';
  const passed = { status: 'passed' };
  const file = (name: string, startTime: number, endTime: number) => ({
    name: `${root}/test/${name}.test.ts`,
    status: 'passed',
    startTime,
    endTime,
    assertionResults: [passed, passed],
  });

  it("reads vitest's for each stage, and counts a file that cannot be loaded", () => {
    const testResults = [
      file('unit/domain/cash', 1_000, 2_000),
      {
        ...file('unit/domain/jackpot', 1_500, 9_000),
        status: 'failed',
        assertionResults: [passed, { status: 'failed' }, { status: 'skipped' }, { status: 'todo' }],
      },
      { ...file('unit/unloadable', 9_000, 9_000), status: 'failed', assertionResults: [] },
      file('property/cash', 3_000, 7_000),
    ];
    expect(
      outcomesOfVitest({ testResults }, { root, stages: ['unit', 'property'], succeeded: false }),
    ).toEqual([
      { stage: 'unit', seconds: 8, passed: 3, failed: 2, skipped: 2 },
      { stage: 'property', seconds: 4, passed: 2, failed: 0, skipped: 0 },
    ]);
  });

  it('takes a stage without tests, a dead runner and one that fails without reason for failures', () => {
    const run = { root, stages: ['unit', 'property'], succeeded: true };
    const testResults = [file('unit/domain/cash', 1_000, 2_000)];
    const failuresOf = (report: unknown, succeeded: boolean) =>
      outcomesOfVitest(report, { ...run, succeeded }).map(({ failed }) => failed);
    expect({
      withoutTests: failuresOf({ testResults }, true),
      dead: failuresOf(undefined, false),
      withoutReason: failuresOf(
        { testResults: [...testResults, file('property/cash', 0, 1)] },
        false,
      ),
    }).toEqual({ withoutTests: [0, 1], dead: [1, 1], withoutReason: [1, 1] });
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
      failure: expect.stringContaining('There is no stage "smoke"; there are: types, lint'),
    });
  });
});

describe('rounds', () => {
  it('are neighbours of one kind: checks side by side, quick tests in one runner', () => {
    const { value } = readChoice(['--fast'], STAGES) as { value: { stages: typeof STAGES } };
    const names = (stages: typeof STAGES) =>
      inRounds(stages).map((round) => round.stages.map(({ name }) => name));
    expect({ check: names(value.stages), test: names(STAGES) }).toEqual({
      check: [
        ['types', 'lint', 'layers', 'dead code', 'format'],
        ['unit', 'property', 'contract', 'migrations'],
      ],
      test: [
        ['types', 'lint', 'layers', 'dead code', 'format'],
        ['unit', 'property', 'contract', 'migrations', 'full-size'],
        ['build'],
        ['integration', 'central'],
        ['end-to-end'],
      ],
    });
  });
});
