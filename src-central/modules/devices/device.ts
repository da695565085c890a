import { eq } from 'drizzle-orm';
import type { DeviceState } from '#shared/contract/journal/download-entries.ts';
import type { ChainId, OrganisationId, RsuId, VenueId } from '#shared/kernel/ids.ts';
import type { Queryable } from '../../db/database.ts';
import { chains, rsus } from '../../db/schema/rsus.ts';

/** A device that proved who it is, and what it may do now. */
export interface Device {
  readonly chainId: ChainId;
  readonly rsuId: RsuId;
  readonly organisationId: OrganisationId;
  readonly venueId: VenueId | null;
  readonly publicKey: Uint8Array;
  readonly state: DeviceState;
}

/** The device whose journal is `chainId`; `undefined` if no enrolment has that chain. */
export async function findDevice(
  database: Queryable,
  chainId: ChainId,
): Promise<Device | undefined> {
  const [row] = await database
    .select({
      rsuId: rsus.id,
      organisationId: rsus.organizationId,
      venueId: rsus.venueId,
      publicKey: chains.devicePublicKey,
      isActive: rsus.isActive,
      rsuState: rsus.state,
      chainState: chains.state,
    })
    .from(chains)
    .innerJoin(rsus, eq(rsus.id, chains.rsuId))
    .where(eq(chains.id, chainId));
  if (row === undefined) return undefined;
  return {
    chainId,
    rsuId: row.rsuId as RsuId,
    organisationId: row.organisationId as OrganisationId,
    venueId: row.venueId as VenueId | null,
    publicKey: row.publicKey,
    state: deviceState(row),
  };
}

/** Enrolled and enabled are two things; only both together may sell (GLI-31 6.1.3). */
function deviceState(row: {
  readonly isActive: boolean;
  readonly rsuState: string;
  readonly chainState: string;
}): DeviceState {
  if (row.chainState !== 'active' || row.rsuState !== 'enrolled') return 'revoked';
  return row.isActive ? 'enabled' : 'disabled';
}
