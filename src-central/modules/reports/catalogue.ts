import type { ReportName } from '#shared/contract/central/people/reports.ts';
import { bearerTickets } from './catalogue/bearer-tickets.ts';
import { drawing } from './catalogue/drawing.ts';
import { exceptions } from './catalogue/exceptions.ts';
import { revenueOverTime } from './catalogue/revenue-over-time.ts';
import { rsuCorruptionLog } from './catalogue/rsu-corruption-log.ts';
import { rsuEventLog } from './catalogue/rsu-event-log.ts';
import { salesByPricePoint } from './catalogue/sales-by-price-point.ts';
import { salesByRsu } from './catalogue/sales-by-rsu.ts';
import { salesSummary } from './catalogue/sales-summary.ts';
import { treasurersPack } from './catalogue/treasurers-pack.ts';
import { voidedDrawNumbers } from './catalogue/voided-draw-numbers.ts';
import type { Report } from './report.ts';

/** Every report by its name. */
export const REPORTS: Readonly<Record<ReportName, Report>> = {
  drawing,
  exceptions,
  'bearer-tickets': bearerTickets,
  'sales-by-rsu': salesByRsu,
  'voided-draw-numbers': voidedDrawNumbers,
  'rsu-event-log': rsuEventLog,
  'rsu-corruption-log': rsuCorruptionLog,
  'sales-by-price-point': salesByPricePoint,
  'sales-summary': salesSummary,
  'revenue-over-time': revenueOverTime,
  'treasurers-pack': treasurersPack,
};
