import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Counts, countsOfCheck, countsOfRun, type Outcome } from './outcome.ts';
import { runProgram } from './run-program.ts';
import { countsOfPlaywright, countsOfVitest } from './runner-reports.ts';
import type { Stage } from './stages.ts';

const NOTHING_RAN: Counts = { passed: 0, failed: 0, skipped: 0 };

/** What a stage runs with. */
export interface StageSurroundings {
  readonly root: string;
  /** For the test runners. */
  readonly extraArguments: readonly string[];
  readonly stopping: AbortSignal;
}

/** Runs one stage to its end and counts what came of it. */
export async function runStage(stage: Stage, surroundings: StageSurroundings): Promise<Outcome> {
  const started = performance.now();
  const counts = await countsOf(stage, surroundings);
  return {
    stage: stage.name,
    seconds: Math.round((performance.now() - started) / 1000),
    ...counts,
  };
}

async function countsOf(stage: Stage, surroundings: StageSurroundings): Promise<Counts> {
  const { root, extraArguments, stopping } = surroundings;
  switch (stage.kind) {
    case 'check': {
      const results: boolean[] = [];
      for (const command of stage.commands) results.push(await runProgram(command, surroundings));
      return countsOfCheck(results.every(Boolean));
    }
    case 'vitest': {
      const report = freshReport(root, stage.name);
      const succeeded = await runProgram(
        [
          'node_modules/vitest/vitest.mjs',
          'run',
          '--project',
          stage.name,
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${report}`,
          ...extraArguments,
        ],
        surroundings,
      );
      return countsOfRun(countsIn(report, countsOfVitest), succeeded);
    }
    case 'playwright': {
      const report = freshReport(root, stage.name);
      const succeeded = await runProgram(
        ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json', ...extraArguments],
        { root, stopping, environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
      );
      return countsOfRun(countsIn(report, countsOfPlaywright), succeeded);
    }
  }
}

function freshReport(root: string, name: string): string {
  const folder = path.join(root, '.cache/test-reports');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

/** A runner that died has written nothing. */
function countsIn(file: string, countsOfReport: (report: unknown) => Counts): Counts {
  return existsSync(file) ? countsOfReport(JSON.parse(readFileSync(file, 'utf8'))) : NOTHING_RAN;
}
