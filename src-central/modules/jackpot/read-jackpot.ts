import { type SQL, sql } from 'drizzle-orm';
import { type PrizeAward, prizeOf } from '#shared/domain/jackpot.ts';
import type { OrganisationId, PrizeId, RaffleEventId } from '#shared/kernel/ids.ts';
import { type CurrencyCode, compareMoney, type Money, money } from '#shared/kernel/money.ts';
import type { Queryable } from '../../db/database.ts';
import { rowsOf } from '../../db/rows.ts';
import { readAward, type StoredAward } from '../../prize-award.ts';

/** A prize, and what it is worth by the sales that the central knows of. */
export interface JackpotPrize {
  readonly prizeId: PrizeId;
  readonly name: string;
  readonly winnerCount: number;
  readonly award: PrizeAward;
  readonly value: Money;
  /** It has reached its cap: further sales do not raise it. */
  readonly isAtCap: boolean;
}

/**
 * What each prize of a raffle event is worth now, by position (GLI-31 2.5.1).
 *
 * Reckoned from net sales as a draw reckons it: voided and misprinted orders lower it, and orders that
 * wait for a person's decision do not count yet. One statement, so that all prizes are of one moment.
 * With `organisationId`, a raffle event of another organisation has no prizes.
 */
export async function readJackpot(
  database: Queryable,
  raffleEventId: RaffleEventId,
  organisationId?: OrganisationId,
): Promise<readonly JackpotPrize[]> {
  const ofOrganisation =
    organisationId === undefined ? sql`` : sql`AND organization.id = ${organisationId}`;
  const rows = await rowsOf<PrizeRow>(
    database,
    sql`SELECT prize.id AS "prizeId", prize.name, winner_count AS "winnerCount", type, value, percentage,
        cap, organization.primary_currency AS currency, ${netSalesOf(raffleEventId)} AS "netSales"
      FROM prizes prize
      JOIN raffle_events event ON event.id = prize.event_id
      JOIN organizations organization ON organization.id = event.organization_id
      WHERE prize.event_id = ${raffleEventId} ${ofOrganisation} ORDER BY position, prize.id`,
  );
  return rows.map(valuePrize);
}

interface PrizeRow extends StoredAward {
  readonly prizeId: PrizeId;
  readonly name: string;
  readonly winnerCount: number;
  readonly currency: CurrencyCode;
  readonly netSales: number;
}

/** What was paid for the orders whose tickets are in play, in minor units. */
function netSalesOf(raffleEventId: RaffleEventId): SQL {
  return sql`(SELECT coalesce(sum(total_amount), 0)::BIGINT FROM orders
    WHERE event_id = ${raffleEventId}
      AND id NOT IN (SELECT order_id FROM tickets
        WHERE event_id = ${raffleEventId}
          AND state = ANY (SELECT key FROM ticket_states WHERE key <> 'sold'))
      AND id NOT IN (SELECT unnest(order_ids || subject_ids) FROM journal_quarantine
        WHERE state = 'open'))`;
}

function valuePrize(row: PrizeRow): JackpotPrize {
  const { prizeId, name, winnerCount, currency } = row;
  const award = readAward(row, currency);
  const value = prizeOf(money(row.netSales, currency), award);
  const isAtCap =
    award.kind === 'percentage' && award.cap !== null && compareMoney(value, award.cap) === 0;
  return { prizeId, name, winnerCount, award, value, isAtCap };
}
