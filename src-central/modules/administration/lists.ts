import { sql } from 'drizzle-orm';
import type { OrganisationId, RaffleEventId, RsuId } from '#shared/kernel/ids.ts';
import type { Queryable } from '../../db/database.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';
import type { StoredRaffleEventState } from '../../db/schema/raffle-events.ts';

/** An organisation, for a program that sets a system up. */
export interface OrganisationLine {
  readonly organisationId: OrganisationId;
  readonly name: string;
  readonly currency: string;
}

const ORGANISATIONS = sql`
  SELECT id AS "organisationId", name, primary_currency AS currency FROM organizations`;

/** Every organisation, by name. */
export function listOrganisations(database: Queryable): Promise<readonly OrganisationLine[]> {
  return rowsOf(database, sql`${ORGANISATIONS} ORDER BY name, id`);
}

/** One organisation. */
export function findOrganisation(
  database: Queryable,
  organisationId: OrganisationId,
): Promise<OrganisationLine | undefined> {
  return firstRowOf(database, sql`${ORGANISATIONS} WHERE id = ${organisationId}`);
}

/** A raffle event, for a program that sets a system up. */
export interface RaffleEventLine {
  readonly raffleEventId: RaffleEventId;
  readonly name: string;
  readonly eventIdentifier: string;
  readonly state: StoredRaffleEventState;
}

/** The raffle events of an organisation, newest first. */
export function listRaffleEvents(
  database: Queryable,
  organisationId: OrganisationId,
): Promise<readonly RaffleEventLine[]> {
  return rowsOf(
    database,
    sql`SELECT id AS "raffleEventId", name, event_identifier AS "eventIdentifier", state
      FROM raffle_events WHERE organization_id = ${organisationId} ORDER BY created_at DESC, id`,
  );
}

/** An RSU, for a program that sets a system up. */
export interface RsuLine {
  readonly rsuId: RsuId;
  readonly name: string;
  readonly deviceIdentifier: string;
  readonly state: string;
  readonly isEnabled: boolean;
}

/** The devices of an organisation, by name. */
export function listRsuLines(
  database: Queryable,
  organisationId: OrganisationId,
): Promise<readonly RsuLine[]> {
  return rowsOf(
    database,
    sql`SELECT id AS "rsuId", name, device_identifier AS "deviceIdentifier", state,
        is_active AS "isEnabled"
      FROM rsus WHERE organization_id = ${organisationId} AND state <> 'virtual' ORDER BY name, id`,
  );
}
