import { newMemberSchema, newOrganisationSchema } from '#shared/contract/central/people/members.ts';
import { idSchema, textSchema, timeZoneSchema } from '#shared/contract/values.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { transactAs } from '../db/database.ts';
import { transactOrUndo } from '../db/transact-or-undo.ts';
import { listOrganisations } from '../modules/administration/lists.ts';
import { createVenue } from '../modules/administration/organisations.ts';
import { addMember, foundOrganisation } from '../modules/members/service.ts';
import { adminCommand } from './admin-command.ts';
import { knownOrganisation } from './known-organisation.ts';

const { name, currency, admin } = newOrganisationSchema.shape;
const { subject, displayName, role } = newMemberSchema.shape;

/** Organisations, their people and their places. */
export const ORGANISATION_COMMANDS = [
  adminCommand({
    name: 'organisation create',
    summary: 'Make an organisation and its first admin',
    options: {
      name,
      licence: textSchema(40).min(1).optional(),
      currency,
      admin: admin.shape.subject,
      'admin-name': admin.shape.displayName,
    },
    async run({ central, actor }, { licence, admin: subject, 'admin-name': displayName, ...rest }) {
      const organisationId = await transactAs(central.database, actor, (transaction) =>
        foundOrganisation(central, transaction, {
          ...rest,
          licenceNumber: licence ?? null,
          admin: { subject, displayName },
        }),
      );
      return ok({ facts: { organisationId }, lines: [`organisation ${organisationId}`] });
    },
  }),
  adminCommand({
    name: 'organisation list',
    summary: 'List the organisations',
    options: {},
    async run({ central }) {
      const organisations = await listOrganisations(central.database);
      return ok({
        facts: { organisations: organisations.map((each) => ({ ...each })) },
        lines: organisations.map(
          (each) => `${each.organisationId}  ${each.currency}  ${each.name}`,
        ),
      });
    },
  }),
  adminCommand({
    name: 'user add',
    summary: 'Give a person of the identity provider a role',
    options: { organisation: idSchema<OrganisationId>(), subject, name: displayName, role },
    async run({ central, actor }, { organisation, name: displayName, ...member }) {
      const known = await knownOrganisation(central, organisation);
      if (!known.ok) return known;
      const added = await transactOrUndo(central.database, actor, (transaction) =>
        addMember(central, transaction, organisation, { ...member, displayName }),
      );
      if (!added.ok) return added;
      const { userId } = added.value;
      return ok({ facts: { userId }, lines: [`user ${userId}`] });
    },
  }),
  adminCommand({
    name: 'venue create',
    summary: 'Make a venue',
    options: {
      organisation: idSchema<OrganisationId>(),
      name: textSchema(80).min(1),
      'time-zone': timeZoneSchema,
    },
    async run({ central, actor }, { organisation, name: venueName, 'time-zone': timeZone }) {
      const known = await knownOrganisation(central, organisation);
      if (!known.ok) return known;
      const venue = { organisationId: organisation, name: venueName, timeZone };
      const venueId = await createVenue(central, actor, venue);
      return ok({ facts: { venueId }, lines: [`venue ${venueId}`] });
    },
  }),
];
