import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import type { Projection } from './projection.ts';
import type { ChainRow } from './repository.ts';

/**
 * Takes back what a till gave back, so that it may be dealt again. Only a device that is enrolled and
 * trusted speaks for its numbers: of a copied one, the other may still sell them.
 */
export async function writeReturns(
  transaction: Transaction,
  chain: ChainRow,
  returns: Projection['returns'],
): Promise<void> {
  if (returns.length === 0 || chain.state !== 'active') return;
  const list = JSON.stringify(returns);
  await transaction.execute(sql`
    UPDATE rsu_allocation_numbers dealt SET is_returned = TRUE
    FROM json_to_recordset(${list}::JSON) AS returned (allocation_id UUID, "from" INTEGER)
    WHERE dealt.rsu_allocation_id = returned.allocation_id AND dealt.position >= returned."from"
      AND NOT dealt.is_returned`);
  await transaction.execute(sql`
    UPDATE rsu_allocations allocation
    SET returned_from = returned."from", state = 'released',
        tickets_available = tickets_available - (end_number::BIGINT - returned."from" + 1)
    FROM json_to_recordset(${list}::JSON) AS returned (allocation_id UUID, "from" INTEGER)
    WHERE allocation.id = returned.allocation_id`);
}

/**
 * Keeps what a till answered to its own open commands; of several answers the last, until one is final.
 * An answer to any other command changes nothing: it is in the event log.
 */
export async function writeCommandAnswers(
  transaction: Transaction,
  chain: ChainRow,
  answers: Projection['commandAnswers'],
): Promise<void> {
  if (answers.length === 0) return;
  await transaction.execute(sql`
    UPDATE rsu_commands command
    SET answer = answered.answer, answer_reason = answered.reason,
        answered_at = answered.answered_at, answer_chain_id = ${chain.id}, answer_seq = answered.seq
    FROM (SELECT DISTINCT ON (command_id) * FROM json_to_recordset(${JSON.stringify(answers)}::JSON)
            AS answered (command_id UUID, answer TEXT, reason TEXT, answered_at TIMESTAMPTZ, seq BIGINT)
          ORDER BY command_id, seq DESC) AS answered
    WHERE command.rsu_id = ${chain.rsuId} AND command.withdrawn_at IS NULL
      AND (command.answer IS NULL OR command.answer = 'seen')
      AND (command.id = answered.command_id OR answered.command_id IS NULL AND command.kind = 'disable')`);
}
