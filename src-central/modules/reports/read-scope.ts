import { sql } from 'drizzle-orm';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Person } from '../../api/person.ts';
import type { Central } from '../../central.ts';
import type { Queryable } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { numberPlanSchema, raffleEventConfigurationSchema } from '../../raffle-event-settings.ts';
import { serverTime } from '../devices/control.ts';
import type { ReportScope } from './report.ts';

/** What every report says of itself, for a raffle event that exists. */
export async function readScope(
  central: Central,
  database: Queryable,
  person: Person,
  raffleEventId: ReportScope['raffleEventId'],
  filters: ReportScope['filters'],
): Promise<ReportScope> {
  const row = await firstRowOf<ScopeRow>(
    database,
    sql`SELECT event.name AS "raffleEventName", event_identifier AS "eventIdentifier",
        organization.id AS "organisationId", organization.name AS "organisationName",
        license_number AS "organisationLicence", primary_currency AS currency,
        venue.name AS "venueName", coalesce(venue.timezone, 'UTC') AS "timeZone",
        configuration, ticket_allocation AS plan
      FROM raffle_events event
      JOIN organizations organization ON organization.id = event.organization_id
      LEFT JOIN venues venue ON venue.id = event.venue_id
      WHERE event.id = ${raffleEventId}`,
  );
  invariant(row !== undefined, 'a raffle event in a checked path exists');
  const { organisationLicence, configuration, plan, ...facts } = row;
  return {
    raffleEventId,
    ...facts,
    licenceNumber:
      raffleEventConfigurationSchema.parse(configuration).licenceNumber ?? organisationLicence,
    numberSpace: numberPlanSchema.parse(plan).numberSpace,
    isDemo: central.isDemo,
    generatedAt: serverTime(central),
    generatedBy: person.displayName,
    filters,
  };
}

interface ScopeRow
  extends Pick<
    ReportScope,
    | 'raffleEventName'
    | 'eventIdentifier'
    | 'organisationId'
    | 'organisationName'
    | 'currency'
    | 'venueName'
    | 'timeZone'
  > {
  readonly organisationLicence: string | null;
  readonly configuration: unknown;
  readonly plan: unknown;
}
