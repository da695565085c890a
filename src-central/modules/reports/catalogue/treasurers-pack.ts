import { sql } from 'drizzle-orm';
import type { Report, Section } from '../report.ts';
import { soldOrders } from '../sold-orders.ts';
import { prizeDistribution } from './drawing.ts';
import { corruptRsus } from './rsu-corruption-log.ts';
import { salesOfPricePoints } from './sales-by-price-point.ts';
import { salesOfRsus } from './sales-by-rsu.ts';
import { refundsGiven, salesByTender, salesInAll } from './sales-summary.ts';

/** What the prizes leave of the sales. */
const proceeds: Section = {
  title: 'Proceeds',
  columns: [
    { key: 'net', header: 'Net sales', kind: 'money' },
    { key: 'awarded', header: 'Prizes awarded', kind: 'money' },
    { key: 'proceeds', header: 'Proceeds', kind: 'money' },
  ],
  rows: (scope) => sql`
    SELECT net, awarded, net - awarded AS proceeds
    FROM (SELECT coalesce(sum(total_amount) FILTER (WHERE sold.state = 'sold'), 0)::BIGINT AS net
          FROM ${soldOrders(scope)} sold) AS sales
    CROSS JOIN (SELECT coalesce(sum(prize_value_at_draw), 0)::BIGINT AS awarded
      FROM draw_results result
      JOIN draw_executions execution ON execution.id = result.draw_execution_id
      WHERE execution.raffle_event_id = ${scope.raffleEventId}
        AND NOT EXISTS (SELECT 1 FROM draw_results later WHERE later.replaces_result_id = result.id)
    ) AS prizes`,
};

/** All that a treasurer banks and accounts from. It is provisional while anything may still change. */
export const treasurersPack: Report = {
  title: 'Treasurer’s pack',
  filters: [],
  isWide: true,
  sections: [
    salesInAll,
    salesByTender,
    refundsGiven,
    prizeDistribution,
    proceeds,
    salesOfRsus,
    salesOfPricePoints,
    corruptRsus,
  ],
  obstacles: (scope) => sql`
    SELECT obstacle FROM (
      SELECT 1 AS rank, rsu.name || ' has not ended its sales' AS obstacle
      FROM rsus rsu
      WHERE rsu.state <> 'virtual'
        AND EXISTS (SELECT 1 FROM rsu_allocations
          WHERE rsu_id = rsu.id AND raffle_event_id = ${scope.raffleEventId})
        AND NOT EXISTS (SELECT 1 FROM rsu_sales_ends ended JOIN chains ON chains.id = ended.chain_id
          WHERE chains.rsu_id = rsu.id AND ended.raffle_event_id = ${scope.raffleEventId})
        AND NOT EXISTS (SELECT 1 FROM rsu_corruption_log WHERE rsu_id = rsu.id
          AND raffle_event_id = ${scope.raffleEventId}
          AND confirmed_at IS NOT NULL AND withdrawn_at IS NULL)
      UNION ALL
      SELECT 2, 'the raffle is not reconciled' FROM raffle_events
      WHERE id = ${scope.raffleEventId} AND reconciliation_confirmed_at IS NULL
    ) AS found ORDER BY rank, obstacle`,
};
