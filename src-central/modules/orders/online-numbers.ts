import { sql } from 'drizzle-orm';
import {
  type DealtNumbers,
  type NumberPart,
  numbersLeft,
  type OpenAllocation,
  takeNumbersForOrders,
} from '#shared/domain/number-taking.ts';
import { createValidationNumberMaker } from '#shared/domain/validation-number.ts';
import type { AllocationId, OrganisationId, RaffleEventId, RsuId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';
import { grantNumbers } from '../allocations/grant-numbers.ts';
import { readBlockKeys, readDealtNumbers } from '../devices/holdings.ts';

/** The RSU that sells online: one for each organisation, made at its first sale. */
export async function virtualRsuOf(
  transaction: Transaction,
  organisationId: OrganisationId,
): Promise<RsuId> {
  await transaction.execute(sql`
    INSERT INTO rsus (organization_id, name, description, device_identifier, state)
    VALUES (${organisationId}, 'Online', 'Sells what is bought on the web', ${`online:${organisationId}`}, 'virtual')
    ON CONFLICT DO NOTHING`);
  const row = await firstRowOf<{ readonly id: RsuId }>(
    transaction,
    sql`SELECT id FROM rsus WHERE organization_id = ${organisationId} AND state = 'virtual'`,
  );
  invariant(row !== undefined, 'an organisation has an RSU that sells online');
  return row.id;
}

/** What is taken from the numbers of the virtual RSU. */
export interface TakenOnline {
  /** For each order, its parts of allocations. */
  readonly parts: readonly (readonly NumberPart[])[];
  readonly allocations: ReadonlyMap<string, DealtNumbers>;
  readonly validationNumbers: readonly string[];
}

/**
 * Takes draw numbers and a validation number for each order, dealing more to the virtual RSU where it
 * has too few. The caller has locked its requests. Refuses when not enough are left.
 */
export async function takeOnlineNumbers(
  central: Central,
  transaction: Transaction,
  seller: { readonly rsuId: RsuId; readonly organisationId: OrganisationId },
  raffleEventId: RaffleEventId,
  counts: readonly number[],
): Promise<Result<TakenOnline, Problem>> {
  const needed = counts.reduce((sum, count) => sum + count, 0);
  let open = await readOpenAllocations(transaction, seller.rsuId, raffleEventId);
  let sequences = await countValidationNumbers(transaction, seller.rsuId, raffleEventId);
  while (numbersLeft(open) < needed || sequences < counts.length) {
    const granted = await grantNumbers(
      central,
      transaction,
      { ...seller, chainId: null },
      {
        raffleEventId,
        drawNumbersLeft: numbersLeft(open) < needed ? 0 : needed,
        validationNumbersLeft: sequences < counts.length ? 0 : sequences,
      },
    );
    if (!granted.ok) return refuseWith('online-sale.sold-out', granted.failure.detail);
    const before = numbersLeft(open) + sequences;
    open = await readOpenAllocations(transaction, seller.rsuId, raffleEventId);
    sequences = await countValidationNumbers(transaction, seller.rsuId, raffleEventId);
    if (numbersLeft(open) + sequences <= before) break;
  }
  const parts = takeNumbersForOrders(open, counts);
  if (parts === undefined || sequences < counts.length) {
    return refuseWith('online-sale.sold-out', 'there are not enough numbers left');
  }
  return ok({
    parts,
    allocations: await readDealt(transaction, open),
    validationNumbers: await takeValidationNumbers(
      central,
      transaction,
      seller.rsuId,
      raffleEventId,
      counts.length,
    ),
  });
}

interface HeldAllocation extends OpenAllocation {
  readonly mode: 'sequential' | 'random';
}

async function readOpenAllocations(
  transaction: Transaction,
  rsuId: RsuId,
  raffleEventId: RaffleEventId,
): Promise<readonly HeldAllocation[]> {
  const rows = await rowsOf<{
    readonly id: AllocationId;
    readonly mode: 'sequential' | 'random';
    readonly from: number;
    readonly last: number;
    readonly nextIndex: number;
  }>(
    transaction,
    sql`SELECT id, number_mode AS mode, start_number AS "from", end_number AS last,
        next_draw_number AS "nextIndex"
      FROM rsu_allocations
      WHERE rsu_id = ${rsuId} AND raffle_event_id = ${raffleEventId} AND state = 'active'
      ORDER BY allocated_at, start_number, id`,
  );
  return rows.map(({ id, mode, from, last, nextIndex }) => ({
    allocationId: id,
    mode,
    indices: { from, to: last + 1 },
    nextIndex,
  }));
}

async function readDealt(
  transaction: Transaction,
  open: readonly HeldAllocation[],
): Promise<ReadonlyMap<string, DealtNumbers>> {
  const random = open.filter(({ mode }) => mode === 'random');
  const dealt = await readDealtNumbers(
    transaction,
    random.map(({ allocationId }) => allocationId),
  );
  return new Map(
    open.map(({ allocationId, mode, indices }): [string, DealtNumbers] => [
      allocationId,
      mode === 'sequential'
        ? { mode, indices }
        : { mode, indices, numbers: dealt.get(allocationId) ?? [] },
    ]),
  );
}

async function countValidationNumbers(
  transaction: Transaction,
  rsuId: RsuId,
  raffleEventId: RaffleEventId,
): Promise<number> {
  const row = await firstRowOf<{ readonly left: number }>(
    transaction,
    sql`SELECT coalesce(sum(block_size - next_sequence + 1), 0)::BIGINT AS left
      FROM validation_number_blocks
      WHERE rsu_id = ${rsuId} AND raffle_event_id = ${raffleEventId} AND is_active`,
  );
  return row?.left ?? 0;
}

/** The next validation numbers, made by the rule that tills share, with keys that only the central has. */
async function takeValidationNumbers(
  central: Central,
  transaction: Transaction,
  rsuId: RsuId,
  raffleEventId: RaffleEventId,
  count: number,
): Promise<string[]> {
  const blocks = await rowsOf<{
    readonly id: string;
    readonly prefix: string;
    readonly next: number;
    readonly size: number;
  }>(
    transaction,
    sql`SELECT id, prefix, next_sequence AS next, block_size AS size FROM validation_number_blocks
      WHERE rsu_id = ${rsuId} AND raffle_event_id = ${raffleEventId} AND is_active
        AND next_sequence <= block_size
      ORDER BY prefix FOR UPDATE`,
  );
  const keys = await readBlockKeys(
    central,
    transaction,
    blocks.map(({ id }) => id),
  );
  const numbers: string[] = [];
  for (const { id, prefix, next, size } of blocks) {
    const taken = Math.min(count - numbers.length, size - next + 1);
    if (taken === 0) break;
    const key = keys.get(id);
    invariant(key !== undefined, 'the central keeps the keys of its own blocks');
    const maker = createValidationNumberMaker({ prefix, key });
    for (let offset = 0; offset < taken; offset += 1) numbers.push(maker.make(next + offset));
    await transaction.execute(sql`
      UPDATE validation_number_blocks SET next_sequence = next_sequence + ${taken},
        numbers_used = numbers_used + ${taken} WHERE id = ${id}`);
  }
  return numbers;
}
