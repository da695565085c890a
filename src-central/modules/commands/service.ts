import { eq } from 'drizzle-orm';
import type {
  CommandRecord,
  CommandResults,
  NewCommand,
} from '#shared/contract/central/people/rsu-commands.ts';
import type { CommandId, OrganisationId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { rsuCommands } from '../../db/schema/rsus.ts';
import { disable } from '../rsus/change-standing.ts';
import { lockRsus } from '../rsus/repository.ts';
import { type CommandRow, describeCommand, listCommands } from './repository.ts';

/**
 * Tells many tills the same thing. `disable` disables them as well: what stops their sales is said with
 * every answer, and does not wait for the command to be read.
 *
 * Refuses a till of another organisation, and one that no device belongs to, one by one.
 */
export async function issueCommands(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  { rsuIds, kind, text }: NewCommand,
): Promise<CommandResults> {
  const known = await lockRsus(transaction, organisationId, rsuIds);
  const results: CommandResults['results'] = [];
  for (const rsuId of rsuIds) {
    const rsu = known.get(rsuId);
    if (rsu === undefined) {
      results.push({ rsuId, outcome: 'refused', ...refuse('thing.unknown', 'no such till') });
      continue;
    }
    if (rsu.state === 'unenrolled') {
      const reason = refuse('rsu.not-enrolled', 'no device would read it');
      results.push({ rsuId, outcome: 'refused', ...reason });
      continue;
    }
    if (kind === 'disable') await disable(central, transaction, rsu, text);
    const [row] = await transaction
      .insert(rsuCommands)
      .values({
        rsuId,
        kind,
        body: { kind, text },
        issuedBy: person.userId,
        issuedAt: central.now(),
      })
      .returning({ id: rsuCommands.id });
    invariant(row !== undefined, 'an insert returns its row');
    results.push({ rsuId, outcome: 'done', commandId: row.id as CommandId });
  }
  return { results };
}

/** Takes back a command that no till has answered. */
export async function withdrawCommand(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  commandId: CommandId,
): Promise<Result<CommandRecord, Problem>> {
  const [row] = await transaction
    .select()
    .from(rsuCommands)
    .where(eq(rsuCommands.id, commandId))
    .for('update');
  invariant(row !== undefined, 'the path was checked');
  if (row.answer !== null || row.withdrawnAt !== null) {
    return refuseWith('thing.decided', 'the command was answered or withdrawn');
  }
  if (row.kind === 'void-request') {
    return refuseWith('thing.in-use', 'decide on the void that was asked for');
  }
  await transaction
    .update(rsuCommands)
    .set({ withdrawnBy: person.userId, withdrawnAt: central.now() })
    .where(eq(rsuCommands.id, commandId));
  const written = await firstRowOf<CommandRow>(
    transaction,
    listCommands(organisationId, { commandId }),
  );
  invariant(written !== undefined, 'a command that was written is found');
  return ok(describeCommand(written));
}

function refuse(code: Problem['code'], detail: string): Pick<Problem, 'code' | 'detail'> {
  return { code, detail };
}
