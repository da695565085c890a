import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { type Winner, winnerSchema } from '#shared/contract/central/people/claims.ts';
import { utf8 } from '#shared/kernel/bytes.ts';
import type { RaffleEventId, WinnerId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Person } from '../../api/person.ts';
import type { Central } from '../../central.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { prizeWinners } from '../../db/schema/draws.ts';

/** Keeps who won, encrypted and apart from sales; neither the audit log nor any list shows it. */
export async function keepWinner(
  central: Central,
  transaction: Transaction,
  person: Person,
  raffleEventId: RaffleEventId,
  winner: Winner,
): Promise<WinnerId> {
  const winnerId = randomUUID() as string as WinnerId;
  await transaction.insert(prizeWinners).values({
    id: winnerId,
    raffleEventId,
    sealed: central.vault.seal('winner', winnerId, utf8(JSON.stringify(winner))),
    recordedBy: person.userId,
    recordedAt: central.now(),
  });
  return winnerId;
}

/** Decrypts the record of a winner who exists. */
export async function openWinner(
  central: Central,
  database: Queryable,
  winnerId: WinnerId,
): Promise<Winner> {
  const [row] = await database
    .select({ sealed: prizeWinners.sealed })
    .from(prizeWinners)
    .where(eq(prizeWinners.id, winnerId));
  invariant(row !== undefined, 'a claim names a winner on record');
  const opened = central.vault.open('winner', winnerId, row.sealed);
  return winnerSchema.parse(JSON.parse(new TextDecoder().decode(opened)));
}
