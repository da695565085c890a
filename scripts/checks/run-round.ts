import type { Outcome } from './outcome.ts';
import { runChecks } from './run-checks.ts';
import { runPlaywright, runVitest, type TestSurroundings } from './run-tests.ts';
import type { Round } from './stages.ts';

/** Runs the stages of a round to their end and counts what came of each. */
export async function runRound(
  round: Round,
  surroundings: TestSurroundings,
): Promise<readonly Outcome[]> {
  switch (round.kind) {
    case 'check':
      return await runChecks(round.stages, surroundings);
    case 'vitest':
      return await runVitest(round.stages, surroundings);
    case 'playwright':
      return await runPlaywright(round.stages, surroundings);
  }
}
