import type { OperatorRole } from '#shared/contract/mirror/operator.ts';
import type { OperatorId, OrganisationId, VenueId } from '#shared/kernel/ids.ts';
import type { Central } from '../../central.ts';
import { transactAs } from '../../db/database.ts';
import { hashPin } from '../operators/pin-credential.ts';
import { insertOperator, type OperatorFacts } from '../operators/repository.ts';
import { insertOrganisation, type OrganisationFacts } from '../organisations/repository.ts';
import { insertVenue } from '../venues/repository.ts';

/** A new organisation, made by a program. */
export function createOrganisation(
  central: Central,
  actor: string,
  organisation: OrganisationFacts,
): Promise<OrganisationId> {
  return transactAs(central.database, actor, (transaction) =>
    insertOrganisation(transaction, organisation),
  );
}

/** A new venue, made by a program. `timeZone` is an IANA name. */
export function createVenue(
  central: Central,
  actor: string,
  venue: {
    readonly organisationId: OrganisationId;
    readonly name: string;
    readonly timeZone: string;
  },
): Promise<VenueId> {
  const { organisationId, ...facts } = venue;
  const body = { ...facts, description: null, address: null, capacity: null };
  return transactAs(central.database, actor, (transaction) =>
    insertVenue(transaction, organisationId, body, authorOf(central)),
  );
}

/** Somebody who may sign in at the organisation's tills. */
export interface ProgrammedOperator extends Omit<OperatorFacts, 'spareName'> {
  readonly organisationId: OrganisationId;
  readonly role: OperatorRole;
  readonly pin: string;
}

/** Adds an operator for a program, which chooses the PIN and whether it must be changed. */
export async function createOperator(
  central: Central,
  actor: string,
  { organisationId, pin, ...facts }: ProgrammedOperator,
): Promise<OperatorId> {
  const hashed = await hashPin(central, pin);
  return transactAs(central.database, actor, (transaction) =>
    insertOperator(
      transaction,
      organisationId,
      { ...facts, spareName: null },
      hashed,
      authorOf(central),
    ),
  );
}

function authorOf(central: Central) {
  return { userId: null, now: central.now() };
}
