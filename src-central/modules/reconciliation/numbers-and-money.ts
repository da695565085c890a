import { sql } from 'drizzle-orm';
import type {
  MoneyAccount,
  NumbersAccount,
} from '#shared/contract/central/people/reconciliation.ts';
import type { RaffleEventId, RsuId } from '#shared/kernel/ids.ts';
import type { MinorUnits } from '#shared/kernel/money.ts';
import type { Queryable } from '../../db/database.ts';
import { rowsOf } from '../../db/rows.ts';

/** What one RSU was given and has done, counted from its tickets and, apart from that, from its allocations. */
export interface RsuNumbers {
  readonly rsuId: RsuId;
  readonly rsuName: string;
  readonly isVirtual: boolean;
  readonly isGivenUp: boolean;
  /** Whether every enrolment that holds numbers of the raffle event has ended its sales. */
  readonly isClosed: boolean;
  readonly numbers: NumbersAccount;
  readonly money: MoneyAccount;
  /** Whether the numbers add up, and each order has as many tickets as it was sold with. */
  readonly isEqual: boolean;
}

/**
 * An enrolment has ended its sales for a raffle event: it said so itself, after all that it sold; or its
 * RSU had ended them before. Needs `held`, with a chain and a raffle event.
 */
export const HAS_ENDED = sql`EXISTS (SELECT 1 FROM rsu_sales_ends ended
  WHERE ended.chain_id = held.chain_id AND ended.raffle_event_id = held.raffle_event_id)`;

/** Every RSU that holds numbers of a raffle event or has sold for it, by name. */
export async function readRsuNumbers(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<RsuNumbers[]> {
  const rows = await rowsOf<Row>(
    database,
    sql`WITH dealt AS (
        SELECT held.rsu_id,
          sum(total_tickets - coalesce(end_number::BIGINT - returned_from + 1, 0)) AS allocated,
          sum(tickets_sold) AS counted_sold, sum(tickets_voided) AS counted_dead,
          sum(tickets_available) FILTER (WHERE ${HAS_ENDED}) AS ended_left,
          sum(tickets_available) AS "left", bool_and(${HAS_ENDED}) AS is_closed
        FROM rsu_allocations held WHERE held.raffle_event_id = ${raffleEventId}
        GROUP BY held.rsu_id
      ), counted AS (
        SELECT order_id, count(*) AS tickets, min(state) AS state, count(DISTINCT state) AS states
        FROM tickets WHERE event_id = ${raffleEventId} GROUP BY order_id
      ), sales AS (
        SELECT sold.rsu_id,
          sum(tickets) FILTER (WHERE counted.state = 'sold') AS sold,
          sum(tickets) FILTER (WHERE counted.state = 'voided') AS voided,
          sum(tickets) FILTER (WHERE counted.state = 'misprinted') AS misprinted,
          sum(total_amount) AS gross,
          sum(total_amount) FILTER (WHERE counted.state = 'voided') AS voided_amount,
          sum(total_amount) FILTER (WHERE counted.state = 'misprinted') AS misprinted_amount,
          bool_and(coalesce(tickets = ticket_count AND states = 1, FALSE)) AS is_whole,
          (SELECT sum(amount) FROM refunds JOIN orders paid ON paid.id = refunds.order_id
           WHERE paid.event_id = ${raffleEventId} AND paid.rsu_id = sold.rsu_id) AS refunded
        FROM orders sold LEFT JOIN counted ON counted.order_id = sold.id
        WHERE sold.event_id = ${raffleEventId} GROUP BY sold.rsu_id
      )
      SELECT rsu.id AS "rsuId", rsu.name AS "rsuName", rsu.state = 'virtual' AS "isVirtual",
        coalesce(is_closed, TRUE) AS "isClosed",
        EXISTS (SELECT 1 FROM rsu_corruption_log lost WHERE lost.rsu_id = rsu.id
          AND lost.raffle_event_id = ${raffleEventId} AND lost.confirmed_at IS NOT NULL) AS "isGivenUp",
        ${whole('allocated')}, ${whole('counted_sold')}, ${whole('counted_dead')},
        ${whole('ended_left')}, ${whole('left')}, ${whole('sold')}, ${whole('voided')},
        ${whole('misprinted')}, ${whole('gross')}, ${whole('voided_amount')},
        ${whole('misprinted_amount')}, ${whole('refunded')}, coalesce(is_whole, TRUE) AS is_whole
      FROM rsus rsu LEFT JOIN dealt ON dealt.rsu_id = rsu.id LEFT JOIN sales ON sales.rsu_id = rsu.id
      WHERE dealt.rsu_id IS NOT NULL OR sales.rsu_id IS NOT NULL
      ORDER BY rsu.name, rsu.id`,
  );
  return rows.map(accountOf);
}

/** A sum as a whole number that is never null. */
function whole(column: string) {
  return sql`coalesce(${sql.identifier(column)}, 0)::BIGINT AS ${sql.identifier(column)}`;
}

interface Row {
  readonly rsuId: RsuId;
  readonly rsuName: string;
  readonly isVirtual: boolean;
  readonly isClosed: boolean;
  readonly isGivenUp: boolean;
  readonly allocated: number;
  readonly counted_sold: number;
  readonly counted_dead: number;
  readonly ended_left: number;
  readonly left: number;
  readonly sold: number;
  readonly voided: number;
  readonly misprinted: number;
  readonly gross: number;
  readonly voided_amount: number;
  readonly misprinted_amount: number;
  readonly refunded: number;
  readonly is_whole: boolean;
}

function accountOf(row: Row): RsuNumbers {
  const { rsuId, rsuName, isVirtual, isGivenUp, allocated, sold, voided, misprinted } = row;
  const isClosed = isVirtual || row.isClosed;
  const unsold = isVirtual ? row.left : isGivenUp ? 0 : row.ended_left;
  const unaccounted = row.left - unsold;
  const net = row.gross - row.voided_amount - row.misprinted_amount;
  return {
    rsuId,
    rsuName,
    isVirtual,
    isGivenUp,
    isClosed,
    numbers: { allocated, sold, voided, misprinted, unsold, unaccounted },
    money: {
      grossMinor: row.gross as MinorUnits,
      voidedMinor: row.voided_amount as MinorUnits,
      misprintedMinor: row.misprinted_amount as MinorUnits,
      netMinor: net as MinorUnits,
      refundedMinor: row.refunded as MinorUnits,
    },
    isEqual:
      row.is_whole &&
      row.counted_sold === sold &&
      row.counted_dead === voided + misprinted &&
      allocated === sold + voided + misprinted + unsold + unaccounted,
  };
}

/** The sums of many accounts of one shape. */
export function sumAccounts<Account extends Readonly<Record<string, number>>>(
  accounts: readonly Account[],
  nothing: Account,
): Account {
  return accounts.reduce(
    (total, account) =>
      Object.fromEntries(
        Object.entries(total).map(([name, sum]) => [name, sum + (account[name] ?? 0)]),
      ) as Account,
    nothing,
  );
}
