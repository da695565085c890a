import { type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type DrawFile, drawFileSchema } from '#shared/contract/central/people/draw-file.ts';
import type { Draw, DrawResult } from '#shared/contract/central/people/draws.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { DrawExecutionId, DrawResultId, RaffleEventId, UserId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { CurrencyCode, MinorUnits } from '#shared/kernel/money.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Queryable } from '../../db/database.ts';
import { readInstant, type StoredMoment } from '../../db/read-instant.ts';
import { rowsOf } from '../../db/rows.ts';

/**
 * The results of a raffle event that count: verified, in the order in which they were drawn, without those
 * that a second draw has replaced (GLI-31 2.6.5). Nothing of the winners is in it: fit for the public.
 */
export async function readOfficialResults(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<readonly DrawResult[]> {
  const results = await readDrawResults(database, raffleEventId);
  return results.filter(({ replacedBy }) => replacedBy === null);
}

/** Every result of a raffle event, in the order in which they were drawn. */
export function readDrawResults(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<DrawResult[]> {
  return readResults(database, sql`execution.raffle_event_id = ${raffleEventId}`);
}

/** One result that exists. */
export async function readDrawResult(
  database: Queryable,
  drawResultId: DrawResultId,
): Promise<DrawResult> {
  const [result] = await readResults(database, sql`result.id = ${drawResultId}`);
  invariant(result !== undefined, 'a result in a checked path exists');
  return result;
}

async function readResults(database: Queryable, condition: SQL): Promise<DrawResult[]> {
  const rows = await rowsOf<ResultRow>(
    database,
    sql`SELECT result.id AS "drawResultId", result.draw_execution_id AS "drawExecutionId",
        result.prize_id AS "prizeId", prize.name AS "prizeName", result.position AS "order",
        result.winning_number AS "drawNumber", result.prize_value_at_draw AS "valueMinor",
        input.currency, result.selected_at AS "selectedAt",
        result.replaces_result_id AS "replaces", later.id AS "replacedBy"
      FROM draw_results result
      JOIN draw_executions execution ON execution.id = result.draw_execution_id
      JOIN draw_inputs input ON input.draw_execution_id = execution.id
      JOIN prizes prize ON prize.id = result.prize_id
      LEFT JOIN draw_results later ON later.replaces_result_id = result.id
      WHERE ${condition} AND execution.state = 'completed'
      ORDER BY execution.started_at, execution.id, result.position`,
  );
  return rows.map((row) => ({ ...row, selectedAt: readInstant(row.selectedAt) }));
}

interface ResultRow extends Omit<DrawResult, 'selectedAt'> {
  readonly selectedAt: StoredMoment;
}

/** Every draw of a raffle event, oldest first. */
export function readDraws(database: Queryable, raffleEventId: RaffleEventId): Promise<Draw[]> {
  return describeDraws(database, sql`execution.raffle_event_id = ${raffleEventId}`);
}

/** One draw that exists. */
export async function readDraw(
  database: Queryable,
  drawExecutionId: DrawExecutionId,
): Promise<Draw> {
  const [draw] = await describeDraws(database, sql`execution.id = ${drawExecutionId}`);
  invariant(draw !== undefined, 'a draw in a checked path exists');
  return draw;
}

async function describeDraws(database: Queryable, condition: SQL): Promise<Draw[]> {
  const rows = await readDrawRows(database, condition);
  const results = await readResults(database, condition);
  return rows.map((row) => ({
    drawExecutionId: row.drawExecutionId,
    state: row.state,
    method: row.method,
    startedAt: readInstant(row.startedAt),
    conductedBy: row.conductedBy,
    programChecksum: row.programChecksum,
    poolSha256: row.poolSha256,
    poolSize: row.poolSize,
    netSalesMinor: row.netSalesMinor,
    results: results.filter(({ drawExecutionId }) => drawExecutionId === row.drawExecutionId),
  }));
}

/**
 * A draw with all that its outcome follows from, for `scripts/verify-draw.mjs`. Refuses a draw by hand,
 * whose outcome follows from nothing.
 */
export async function readDrawFile(
  database: Queryable,
  drawExecutionId: DrawExecutionId,
): Promise<Result<DrawFile, Problem>> {
  const condition = sql`execution.id = ${drawExecutionId}`;
  const [row] = await readDrawRows(database, condition);
  invariant(row !== undefined, 'a draw in a checked path exists');
  if (row.method === 'manual') {
    return refuseWith('draw.by-hand', 'these numbers were drawn by hand');
  }
  const results = await readResults(database, condition);
  return ok({
    format: 'counterfoil-draw',
    version: 1,
    raffleEventId: row.raffleEventId,
    eventIdentifier: row.eventIdentifier,
    drawExecutionId,
    method: row.method,
    drawnAt: readInstant(row.startedAt),
    programChecksum: row.programChecksum,
    seed: row.seed,
    pool: {
      sha256: row.poolSha256,
      size: row.poolSize,
      ranges: rangesSchema.parse(row.poolRanges),
    },
    staysIn: row.staysIn,
    currency: row.currency,
    netSalesMinor: row.netSalesMinor,
    prizes: prizesSchema.parse(row.prizes),
    results: results.map(({ order, prizeId, drawNumber, valueMinor }) => ({
      order,
      prizeId,
      drawNumber,
      valueMinor,
    })),
  });
}

const rangesSchema = drawFileSchema.shape.pool.shape.ranges;
const prizesSchema = drawFileSchema.shape.prizes;

/** The prizes of a draw as they are kept and exported. */
export type StoredPrizes = z.infer<typeof prizesSchema>;

function readDrawRows(database: Queryable, condition: SQL): Promise<readonly DrawRow[]> {
  return rowsOf<DrawRow>(
    database,
    sql`SELECT execution.id AS "drawExecutionId", execution.raffle_event_id AS "raffleEventId",
        event.event_identifier AS "eventIdentifier", execution.state,
        execution.started_at AS "startedAt", execution.rng_seed AS seed,
        execution.conducted_by AS "conductedBy", execution.system_checksum AS "programChecksum",
        input.method, input.pool_sha256 AS "poolSha256", input.pool_size AS "poolSize",
        input.pool_ranges AS "poolRanges", input.stays_in AS "staysIn",
        input.net_sales AS "netSalesMinor", input.currency, input.prizes
      FROM draw_executions execution
      JOIN draw_inputs input ON input.draw_execution_id = execution.id
      JOIN raffle_events event ON event.id = execution.raffle_event_id
      WHERE ${condition} ORDER BY execution.started_at, execution.id`,
  );
}

interface DrawRow {
  readonly drawExecutionId: DrawExecutionId;
  readonly raffleEventId: RaffleEventId;
  readonly eventIdentifier: string;
  readonly state: Draw['state'];
  readonly startedAt: StoredMoment;
  readonly seed: string;
  readonly conductedBy: UserId;
  readonly programChecksum: Sha256;
  readonly method: Draw['method'];
  readonly poolSha256: Sha256;
  readonly poolSize: number;
  readonly poolRanges: unknown;
  readonly staysIn: boolean;
  readonly netSalesMinor: MinorUnits;
  readonly currency: CurrencyCode;
  readonly prizes: unknown;
}
