import { z } from 'zod';
import type { RsuId } from '#shared/kernel/ids.ts';
import { idSchema, instantSchema } from '../../values.ts';

/** Every report of a raffle event. The first seven are those of GLI-31 2.8.1. */
export const REPORT_NAMES = [
  'drawing',
  'exceptions',
  'bearer-tickets',
  'sales-by-rsu',
  'voided-draw-numbers',
  'rsu-event-log',
  'rsu-corruption-log',
  'sales-by-price-point',
  'sales-summary',
  'revenue-over-time',
  'treasurers-pack',
] as const;

export type ReportName = (typeof REPORT_NAMES)[number];

/** How finely revenue over time is divided. */
const REPORT_INTERVALS = ['15-minutes', 'hour', 'day'] as const;

/** In which form a report is wanted, and what of it; each report says which filters it takes. */
export const reportQuerySchema = z.strictObject({
  format: z.enum(['json', 'csv', 'pdf']).default('json'),
  /** From this moment on. */
  from: instantSchema.optional(),
  /** Before this moment. */
  to: instantSchema.optional(),
  rsuId: idSchema<RsuId>().optional(),
  interval: z.enum(REPORT_INTERVALS).optional(),
});

export type ReportQuery = z.infer<typeof reportQuerySchema>;

export const reportCatalogueSchema = z
  .strictObject({
    reports: z.array(
      z.strictObject({
        name: z.enum(REPORT_NAMES),
        title: z.string(),
        filters: z.array(z.enum(['from', 'to', 'rsuId', 'interval'])),
      }),
    ),
  })
  .meta({ id: 'ReportCatalogue' });
