import { type BinaryLike, type ScryptOptions, scrypt as scryptWithCallback } from 'node:crypto';
import { promisify } from 'node:util';
import type { OperatorRole } from '#shared/contract/mirror/operator.ts';
import type { OperatorId, OrganisationId, VenueId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Central } from '../../central.ts';
import { type Transaction, transactAs } from '../../db/database.ts';
import {
  operatorCredentials,
  operators,
  organizations,
  venues,
} from '../../db/schema/organisations.ts';

const scrypt = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scryptWithCallback);

/** scrypt at about 0.1 s and 32 MB a guess (GLI-31 5.2.2). */
const PIN_COST = { cost: 2 ** 15, blockSize: 8, parallelism: 1 } as const;

/** What an organisation is made from. */
export interface OrganisationFacts {
  readonly name: string;
  readonly licenceNumber: string | null;
  readonly currency: string;
}

/** A new organisation. */
export async function createOrganisation(
  central: Central,
  actor: string,
  organisation: OrganisationFacts,
): Promise<OrganisationId> {
  return transactAs(central.database, actor, (transaction) =>
    insertOrganisation(transaction, organisation),
  );
}

/** A new organisation, inside a transaction. */
export async function insertOrganisation(
  transaction: Transaction,
  organisation: OrganisationFacts,
): Promise<OrganisationId> {
  const [row] = await transaction
    .insert(organizations)
    .values({
      name: organisation.name,
      licenseNumber: organisation.licenceNumber,
      primaryCurrency: organisation.currency,
    })
    .returning({ id: organizations.id });
  invariant(row !== undefined, 'an insert returns its row');
  return row.id as OrganisationId;
}

/** A new venue of an organisation. `timeZone` is an IANA name. */
export async function createVenue(
  central: Central,
  actor: string,
  venue: {
    readonly organisationId: OrganisationId;
    readonly name: string;
    readonly timeZone: string;
  },
): Promise<VenueId> {
  return transactAs(central.database, actor, async (transaction) => {
    const [row] = await transaction
      .insert(venues)
      .values({
        organizationId: venue.organisationId,
        name: venue.name,
        timezone: venue.timeZone,
      })
      .returning({ id: venues.id });
    invariant(row !== undefined, 'an insert returns its row');
    return row.id as VenueId;
  });
}

/** Somebody who may sign in at the organisation's tills. */
export interface NewOperator {
  readonly organisationId: OrganisationId;
  readonly displayName: string;
  readonly number: string;
  readonly badge: string | null;
  readonly role: OperatorRole;
  readonly pin: string;
  readonly mustChangePin: boolean;
  readonly expiresAt: Date | null;
}

/** Adds an operator. The PIN is hashed at once and kept nowhere. */
export async function createOperator(
  central: Central,
  actor: string,
  operator: NewOperator,
): Promise<OperatorId> {
  const salt = central.randomBytes(16);
  const { cost, blockSize, parallelism } = PIN_COST;
  const hash = await scrypt(operator.pin, salt, 32, {
    N: cost,
    r: blockSize,
    p: parallelism,
    maxmem: 256 * cost * blockSize,
  });
  return transactAs(central.database, actor, async (transaction) => {
    const [row] = await transaction
      .insert(operators)
      .values({
        organizationId: operator.organisationId,
        displayName: operator.displayName,
        number: operator.number,
        badge: operator.badge,
        role: operator.role,
        mustChangePin: operator.mustChangePin,
        expiresAt: operator.expiresAt,
      })
      .returning({ id: operators.id });
    invariant(row !== undefined, 'an insert returns its row');
    await transaction
      .insert(operatorCredentials)
      .values({ operatorId: row.id, algorithm: 'scrypt', salt, hash, ...PIN_COST });
    return row.id as OperatorId;
  });
}
