import { availableParallelism } from 'node:os';
import { countsOfCheck, type Outcome } from './outcome.ts';
import { type ProgramSurroundings, runProgram } from './run-program.ts';
import type { Command, StageOf } from './stages.ts';

/**
 * Runs checks side by side, one program for each core. What a check writes is kept and shown in one
 * piece when the check is over.
 */
export async function runChecks(
  stages: readonly StageOf<'check'>[],
  surroundings: Pick<ProgramSurroundings, 'root' | 'stopping'>,
): Promise<readonly Outcome[]> {
  const withFreeCore = createTurns(availableParallelism());
  return await Promise.all(
    stages.map(async ({ name, commands }) => {
      const started: number[] = [];
      const pieces: Buffer[] = [];
      const onOutput = (piece: Buffer) => void pieces.push(piece);
      const run = (command: Command) => {
        started.push(performance.now());
        return runProgram(command, { ...surroundings, onOutput });
      };
      const results = await Promise.all(
        commands.map((command) => withFreeCore(() => run(command))),
      );
      const seconds = Math.round((performance.now() - Math.min(...started)) / 1000);
      process.stdout.write(Buffer.concat([Buffer.from(`\n=== ${name}\n`), ...pieces]));
      return { stage: name, seconds, ...countsOfCheck(results.every(Boolean)) };
    }),
  );
}

/** Lets at most `count` works run at a time; the others wait in the order in which they came. */
function createTurns(count: number) {
  const waiting: (() => void)[] = [];
  let free = count;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
