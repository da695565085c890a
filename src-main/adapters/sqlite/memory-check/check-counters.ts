import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import type { AnyDatabase } from '../open-database.ts';

/** Each query finds what contradicts a counter or a sum; `contradiction` says which one. */
const CONTRADICTIONS: readonly { readonly contradiction: string; readonly query: string }[] = [
  {
    contradiction: 'an allocation does not go on after the last number sold from it',
    query: `
      SELECT allocation_id AS id FROM allocations
      LEFT JOIN (
        SELECT allocation_ordinal, max(end_index) AS last, sum(end_index - first_index) AS sold
        FROM order_numbers GROUP BY allocation_ordinal
      ) ON allocation_ordinal = ordinal
      WHERE next_index <> coalesce(last, first_index)
        OR next_index - first_index <> coalesce(sold, 0)`,
  },
  {
    contradiction: 'numbers are sold twice',
    query: `
      SELECT order_ordinal AS id FROM (
        SELECT order_ordinal, first_index,
          lag(end_index) OVER (PARTITION BY allocation_ordinal ORDER BY first_index) AS before
        FROM order_numbers
      ) WHERE before > first_index`,
  },
  {
    contradiction: 'a validation block does not go on after the last number made from it',
    query: `
      SELECT validation_block_id AS id FROM validation_blocks
      LEFT JOIN (
        SELECT validation_block_id AS block, max(validation_sequence) AS last, count(*) AS made
        FROM orders GROUP BY validation_block_id
      ) ON block = validation_block_id
      WHERE next_sequence <> coalesce(last, 0) + 1 OR next_sequence <> coalesce(made, 0) + 1`,
  },
  {
    contradiction: 'an order does not hold as many numbers as it was sold with',
    query: `
      SELECT order_id AS id FROM orders
      LEFT JOIN (
        SELECT order_ordinal, sum(end_index - first_index) AS held
        FROM order_numbers GROUP BY order_ordinal
      ) ON order_ordinal = ordinal
      WHERE number_count <> coalesce(held, 0)`,
  },
  {
    contradiction: 'a checkout differs from the sum of its orders',
    query: `
      SELECT checkout_id AS id FROM checkouts
      LEFT JOIN (SELECT seq AS sale, sum(amount_minor) AS amount FROM orders GROUP BY seq)
        ON sale = seq
      WHERE total_minor <> coalesce(amount, 0)`,
  },
  {
    contradiction: 'a checkout differs from the sum of its payments',
    query: `
      SELECT checkout_id AS id FROM checkouts
      LEFT JOIN (SELECT seq AS sale, sum(amount_minor) AS paid FROM payments GROUP BY seq)
        ON sale = seq
      WHERE total_minor + rounding_minor <> coalesce(paid, 0)`,
  },
  {
    contradiction: 'the running totals differ from the orders',
    query: `
      SELECT checkout_id AS id FROM (
        SELECT checkout_id, running_order_count, running_gross_minor,
          sum(order_count) OVER (ORDER BY seq) AS counted,
          sum(total_minor) OVER (ORDER BY seq) AS summed
        FROM checkouts JOIN (SELECT seq AS sale, count(*) AS order_count FROM orders GROUP BY seq)
          ON sale = seq
      ) WHERE running_order_count <> counted OR running_gross_minor <> summed`,
  },
  {
    contradiction: 'the count of a raffle event differs from its orders',
    query: `
      SELECT raffle_event_id AS id FROM raffle_events
      LEFT JOIN (
        SELECT raffle_event_id AS event, count(*) AS counted, sum(amount_minor) AS summed
        FROM orders GROUP BY raffle_event_id
      ) ON event = raffle_event_id
      WHERE order_count <> coalesce(counted, 0) OR gross_minor <> coalesce(summed, 0)`,
  },
  {
    contradiction: 'a sale has no orders, or there is a sale that no entry tells of',
    query: `
      SELECT seq AS id FROM checkouts WHERE seq NOT IN (SELECT seq FROM orders)
      UNION ALL
      SELECT seq FROM checkouts WHERE seq NOT IN (SELECT seq FROM journal WHERE kind = 'sale.completed')
      UNION ALL
      SELECT seq FROM journal WHERE kind = 'sale.completed' AND seq NOT IN (SELECT seq FROM checkouts)`,
  },
  {
    contradiction: 'an order has no job for its ticket',
    query: `
      SELECT order_id AS id FROM orders
      LEFT JOIN print_jobs ON order_ordinal = orders.ordinal AND copy_number = 0
      WHERE print_jobs.print_job_id IS NOT orders.print_job_id`,
  },
];

/** Compares every counter and every sum with the rows behind it. Throws `IntegrityFault`. */
export function checkCounters(database: AnyDatabase): string {
  for (const { contradiction, query } of CONTRADICTIONS) {
    const found = database.client
      .prepare<[], { readonly id: string | number }>(`${query} LIMIT 1`)
      .get();
    if (found !== undefined) throw new IntegrityFault(`${contradiction}: ${found.id}`);
  }
  return `${CONTRADICTIONS.length} comparisons agree`;
}
