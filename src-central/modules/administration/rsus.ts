import { eq } from 'drizzle-orm';
import type { OrganisationId, RsuId, VenueId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Central } from '../../central.ts';
import { type Database, transactAs } from '../../db/database.ts';
import { enrolmentCodes, rsus } from '../../db/schema/rsus.ts';
import { enrolmentCodeHash, formatEnrolmentCode } from '../enrolment/enrolment-code.ts';

/** A new RSU: un-enrolled and disabled (GLI-31 6.1.3). */
export async function createRsu(
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
    const [row] = await transaction
      .insert(rsus)
      .values({
        organizationId: rsu.organisationId,
        venueId: rsu.venueId,
        name: rsu.name,
        deviceIdentifier: rsu.deviceIdentifier,
      })
      .returning({ id: rsus.id });
    invariant(row !== undefined, 'an insert returns its row');
    return row.id as RsuId;
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

/** Enables or disables an RSU. A disabled one uploads what it sold, and does nothing else. */
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

/** A code with which one device can become this RSU, once, before `expiresAt`. Kept as a hash only. */
export async function issueEnrolmentCode(
  central: Central,
  actor: string,
  rsuId: RsuId,
  expiresAt: Date,
): Promise<string> {
  const code = formatEnrolmentCode(central.randomBytes(12));
  await transactAs(central.database, actor, (transaction) =>
    transaction
      .insert(enrolmentCodes)
      .values({ rsuId, codeHash: enrolmentCodeHash(code), expiresAt, createdBy: actor }),
  );
  return code;
}
