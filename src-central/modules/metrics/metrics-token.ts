import { invariant } from '#shared/kernel/invariant.ts';

/** Short ones can be guessed. */
const SHORTEST = 32;

/** Reads the metrics token of the environment, if there is one. Throws for one that can be guessed. */
export function readMetricsToken(given: string | undefined): string | undefined {
  if (given === undefined || given === '') return undefined;
  invariant(
    /^[\x21-\x7e]+$/.test(given) && given.length >= SHORTEST,
    `COUNTERFOIL_METRICS_TOKEN must be at least ${SHORTEST} printable characters without spaces`,
  );
  return given;
}
