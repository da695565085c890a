import { z } from 'zod';

/** What a person may do in an organisation. A regulator reads everything and changes nothing. */
export const ORGANISATION_ROLES = ['admin', 'supervisor', 'operator', 'regulator'] as const;

export const organisationRoleSchema = z.enum(ORGANISATION_ROLES).meta({ id: 'OrganisationRole' });

export type OrganisationRole = z.infer<typeof organisationRoleSchema>;
