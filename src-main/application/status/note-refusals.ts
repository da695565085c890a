import { atMostEvery } from '#main/application/at-most-every.ts';
import type { Ledger } from '#main/application/ledger.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { Clock } from '#main/ports/clock.ts';
import type { Log } from '#main/ports/log.ts';
import type { Failure, FailureCode } from '#shared/contract/failures.ts';

/** Refusals that only a broken or hostile screen brings about: those are for the journal. */
const SUSPICIOUS: ReadonlySet<FailureCode> = new Set([
  'frame.malformed',
  'operation.unknown',
  'input.invalid',
  'caller.untrusted',
  'role.insufficient',
] satisfies FailureCode[]);

/** The same refusal is journaled no more often than this: a screen gone wild must not fill the disk. */
const INTERVAL_MS = 60_000;

/** Logs every refusal of the boundary and journals what is suspicious about it. */
export function createNoteRefusal(dependencies: {
  readonly ledger: Pick<Ledger, 'recordByItself'>;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly log: Log;
}): (operation: string, refusal: Failure) => Promise<void> {
  const { ledger, clock, log } = dependencies;
  const isDue = atMostEvery(INTERVAL_MS, clock);
  return async (operation, { code, detail }) => {
    log.warn({ operation, code, detail }, 'request refused');
    if (!SUSPICIOUS.has(code) || !isDue(code)) return;
    const event = significantEvent('request.refused', { operation: operation.slice(0, 64), code });
    await ledger.recordByItself('significant-event.noted', event);
  };
}
