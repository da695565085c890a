import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Counts, countsOfRun, NOTHING_RAN, type Outcome } from './outcome.ts';
import { type ProgramSurroundings, runProgram } from './run-program.ts';
import { countsOfPlaywright, outcomesOfVitest } from './runner-reports.ts';
import type { StageOf } from './stages.ts';

/** What test runners run with. */
export interface TestSurroundings extends Pick<ProgramSurroundings, 'root' | 'stopping'> {
  /** For the runners. */
  readonly extraArguments: readonly string[];
}

/** Runs the projects of all stages in one process, so that no core waits for the last test of a stage. */
export async function runVitest(
  stages: readonly StageOf<'vitest'>[],
  { root, stopping, extraArguments }: TestSurroundings,
): Promise<readonly Outcome[]> {
  const names = stages.map(({ name }) => name);
  console.log(`\n=== ${names.join(', ')}`);
  const report = freshReport(root, names.join('-'));
  const succeeded = await runProgram(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...names.flatMap((name) => ['--project', name]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...extraArguments,
    ],
    { root, stopping },
  );
  return outcomesOfVitest(readReport(report), { root, stages: names, succeeded });
}

/** Runs the end-to-end tests. */
export async function runPlaywright(
  stages: readonly StageOf<'playwright'>[],
  { root, stopping, extraArguments }: TestSurroundings,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name } of stages) {
    console.log(`\n=== ${name}`);
    const started = performance.now();
    const report = freshReport(root, name);
    const succeeded = await runProgram(
      ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json', ...extraArguments],
      { root, stopping, environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
    );
    const found = readReport(report);
    const counts: Counts = found === undefined ? NOTHING_RAN : countsOfPlaywright(found);
    const seconds = Math.round((performance.now() - started) / 1000);
    outcomes.push({ stage: name, seconds, ...countsOfRun(counts, succeeded) });
  }
  return outcomes;
}

function freshReport(root: string, name: string): string {
  const folder = path.join(root, '.cache/test-reports');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

/** A runner that died has written nothing. */
function readReport(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
