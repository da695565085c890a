import { eq, type SQL, sql } from 'drizzle-orm';
import type {
  CounterfoilPrint,
  NewCounterfoilPrint,
} from '#shared/contract/central/people/counterfoils.ts';
import type { CounterfoilPrintId, RaffleEventId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { readInstant, readInstantIfAny, type StoredMoment } from '../../db/read-instant.ts';
import { firstRowOf } from '../../db/rows.ts';
import { counterfoilPrints } from '../../db/schema/draws.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { lockRaffleEvent } from '../draws/raffle-event-to-draw.ts';

/**
 * Gives out the counterfoils of sold numbers for printing. If any of them was printed before, all wait
 * for another person (GLI-31 2.4.2).
 *
 * Refuses a range without a sold number, and a reprint without a reason.
 */
export async function requestPrint(
  central: Central,
  transaction: Transaction,
  person: Person,
  raffleEventId: RaffleEventId,
  print: NewCounterfoilPrint,
): Promise<Result<CounterfoilPrint, Problem>> {
  await lockRaffleEvent(transaction, raffleEventId);
  const { soldCount, reprintCount } = await countSold(transaction, raffleEventId, print);
  if (soldCount === 0) return refuseWith('thing.unknown', 'none of these numbers is sold');
  const isReprint = reprintCount > 0;
  if (isReprint && print.reason === undefined) {
    return refuseWith(
      'reason.required',
      `${reprintCount} of these were printed before: say why again`,
    );
  }
  const [row] = await transaction
    .insert(counterfoilPrints)
    .values({
      raffleEventId,
      firstNumber: print.firstNumber,
      lastNumber: print.lastNumber,
      reason: print.reason ?? null,
      requestedBy: person.userId,
      requestedAt: central.now(),
      state: isReprint ? 'awaiting-approval' : 'released',
    })
    .returning({ id: counterfoilPrints.id });
  invariant(row !== undefined, 'an insert returns its row');
  const printId = row.id as CounterfoilPrintId;
  if (!isReprint) await release(transaction, person, printId);
  return ok(await readPrint(transaction, printId));
}

/** Releases a reprint that another person asked for. Refuses one's own, and one that is released. */
export async function approvePrint(
  central: Central,
  transaction: Transaction,
  person: Person,
  printId: CounterfoilPrintId,
): Promise<Result<CounterfoilPrint, Problem>> {
  await lockRaffleEvent(transaction, (await readPrintRow(transaction, printId)).raffleEventId);
  const { state, requestedBy } = await readPrintRow(transaction, printId);
  if (state === 'released') return refuseWith('thing.decided', 'this print is released already');
  if (requestedBy === person.userId) {
    return refuseWith('second-person.required', 'another person has to approve a reprint');
  }
  await transaction
    .update(counterfoilPrints)
    .set({ state: 'released', approvedBy: person.userId, approvedAt: central.now() })
    .where(eq(counterfoilPrints.id, printId));
  await release(transaction, person, printId);
  return ok(await readPrint(transaction, printId));
}

/** Whether a print may be fetched; refuses one that waits for its approval. */
export async function findReleasedPrint(
  database: Queryable,
  printId: CounterfoilPrintId,
): Promise<Result<CounterfoilPrint, Problem>> {
  const print = await readPrint(database, printId);
  return print.state === 'released'
    ? ok(print)
    : refuseWith('second-person.required', 'another person has to approve this reprint first');
}

/** Marks each counterfoil of a print: copy 0, or the number of its reprint. */
async function release(
  transaction: Transaction,
  person: Person,
  printId: CounterfoilPrintId,
): Promise<void> {
  await transaction.execute(sql`
    INSERT INTO counterfoil_print_numbers (counterfoil_print_id, ticket_id, copy_number)
    SELECT print.id, ticket.id,
      (SELECT count(*) FROM counterfoil_print_numbers earlier WHERE earlier.ticket_id = ticket.id)
    FROM counterfoil_prints print
    JOIN tickets ticket ON ticket.event_id = print.raffle_event_id AND ticket.state = 'sold'
      AND ticket.draw_number BETWEEN print.first_number AND print.last_number
    WHERE print.id = ${printId}`);
  const { raffleEventId, counterfoilCount, reprintCount, reason } = await readPrintRow(
    transaction,
    printId,
  );
  await recordCriticalEvent(transaction, {
    type: reprintCount > 0 ? 'counterfoils.reprinted' : 'counterfoils.printed',
    severity: reprintCount > 0 ? 'WARN' : 'INFO',
    description: `${counterfoilCount} counterfoils were given out, ${reprintCount} of them again`,
    raffleEventId,
    userId: person.userId,
    metadata: { counterfoilPrintId: printId, reason },
  });
}

async function countSold(
  transaction: Transaction,
  raffleEventId: RaffleEventId,
  { firstNumber, lastNumber }: NewCounterfoilPrint,
): Promise<{ readonly soldCount: number; readonly reprintCount: number }> {
  const row = await firstRowOf<{ readonly soldCount: number; readonly reprintCount: number }>(
    transaction,
    sql`SELECT count(*) AS "soldCount", count(*) FILTER (WHERE EXISTS
          (SELECT 1 FROM counterfoil_print_numbers WHERE ticket_id = ticket.id)) AS "reprintCount"
      FROM tickets ticket
      WHERE event_id = ${raffleEventId} AND state = 'sold'
        AND draw_number BETWEEN ${firstNumber} AND ${lastNumber}`,
  );
  invariant(row !== undefined, 'a count has a row');
  return row;
}

/** The prints of a raffle event, as `PrintRow`s. */
export function printsOf(raffleEventId: RaffleEventId): SQL {
  return printsWhere(sql`print.raffle_event_id = ${raffleEventId}`);
}

function printsWhere(condition: SQL): SQL {
  return sql`SELECT print.id AS "counterfoilPrintId", print.raffle_event_id AS "raffleEventId",
      first_number AS "firstNumber", last_number AS "lastNumber", reason,
      requested_by AS "requestedBy", requested_at AS "requestedAt", state,
      approved_by AS "approvedBy", approved_at AS "approvedAt",
      (SELECT count(*)::INT FROM counterfoil_print_numbers
       WHERE counterfoil_print_id = print.id) AS "counterfoilCount",
      (SELECT count(*)::INT FROM counterfoil_print_numbers
       WHERE counterfoil_print_id = print.id AND copy_number > 0) AS "reprintCount"
    FROM counterfoil_prints print WHERE ${condition}`;
}

/** A row of `printsOf`. */
export interface PrintRow extends Omit<CounterfoilPrint, 'requestedAt' | 'approvedAt'> {
  readonly raffleEventId: RaffleEventId;
  readonly requestedAt: StoredMoment;
  readonly approvedAt: StoredMoment | null;
}

/** A row as the contract shows it. */
export function printOf({ raffleEventId: _event, ...row }: PrintRow): CounterfoilPrint {
  return {
    ...row,
    requestedAt: readInstant(row.requestedAt),
    approvedAt: readInstantIfAny(row.approvedAt),
  };
}

async function readPrint(
  database: Queryable,
  printId: CounterfoilPrintId,
): Promise<CounterfoilPrint> {
  return printOf(await readPrintRow(database, printId));
}

async function readPrintRow(database: Queryable, printId: CounterfoilPrintId): Promise<PrintRow> {
  const row = await firstRowOf<PrintRow>(database, printsWhere(sql`print.id = ${printId}`));
  invariant(row !== undefined, 'a print in a checked path exists');
  return row;
}
