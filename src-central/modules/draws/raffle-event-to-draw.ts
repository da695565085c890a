import { sql } from 'drizzle-orm';
import { jurisdictionProfileSchema } from '#shared/contract/mirror/jurisdiction-profile.ts';
import type { PrizeAward } from '#shared/domain/jackpot.ts';
import type { PrizeId, RaffleEventId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { CurrencyCode } from '#shared/kernel/money.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';
import type { StoredRaffleEventState } from '../../db/schema/raffle-events.ts';
import { readAward, type StoredAward } from '../../prize-award.ts';

/** How a raffle event's winning numbers are drawn and claimed, from its frozen profile. */
export interface DrawRules {
  /** Whether a number that has won stays in for the next prize. */
  readonly drawnNumberStaysIn: boolean;
  /** Whether a number drawn by hand may be entered. */
  readonly hasPrintedCounterfoils: boolean;
  /** Days after the draw within which a prize is claimed; null if there is no limit. */
  readonly claimDays: number | null;
}

/** A prize as a draw needs it. */
export interface PrizeOfRaffleEvent {
  readonly prizeId: PrizeId;
  readonly name: string;
  readonly award: PrizeAward;
  /** How many winners it still lacks. */
  readonly winnersLeft: number;
}

/** A raffle event as a draw needs it; prizes by their position. */
export interface RaffleEventToDraw {
  readonly raffleEventId: RaffleEventId;
  readonly eventIdentifier: string;
  readonly state: StoredRaffleEventState;
  readonly isReconciliationConfirmed: boolean;
  readonly currency: CurrencyCode;
  readonly rules: DrawRules;
  readonly prizes: readonly PrizeOfRaffleEvent[];
}

/** Keeps two draws of one raffle event from happening at once, until the transaction ends. */
export async function lockRaffleEvent(
  transaction: Transaction,
  raffleEventId: RaffleEventId,
): Promise<void> {
  await transaction.execute(
    sql`SELECT id FROM raffle_events WHERE id = ${raffleEventId} FOR NO KEY UPDATE`,
  );
}

/** Reads a raffle event that exists. */
export async function readRaffleEventToDraw(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<RaffleEventToDraw> {
  const row = await firstRowOf<RaffleEventRow>(
    database,
    sql`SELECT event.event_identifier AS "eventIdentifier", event.state,
        event.reconciliation_confirmed_at IS NOT NULL AS "isReconciliationConfirmed",
        organization.primary_currency AS currency, kept.profile
      FROM raffle_events event
      JOIN organizations organization ON organization.id = event.organization_id
      JOIN raffle_event_profiles kept ON kept.raffle_event_id = event.id
      WHERE event.id = ${raffleEventId}`,
  );
  invariant(row !== undefined, 'a raffle event in a checked path exists');
  const { profile, ...facts } = row;
  return {
    raffleEventId,
    ...facts,
    rules: readDrawRules(profile),
    prizes: await readPrizes(database, raffleEventId, row.currency),
  };
}

interface RaffleEventRow {
  readonly eventIdentifier: string;
  readonly state: StoredRaffleEventState;
  readonly isReconciliationConfirmed: boolean;
  readonly currency: CurrencyCode;
  readonly profile: unknown;
}

/** The rules of a draw among those of a stored profile. */
function readDrawRules(storedProfile: unknown): DrawRules {
  const profile = jurisdictionProfileSchema.parse(storedProfile);
  return {
    drawnNumberStaysIn: profile.draw?.drawnNumberStaysIn ?? false,
    hasPrintedCounterfoils: profile.draw?.hasPrintedCounterfoils ?? false,
    claimDays: profile.ticket.claimDays,
  };
}

async function readPrizes(
  database: Queryable,
  raffleEventId: RaffleEventId,
  currency: CurrencyCode,
): Promise<readonly PrizeOfRaffleEvent[]> {
  const rows = await rowsOf<PrizeRow>(
    database,
    sql`SELECT prize.id AS "prizeId", name, type, value, percentage, cap,
        winner_count - (SELECT count(*) FROM draw_results
          WHERE prize_id = prize.id AND replaces_result_id IS NULL) AS "winnersLeft"
      FROM prizes prize WHERE event_id = ${raffleEventId} ORDER BY position, id`,
  );
  return rows.map((row) => ({
    prizeId: row.prizeId,
    name: row.name,
    award: readAward(row, currency),
    winnersLeft: row.winnersLeft,
  }));
}

interface PrizeRow extends StoredAward {
  readonly prizeId: PrizeId;
  readonly name: string;
  readonly winnersLeft: number;
}
