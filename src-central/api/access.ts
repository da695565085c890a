import { sql } from 'drizzle-orm';
import type { OrganisationRole } from '#shared/contract/central/people/roles.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Database } from '../db/database.ts';
import { firstRowOf } from '../db/rows.ts';
import type { Person } from './person.ts';
import { type Problem, refuseWith } from './problems.ts';

/**
 * Who may make a call.
 *
 * - `own`: everybody who is signed in, about themselves
 * - `organisation`: members of the path's organisation who have one of the roles
 * - `platform`: those who run the system as a whole
 */
export type Access =
  | { readonly scope: 'own' }
  | { readonly scope: 'organisation'; readonly roles: readonly OrganisationRole[] }
  | { readonly scope: 'platform' };

/** Reads are open to every role. */
export const EVERY_ROLE: readonly OrganisationRole[] = [
  'admin',
  'supervisor',
  'operator',
  'regulator',
];

const ORGANISATION = 'organisationId';

/** For each id that may stand in a path: its table, and how its organisation is found from a row. */
export const OWNERS = {
  userId: ['organization_users', 'user_id', 'organization_id'],
  venueId: ['venues', 'id', 'organization_id'],
  operatorId: ['operators', 'id', 'organization_id'],
  profileId: ['jurisdiction_profiles', 'id', 'organization_id'],
  packageTemplateId: ['ticket_package_templates', 'id', 'organization_id'],
  prizeTemplateId: ['prize_templates', 'id', 'organization_id'],
  raffleEventId: ['raffle_events', 'id', 'organization_id'],
  packageId: [
    'ticket_packages JOIN raffle_events event ON event.id = event_id',
    'ticket_packages.id',
    'organization_id',
  ],
  prizeId: [
    'prizes JOIN raffle_events event ON event.id = event_id',
    'prizes.id',
    'organization_id',
  ],
  rsuId: ['rsus', 'id', 'organization_id'],
  missingReportId: [
    'rsu_missing_reports missing JOIN rsus ON rsus.id = rsu_id',
    'missing.id',
    'organization_id',
  ],
  corruptionId: [
    'rsu_corruption_log entry JOIN rsus ON rsus.id = rsu_id',
    'entry.id',
    'organization_id',
  ],
  commandId: [
    'rsu_commands command JOIN rsus ON rsus.id = rsu_id',
    'command.id',
    'organization_id',
  ],
  chainId: ['chains JOIN rsus ON rsus.id = chains.rsu_id', 'chains.id', 'organization_id'],
  orderId: [
    'orders JOIN raffle_events event ON event.id = event_id',
    'orders.id',
    'organization_id',
  ],
  quarantineId: [
    'journal_quarantine JOIN rsus ON rsus.id = rsu_id',
    'journal_quarantine.id',
    'organization_id',
  ],
  voidRequestId: ['void_requests', 'id', 'organization_id'],
  allocationId: [
    'rsu_allocations JOIN rsus ON rsus.id = rsu_id',
    'rsu_allocations.id',
    'organization_id',
  ],
  drawExecutionId: [
    'draw_executions JOIN raffle_events event ON event.id = raffle_event_id',
    'draw_executions.id',
    'organization_id',
  ],
  drawResultId: [
    `draw_results JOIN draw_executions execution ON execution.id = draw_execution_id
     JOIN raffle_events event ON event.id = raffle_event_id`,
    'draw_results.id',
    'organization_id',
  ],
  secondDrawRequestId: [
    `second_draw_requests request JOIN draw_results result ON result.id = draw_result_id
     JOIN draw_executions execution ON execution.id = result.draw_execution_id
     JOIN raffle_events event ON event.id = raffle_event_id`,
    'request.id',
    'organization_id',
  ],
  counterfoilPrintId: [
    'counterfoil_prints print JOIN raffle_events event ON event.id = raffle_event_id',
    'print.id',
    'organization_id',
  ],
  claimId: [
    `prize_claims JOIN draw_results result ON result.id = draw_result_id
     JOIN draw_executions execution ON execution.id = draw_execution_id
     JOIN raffle_events event ON event.id = raffle_event_id`,
    'prize_claims.id',
    'organization_id',
  ],
} as const satisfies Readonly<Record<string, readonly [string, string, string]>>;

/** The ids of a path that must belong to its organisation. Throws for one that nobody has listed. */
export function ownedParameters(url: string): readonly (keyof typeof OWNERS)[] {
  return [...url.matchAll(/:(\w+)/g)]
    .map(([, name = '']) => name)
    .filter((name) => name.endsWith('Id') && name !== ORGANISATION)
    .map((name) => {
      invariant(isOwned(name), `${url}: say in access.ts whose ${name} is`);
      return name;
    });
}

function isOwned(name: string): name is keyof typeof OWNERS {
  return Object.hasOwn(OWNERS, name);
}

/**
 * Whether `person` may make a call with these path parameters.
 *
 * What belongs to another organisation is answered as if it did not exist, so that asking reveals
 * nothing.
 */
export async function authorise(
  database: Database,
  person: Person,
  access: Access,
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Result<void, Problem>> {
  if (access.scope === 'own') return ok(undefined);
  if (access.scope === 'platform') {
    return person.isPlatformAdministrator
      ? ok(undefined)
      : refuseWith('role.insufficient', 'this is for those who run the system');
  }
  const organisationId = parameters[ORGANISATION];
  const membership = person.memberships.find((each) => each.organisationId === organisationId);
  if (membership === undefined) {
    return refuseWith('organisation.unknown', 'no such organisation');
  }
  if (!access.roles.includes(membership.role)) {
    return refuseWith('role.insufficient', `this needs the role ${access.roles.join(' or ')}`);
  }
  for (const name of ownedParameters(url)) {
    const id = parameters[name] ?? '';
    if (!isUuid(id) || !(await belongsTo(database, name, id, membership.organisationId))) {
      return refuseWith('thing.unknown', `no such ${name.slice(0, -'Id'.length)}`);
    }
  }
  return ok(undefined);
}

async function belongsTo(
  database: Database,
  name: keyof typeof OWNERS,
  id: string,
  organisationId: string,
): Promise<boolean> {
  const [tables, idColumn, ownerColumn] = OWNERS[name];
  const row = await firstRowOf<object>(
    database,
    sql`SELECT 1 FROM ${sql.raw(tables)}
        WHERE ${sql.raw(idColumn)} = ${id} AND ${sql.raw(ownerColumn)} = ${organisationId}`,
  );
  return row !== undefined;
}
