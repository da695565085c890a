import { sql } from 'drizzle-orm';
import type { Report, Section } from '../report.ts';
import { refundsGiven, salesInAll } from './sales-summary.ts';

/** What was won, against what was sold; results that a second draw replaced do not count. */
export const prizeDistribution: Section = {
  title: 'Prizes and sales',
  columns: [
    { key: 'prize', header: 'Prize', kind: 'text', width: 2 },
    { key: 'rule', header: 'Rule', kind: 'text', width: 1.4 },
    { key: 'winners', header: 'Winners', kind: 'count' },
    { key: 'drawn', header: 'Drawn', kind: 'count', isTotalled: true },
    { key: 'awarded', header: 'Awarded', kind: 'money', width: 1.4, isTotalled: true },
    { key: 'share', header: 'Of net sales', kind: 'text' },
  ],
  rows: (scope) => sql`
    SELECT prize.name AS prize,
      CASE prize.type WHEN 'percentage' THEN prize.percentage || ' % of sales' ELSE 'fixed' END AS rule,
      prize.winner_count AS winners, count(result.id) AS drawn,
      coalesce(sum(result.prize_value_at_draw), 0)::BIGINT AS awarded,
      CASE WHEN max(input.net_sales) > 0 THEN
        round(sum(result.prize_value_at_draw) * 100.0 / max(input.net_sales), 2) || ' %' END AS share
    FROM prizes prize
    LEFT JOIN draw_results result ON result.prize_id = prize.id
      AND NOT EXISTS (SELECT 1 FROM draw_results later WHERE later.replaces_result_id = result.id)
    LEFT JOIN draw_inputs input ON input.draw_execution_id = result.draw_execution_id
    WHERE prize.event_id = ${scope.raffleEventId}
    GROUP BY prize.id ORDER BY prize.position, prize.id`,
};

/** The raffle drawing report (GLI-31 2.8.1a). */
export const drawing: Report = {
  title: 'Raffle drawing report',
  filters: [],
  isWide: true,
  sections: [
    salesInAll,
    refundsGiven,
    prizeDistribution,
    {
      title: 'Winning numbers',
      columns: [
        { key: 'order', header: 'Order', kind: 'count', width: 0.6 },
        { key: 'prize', header: 'Prize', kind: 'text', width: 1.8 },
        { key: 'number', header: 'Draw number', kind: 'drawNumber', width: 1.1 },
        { key: 'validationNumber', header: 'Validation number', kind: 'text', width: 1.6 },
        { key: 'value', header: 'Value', kind: 'money', width: 1.2 },
        { key: 'calledAt', header: 'Called', kind: 'moment', width: 1.5 },
        { key: 'standing', header: 'Standing', kind: 'text' },
        { key: 'claim', header: 'Claim', kind: 'text' },
        { key: 'claimedAt', header: 'Claimed', kind: 'moment', width: 1.5 },
      ],
      rows: (scope) => sql`
        SELECT row_number() OVER (ORDER BY execution.started_at, execution.id, result.position) AS "order",
          prize.name AS prize, result.winning_number AS number,
          sold.validation_number AS "validationNumber", result.prize_value_at_draw AS value,
          result.selected_at AS "calledAt",
          CASE WHEN EXISTS (SELECT 1 FROM draw_results later WHERE later.replaces_result_id = result.id)
            THEN 'replaced' ELSE 'official' END AS standing,
          coalesce(claim.state, 'not claimed') AS claim, claim.claimed_at AS "claimedAt"
        FROM draw_results result
        JOIN draw_executions execution ON execution.id = result.draw_execution_id
        JOIN prizes prize ON prize.id = result.prize_id
        JOIN tickets ticket ON ticket.id = result.winning_ticket_id
        JOIN orders sold ON sold.id = ticket.order_id
        LEFT JOIN prize_claims claim ON claim.draw_result_id = result.id AND claim.state <> 'rejected'
        WHERE execution.raffle_event_id = ${scope.raffleEventId} ORDER BY 1`,
    },
    {
      title: 'Draws',
      columns: [
        { key: 'startedAt', header: 'Drawn', kind: 'moment', width: 1.2 },
        { key: 'method', header: 'Method', kind: 'text', width: 0.8 },
        { key: 'person', header: 'By', kind: 'text' },
        { key: 'inPlay', header: 'Numbers in play', kind: 'count', width: 0.8 },
        { key: 'netSales', header: 'Net sales', kind: 'money' },
        { key: 'pool', header: 'SHA-256 of the numbers', kind: 'text', width: 2.4 },
        { key: 'program', header: 'SHA-256 of the program', kind: 'text', width: 2.4 },
      ],
      rows: (scope) => sql`
        SELECT execution.started_at AS "startedAt", input.method, person.display_name AS person,
          input.pool_size AS "inPlay", input.net_sales AS "netSales", input.pool_sha256 AS pool,
          execution.system_checksum AS program
        FROM draw_executions execution
        JOIN draw_inputs input ON input.draw_execution_id = execution.id
        LEFT JOIN users person ON person.id = execution.conducted_by
        WHERE execution.raffle_event_id = ${scope.raffleEventId}
        ORDER BY execution.started_at, execution.id`,
    },
  ],
};
