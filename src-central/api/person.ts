import type { OrganisationRole } from '#shared/contract/central/people/roles.ts';
import type { OrganisationId, PersonSessionId, UserId } from '#shared/kernel/ids.ts';

/** What a person is in one organisation. */
export interface Membership {
  readonly organisationId: OrganisationId;
  readonly organisationName: string;
  readonly role: OrganisationRole;
  readonly isDefault: boolean;
}

/** A person who has proved who they are. Also the `Actor` of what they change. */
export interface Person {
  readonly userId: UserId;
  readonly sessionId: PersonSessionId;
  readonly logonName: string;
  readonly displayName: string;
  readonly isPlatformAdministrator: boolean;
  readonly memberships: readonly Membership[];
}
