import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { Stage } from './stages.ts';

/** Which stages run, and what their programs are told in addition. */
export interface Choice {
  readonly stages: readonly Stage[];
  readonly extraArguments: readonly string[];
}

/**
 * Reads `[--fast] [STAGE…] [-- EXTRA…]`: without names all stages, with `--fast` those of
 * `npm run check`. The extra arguments go to test runners alone. Refuses a stage that does not exist.
 */
export function readChoice(
  argv: readonly string[],
  stages: readonly Stage[],
): Result<Choice, string> {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  const names = own.filter((argument) => argument !== '--fast');
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name));
  if (unknown !== undefined) {
    return refuse(
      `There is no stage "${unknown}"; there are: ${stages.map(({ name }) => name).join(', ')}`,
    );
  }
  const isFast = own.includes('--fast');
  return ok({
    stages: stages.filter(
      (stage) => (names.length === 0 || names.includes(stage.name)) && (!isFast || stage.isFast),
    ),
    extraArguments: end === -1 ? [] : argv.slice(end + 1),
  });
}
