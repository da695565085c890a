import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { SignificantEventCode } from '#shared/contract/journal/terminal-entries.ts';
import type { JsonValue } from '#shared/kernel/json.ts';

type SignificantEvent = EntryPayload<'significant-event.noted'>;

const SEVERITIES: Readonly<Record<SignificantEventCode, SignificantEvent['severity']>> = {
  'central.connected': 'information',
  'central.disconnected': 'warning',
  'central.refused-device': 'error',
  'central.authentication-mismatch': 'error',
  'clock.skewed': 'warning',
  'disk.low': 'warning',
  'memory.corrupt': 'error',
  'offline-limit.near': 'warning',
  'offline-limit.reached': 'error',
  'numbers.low': 'warning',
  'numbers.exhausted': 'error',
  'numbers.refused': 'error',
  'printer.fault': 'warning',
  'printer.recovered': 'information',
  'program.error': 'error',
  'raffle-event.changed-after-start': 'error',
  'request.refused': 'warning',
  'second-journal.failed': 'error',
  'second-journal.recovered': 'information',
  'sync.stalled': 'warning',
  'totals.disagree': 'error',
};

/** What the journal says of a thing that changes nothing but must be known (GLI-31 5.6.1). */
export function significantEvent(
  code: SignificantEventCode,
  detail: Readonly<Record<string, JsonValue>> = {},
): SignificantEvent {
  return { code, severity: SEVERITIES[code], detail: { ...detail } };
}
