import type { SQL } from 'drizzle-orm';
import type { ReportQuery } from '#shared/contract/central/people/reports.ts';
import type { NumberRange } from '#shared/kernel/draw-numbers.ts';
import type { OrganisationId, RaffleEventId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { CurrencyCode } from '#shared/kernel/money.ts';

/** What a report is about, and whose it is. Times are shown in the venue's zone. */
export interface ReportScope {
  readonly raffleEventId: RaffleEventId;
  readonly organisationId: OrganisationId;
  readonly organisationName: string;
  readonly raffleEventName: string;
  readonly eventIdentifier: string;
  readonly venueName: string | null;
  readonly licenceNumber: string | null;
  readonly timeZone: string;
  readonly currency: CurrencyCode;
  readonly numberSpace: NumberRange;
  readonly isDemo: boolean;
  readonly generatedAt: Instant;
  readonly generatedBy: string;
  readonly filters: Omit<ReportQuery, 'format'>;
}

/**
 * How a column is read and written.
 *
 * - `money`: minor units of the raffle event's currency
 * - `moment`: a TIMESTAMPTZ, shown to the second in the venue's time
 * - `drawNumbers`: an INTEGER[] in ascending order, shown as runs
 */
export type ColumnKind = 'text' | 'count' | 'money' | 'moment' | 'drawNumber' | 'drawNumbers';

/** One column; `key` names an output column of the section's query. */
export interface Column {
  readonly key: string;
  readonly header: string;
  readonly kind: ColumnKind;
  /** Its share of the page's width; 1 unless said otherwise. */
  readonly width?: number;
  /** Whether its sum stands below the rows. */
  readonly isTotalled?: true;
}

/** One table of a report. */
export interface Section {
  readonly title: string;
  readonly columns: readonly Column[];
  /** Ordered; every column's `key` is among its output. */
  readonly rows: (scope: ReportScope) => SQL;
}

/** One report: what it says is declared here, and written as JSON, CSV or PDF elsewhere. */
export interface Report {
  readonly title: string;
  readonly filters: readonly (keyof ReportScope['filters'])[];
  readonly isWide?: true;
  readonly sections: readonly Section[];
  /** A query for what stands in the way of this report's being final: rows of `obstacle`. */
  readonly obstacles?: (scope: ReportScope) => SQL;
}
