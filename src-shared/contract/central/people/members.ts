import { z } from 'zod';
import type { OrganisationId, UserId } from '#shared/kernel/ids.ts';
import { currencySchema, idSchema, instantSchema, textSchema } from '../../values.ts';
import { pageQuery, pageSchema } from './paging.ts';
import { organisationRoleSchema } from './roles.ts';

/** The subject that the identity provider gave to a person. */
export const subjectSchema = textSchema(255).min(1);

/** The person who asks, and where they belong. */
export const meSchema = z
  .strictObject({
    userId: idSchema<UserId>(),
    logonName: textSchema(255),
    displayName: textSchema(255),
    isPlatformAdministrator: z.boolean(),
    memberships: z.array(
      z.strictObject({
        organisationId: idSchema<OrganisationId>(),
        organisationName: z.string(),
        role: organisationRoleSchema,
        isDefault: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Me' });

/** The organisation that a person's client opens with. */
export const defaultOrganisationSchema = z
  .strictObject({ organisationId: idSchema<OrganisationId>() })
  .meta({ id: 'DefaultOrganisation' });

/** A person in an organisation. */
export const memberSchema = z
  .strictObject({
    userId: idSchema<UserId>(),
    subject: z.string(),
    displayName: z.string(),
    role: organisationRoleSchema,
    isActive: z.boolean(),
    lastSignInAt: instantSchema.nullable(),
    joinedAt: instantSchema,
  })
  .meta({ id: 'Member' });

export type Member = z.infer<typeof memberSchema>;

/** A person is added by the subject that their identity provider knows them by. */
export const newMemberSchema = z
  .strictObject({
    subject: subjectSchema,
    /** Shown until the person's first sign-in brings their own. */
    displayName: textSchema(255).min(1),
    role: organisationRoleSchema,
  })
  .meta({ id: 'NewMember' });

export type NewMember = z.infer<typeof newMemberSchema>;

export const memberRoleSchema = z
  .strictObject({ role: organisationRoleSchema })
  .meta({ id: 'MemberRole' });

export const memberPageQuerySchema = z.strictObject(pageQuery);

export const memberPageSchema = pageSchema(memberSchema).meta({ id: 'MemberPage' });

/** A new organisation and its first admin. */
export const newOrganisationSchema = z
  .strictObject({
    name: textSchema(80).min(1),
    licenceNumber: textSchema(40).min(1).nullable(),
    currency: currencySchema,
    admin: z.strictObject({ subject: subjectSchema, displayName: textSchema(255).min(1) }),
  })
  .meta({ id: 'NewOrganisation' });

export type NewOrganisation = z.infer<typeof newOrganisationSchema>;

export const createdOrganisationSchema = z
  .strictObject({ organisationId: idSchema<OrganisationId>() })
  .meta({ id: 'CreatedOrganisation' });
