import { eq, sql } from 'drizzle-orm';
import type {
  Address,
  ChangedVenue,
  NewVenue,
  Venue,
} from '#shared/contract/central/people/venues.ts';
import type { OrganisationId, VenueId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Author } from '../../api/catalogue.ts';
import type { Transaction } from '../../db/database.ts';
import { addresses, venues } from '../../db/schema/organisations.ts';

/** A row of `venuesOf`. */
export interface VenueRow {
  readonly id: VenueId;
  readonly name: string;
  readonly description: string | null;
  readonly capacity: number | null;
  readonly timeZone: string;
  readonly isActive: boolean;
  readonly address: Address | null;
  readonly revision: string;
}

/** The venues of an organisation. The revision counts changes of the address as well. */
export function venuesOf(organisationId: OrganisationId, isActive: boolean | undefined) {
  return sql`SELECT venue.id, name, description, capacity, coalesce(timezone, 'UTC') AS "timeZone",
      is_active AS "isActive", venue.xmin::TEXT AS revision,
      CASE WHEN address.id IS NOT NULL THEN json_build_object('street', street, 'city', city,
        'state', state, 'zipCode', zip_code, 'country', country) END AS address
    FROM venues venue LEFT JOIN addresses address ON address.id = address_id
    WHERE organization_id = ${organisationId}
    ${isActive === undefined ? sql`` : sql`AND is_active = ${isActive}`}`;
}

/** A row as the contract shows it. */
export function venueOf({ id, ...row }: VenueRow): Venue {
  return { venueId: id, ...row };
}

/** Adds a venue with its address. */
export async function insertVenue(
  transaction: Transaction,
  organisationId: OrganisationId,
  { address, timeZone, ...body }: NewVenue,
  { userId, now }: Author,
): Promise<VenueId> {
  const [row] = await transaction
    .insert(venues)
    .values({
      organizationId: organisationId,
      ...body,
      addressId: await keepAddress(transaction, null, address),
      timezone: timeZone,
      createdAt: now,
      createdBy: userId,
      updatedAt: now,
      updatedBy: userId,
    })
    .returning({ id: venues.id });
  invariant(row !== undefined, 'an insert returns its row');
  return row.id as VenueId;
}

/** Changes a venue and its address. Tills learn of the name and the time zone by their mirror. */
export async function updateVenue(
  transaction: Transaction,
  id: string,
  { address, timeZone, ...body }: ChangedVenue,
  { userId, now }: Author,
): Promise<void> {
  const [row] = await transaction
    .select({ addressId: venues.addressId })
    .from(venues)
    .where(eq(venues.id, id));
  const addressId = await keepAddress(transaction, row?.addressId ?? null, address);
  await transaction
    .update(venues)
    .set({ ...body, addressId, timezone: timeZone, updatedAt: now, updatedBy: userId })
    .where(eq(venues.id, id));
}

/** Writes the address of a venue into the row that it has, or a new one; the id of that row. */
async function keepAddress(
  transaction: Transaction,
  present: string | null,
  address: Address | null,
): Promise<string | null> {
  if (address === null) return null;
  if (present !== null) {
    await transaction.update(addresses).set(address).where(eq(addresses.id, present));
    return present;
  }
  const [row] = await transaction.insert(addresses).values(address).returning({ id: addresses.id });
  invariant(row !== undefined, 'an insert returns its row');
  return row.id;
}
