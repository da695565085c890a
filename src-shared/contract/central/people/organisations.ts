import { z } from 'zod';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { currencySchema, idSchema, textSchema } from '../../values.ts';
import { pageQuery, pageSchema } from './paging.ts';

/** What an organisation decides for itself; what is not set has its default. */
export const organisationSettingsSchema = z
  .strictObject({
    /** How many digits a PIN has that the central makes. */
    pinDigits: z.int().min(4).max(12).default(6),
    /** Days after which a new credential is refused at tills; null if it stays. */
    credentialDays: z.int().min(1).max(3_650).nullable().default(null),
  })
  .meta({ id: 'OrganisationSettings' });

export type OrganisationSettings = z.infer<typeof organisationSettingsSchema>;

const fields = {
  name: textSchema(80).min(1),
  description: textSchema(400).min(1).nullable(),
  /** Printed on tickets of raffle events that have no licence of their own. */
  licenceNumber: textSchema(40).min(1).nullable(),
  currency: currencySchema,
};

/** All of it, as it is to be. */
export const changedOrganisationSchema = z
  .strictObject({ ...fields, settings: organisationSettingsSchema })
  .meta({ id: 'ChangedOrganisation' });

export type ChangedOrganisation = z.infer<typeof changedOrganisationSchema>;

/** Whoever runs raffles under a licence. */
export const organisationSchema = z
  .strictObject({
    organisationId: idSchema<OrganisationId>(),
    ...fields,
    settings: organisationSettingsSchema,
    revision: z.string(),
  })
  .meta({ id: 'Organisation' });

export type Organisation = z.infer<typeof organisationSchema>;

export const organisationPageQuerySchema = z.strictObject(pageQuery);

export const organisationPageSchema = pageSchema(organisationSchema).meta({
  id: 'OrganisationPage',
});
