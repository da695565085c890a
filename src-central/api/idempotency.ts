import { sql } from 'drizzle-orm';
import type { JsonValue } from '#shared/kernel/json.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Central } from '../central.ts';
import type { Database, Transaction } from '../db/database.ts';
import { firstRowOf } from '../db/rows.ts';
import type { Person } from './person.ts';
import { type Problem, refuseWith } from './problems.ts';

/** Answers are kept this long for a repeat. */
const KEPT_HOURS = 24;

/** What a client calls one command by, and what the command was. */
interface CommandKey {
  readonly key: string;
  readonly requestHash: Uint8Array;
}

/**
 * Does `work` once for a key: a repeat gets the first answer, also when both come at once.
 *
 * Refuses a key that belongs to another request. A refused command leaves no key behind: it may be
 * sent again.
 */
export async function answerOnce<Answer>(
  central: Central,
  transaction: Transaction,
  { userId }: Person,
  command: CommandKey | undefined,
  work: () => Promise<Result<Answer, Problem>>,
): Promise<Result<Answer, Problem>> {
  if (command === undefined) return work();
  const hash = Buffer.from(command.requestHash);
  const claimed = await firstRowOf<object>(
    transaction,
    sql`INSERT INTO idempotency_keys (user_id, key, request_hash, created_at)
        VALUES (${userId}, ${command.key}, ${hash}, ${central.now().toISOString()}::TIMESTAMPTZ)
        ON CONFLICT DO NOTHING RETURNING key`,
  );
  if (claimed === undefined) return firstAnswer(transaction, userId, command);
  const result = await work();
  if (result.ok) {
    await transaction.execute(sql`
      UPDATE idempotency_keys SET answer = ${JSON.stringify(result.value)}::JSONB
      WHERE user_id = ${userId} AND key = ${command.key}`);
  }
  return result;
}

async function firstAnswer<Answer>(
  transaction: Transaction,
  userId: string,
  { key, requestHash }: CommandKey,
): Promise<Result<Answer, Problem>> {
  const row = await firstRowOf<{ readonly requestHash: Buffer; readonly answer: JsonValue }>(
    transaction,
    sql`SELECT request_hash AS "requestHash", answer FROM idempotency_keys
        WHERE user_id = ${userId} AND key = ${key}`,
  );
  return row?.requestHash.equals(requestHash) === true
    ? ok(row.answer as Answer)
    : refuseWith('idempotency-key.reused', 'this key was used for another request');
}

/** Forgets keys that nobody will repeat any more. */
export async function forgetOldKeys(database: Database, now: Date): Promise<void> {
  await database.execute(sql`
    DELETE FROM idempotency_keys
    WHERE created_at < ${now.toISOString()}::TIMESTAMPTZ - make_interval(hours => ${KEPT_HOURS})`);
}
