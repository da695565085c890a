import { type SQL, sql } from 'drizzle-orm';
import type { Claim } from '#shared/contract/central/people/claims.ts';
import type { ClaimId, DrawResultId, RaffleEventId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Queryable } from '../../db/database.ts';
import { readInstant, readInstantIfAny, type StoredMoment } from '../../db/read-instant.ts';
import { firstRowOf } from '../../db/rows.ts';

/** Claims that fulfil a condition over `claim`, `result` and `execution`, as `ClaimRow`s. */
export function claimsWhere(condition: SQL): SQL {
  return sql`SELECT claim.id AS "claimId", claim.draw_result_id AS "drawResultId",
      prize.name AS "prizeName", result.winning_number AS "drawNumber",
      result.prize_value_at_draw AS "valueMinor", input.currency, claim.state,
      claim.verification_method AS method, claim.claimed_by AS "winnerId",
      claim.claimed_at AS "claimedAt", claim.verified_by AS "verifiedBy",
      claim.decided_by AS "decidedBy", claim.decided_at AS "decidedAt",
      claim.decision_reason AS "decisionReason"
    FROM prize_claims claim
    JOIN draw_results result ON result.id = claim.draw_result_id
    JOIN draw_executions execution ON execution.id = result.draw_execution_id
    JOIN draw_inputs input ON input.draw_execution_id = execution.id
    JOIN prizes prize ON prize.id = result.prize_id
    WHERE ${condition}`;
}

/** A row of `claimsWhere`. */
export interface ClaimRow extends Omit<Claim, 'claimedAt' | 'decidedAt'> {
  readonly claimedAt: StoredMoment;
  readonly decidedAt: StoredMoment | null;
}

/** A row as the contract shows it. */
export function claimOf(row: ClaimRow): Claim {
  return {
    ...row,
    claimedAt: readInstant(row.claimedAt),
    decidedAt: readInstantIfAny(row.decidedAt),
  };
}

/** One claim that exists. */
export async function readClaim(database: Queryable, claimId: ClaimId): Promise<Claim> {
  const row = await firstRowOf<ClaimRow>(database, claimsWhere(sql`claim.id = ${claimId}`));
  invariant(row !== undefined, 'a claim in a checked path exists');
  return claimOf(row);
}

/** The raffle event of a result that exists. */
export async function raffleEventOfResult(
  database: Queryable,
  drawResultId: DrawResultId,
): Promise<RaffleEventId> {
  const row = await firstRowOf<{ readonly id: RaffleEventId }>(
    database,
    sql`SELECT raffle_event_id AS id FROM draw_executions execution
      JOIN draw_results result ON result.draw_execution_id = execution.id
      WHERE result.id = ${drawResultId}`,
  );
  invariant(row !== undefined, 'a result in a checked path exists');
  return row.id;
}
