import { formatVenueTime } from '#shared/kernel/venue-time.ts';
import { type FilledReport, momentText } from './read-report.ts';

/** What a report says of itself before its first table: names and what stands behind them. */
export function headingOf({ scope, report, obstacles }: FilledReport): readonly [string, string][] {
  const { filters, timeZone } = scope;
  const lines: readonly (readonly [string, string | null])[] = [
    ['Report', report.title],
    ['Standing', standingOf(report.obstacles !== undefined, obstacles)],
    ['Organisation', scope.organisationName],
    ['Raffle', `${scope.raffleEventName} (${scope.eventIdentifier})`],
    ['Venue', scope.venueName],
    ['Licence', scope.licenceNumber],
    ['Amounts in', scope.currency],
    ['Times in', timeZone],
    ['From', filters.from === undefined ? null : momentText(filters.from, timeZone)],
    ['Before', filters.to === undefined ? null : momentText(filters.to, timeZone)],
    ['RSU', filters.rsuId ?? null],
    ['Interval', filters.interval ?? null],
    ['Generated', `${formatVenueTime(scope.generatedAt, timeZone)} by ${scope.generatedBy}`],
    ['Remark', scope.isDemo ? 'DEMONSTRATION: nothing of this was sold' : null],
  ];
  return lines.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

function standingOf(isQualified: boolean, obstacles: readonly string[]): string | null {
  if (!isQualified) return null;
  return obstacles.length === 0 ? 'FINAL' : `PROVISIONAL: ${obstacles.join('; ')}`;
}
