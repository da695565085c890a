import type { Ledger } from '#main/application/ledger.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { CentralProblem } from '#main/ports/central-client.ts';
import type { Connection } from './connection.ts';

/** Refusals of the device itself (GLI-31 5.4.2). */
const REFUSED_DEVICE: ReadonlySet<string> = new Set([
  'rsu.unknown',
  'rsu.disabled',
  'chain.unknown',
]);
/** One side did not accept the other's proof (GLI-31 3.2.5, 6.1.2). */
const MISMATCHES: ReadonlySet<string> = new Set([
  'assertion.invalid',
  'token.invalid',
  'not-our-central',
]);

/**
 * Takes note of a failed call. The journal hears of it once, when the connection is lost or the
 * device is refused, not at every try.
 */
export function createReceiveProblem(dependencies: {
  readonly connection: Connection;
  readonly ledger: Pick<Ledger, 'recordByItself'>;
}): (problem: CentralProblem) => Promise<void> {
  const { connection, ledger } = dependencies;
  let notedRefusal: string | undefined;
  return async (problem) => {
    if (connection.noteProblem(problem)) {
      const detail = { kind: problem.kind };
      await ledger.recordByItself(
        'significant-event.noted',
        significantEvent('central.disconnected', detail),
      );
    }
    const refusal = problem.kind === 'refused' ? problem.code : problem.kind;
    if (refusal === notedRefusal) return;
    const event = eventOf(refusal);
    if (event === undefined) return;
    notedRefusal = refusal;
    await ledger.recordByItself('significant-event.noted', significantEvent(event, { refusal }));
  };
}

function eventOf(refusal: string) {
  if (REFUSED_DEVICE.has(refusal)) return 'central.refused-device' as const;
  return MISMATCHES.has(refusal) ? ('central.authentication-mismatch' as const) : undefined;
}
