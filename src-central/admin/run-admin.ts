import { userInfo } from 'node:os';
import { type Result, refuse } from '#shared/kernel/result.ts';
import { databaseProblem } from '../api/problems.ts';
import { joinEmbeddedPostgres } from '../development/embedded-postgres.ts';
import { recordCriticalEvent } from '../modules/critical-events/record-critical-event.ts';
import { openCentral } from '../open-central.ts';
import { openServerKey } from '../open-server-key.ts';
import type { CentralStore } from '../read-store.ts';
import type { AdminAnswer, AdminContext, AdminRefusal } from './admin-command.ts';
import type { AdminArguments } from './read-admin-arguments.ts';

/**
 * Carries out one command on the central's database, whether or not the central runs.
 *
 * That somebody asked is noted before anything is done, and a refusal afterwards (GLI-31 5.6.2); what
 * changed is in the audit log under the same name.
 */
export async function runAdmin(given: AdminArguments): Promise<Result<AdminAnswer, AdminRefusal>> {
  const postgres = await openPostgres(given.store);
  try {
    const { central, close } = await openCentral({
      databaseUrl: postgres.url,
      serverKey: openServerKey(given.store),
      isDemo: false,
    });
    try {
      return await runOnRecord({ central, actor: `central:admin/${userInfo().username}` }, given);
    } finally {
      await close();
    }
  } finally {
    await postgres.stop();
  }
}

async function openPostgres(
  store: CentralStore,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  return store.kind === 'external'
    ? { url: store.databaseUrl, stop: async () => undefined }
    : joinEmbeddedPostgres({ dataDirectory: store.dataDirectory });
}

async function runOnRecord(
  context: AdminContext,
  { commandName, options, work }: AdminArguments,
): Promise<Result<AdminAnswer, AdminRefusal>> {
  const { database } = context.central;
  const metadata = { actor: context.actor, command: commandName, options };
  await recordCriticalEvent(database, {
    type: 'administration.command',
    severity: 'INFO',
    description: `${context.actor}: ${commandName}`,
    metadata,
  });
  const result = await refuseWhatTheDatabaseRefuses(() => work(context));
  if (!result.ok) {
    const { attempt } = result.failure;
    if (attempt !== undefined) await recordCriticalEvent(database, attempt);
    await recordCriticalEvent(database, {
      type: 'administration.refused',
      severity: 'WARN',
      description: result.failure.detail,
      metadata: { ...metadata, code: result.failure.code },
    });
  }
  return result;
}

async function refuseWhatTheDatabaseRefuses(
  work: () => Promise<Result<AdminAnswer, AdminRefusal>>,
): Promise<Result<AdminAnswer, AdminRefusal>> {
  try {
    return await work();
  } catch (error) {
    const problem = error instanceof Error ? databaseProblem(error) : undefined;
    if (problem === undefined) throw error;
    return refuse(problem);
  }
}
