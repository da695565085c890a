import { eq } from 'drizzle-orm';
import type { OrganisationId, RsuId, VenueId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Central } from '../../central.ts';
import { type Database, transactAs } from '../../db/database.ts';
import { rsus } from '../../db/schema/rsus.ts';
import { issueCode } from '../enrolment/issue-codes.ts';
import { registerRsu } from '../rsus/register-rsus.ts';

/** Registers an RSU for a program that sets a system up. Throws if that is refused. */
export function createRsu(
  central: Central,
  actor: string,
  rsu: {
    readonly organisationId: OrganisationId;
    readonly venueId: VenueId | null;
    readonly name: string;
    readonly deviceIdentifier: string;
  },
): Promise<RsuId> {
  return transactAs(central.database, actor, async (transaction) => {
    const registered = await registerRsu(central, transaction, rsu.organisationId, {
      ...rsu,
      description: null,
      configuration: { allocationSize: null, validationBlockSize: null },
    });
    invariant(registered.ok, `${rsu.deviceIdentifier} cannot be registered`);
    return registered.value;
  });
}

/** An RSU and where it stands. */
export interface RsuPlace {
  readonly rsuId: RsuId;
  readonly organisationId: OrganisationId;
  readonly venueId: VenueId | null;
}

/** The RSU with this device identifier. */
export async function findRsu(
  database: Database,
  deviceIdentifier: string,
): Promise<RsuPlace | undefined> {
  const [row] = await database
    .select({ rsuId: rsus.id, organisationId: rsus.organizationId, venueId: rsus.venueId })
    .from(rsus)
    .where(eq(rsus.deviceIdentifier, deviceIdentifier));
  return row as RsuPlace | undefined;
}

/** Enables or disables an RSU, for a program that sets a system up. */
export async function setRsuEnabled(
  central: Central,
  actor: string,
  rsuId: RsuId,
  isActive: boolean,
): Promise<void> {
  await transactAs(central.database, actor, (transaction) =>
    transaction.update(rsus).set({ isActive, updatedAt: central.now() }).where(eq(rsus.id, rsuId)),
  );
}

/** An enrolment code, for a program that sets a system up. */
export function issueEnrolmentCode(
  central: Central,
  actor: string,
  rsuId: RsuId,
  expiresAt: Date,
): Promise<string> {
  return transactAs(central.database, actor, (transaction) =>
    issueCode(central, transaction, actor, rsuId, expiresAt),
  );
}
