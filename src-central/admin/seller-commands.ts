import { randomInt } from 'node:crypto';
import { operatorSchema } from '#shared/contract/mirror/operator.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { createOperator } from '../modules/administration/organisations.ts';
import { adminCommand } from './admin-command.ts';
import { knownOrganisation } from './known-organisation.ts';

const PIN_DIGITS = 6;

const { number, displayName, role } = operatorSchema.shape;

/** The people at the tills. */
export const SELLER_COMMANDS = [
  adminCommand({
    name: 'seller add',
    summary: 'Let somebody sign in at the tills, with a first PIN that is shown once',
    options: { organisation: idSchema<OrganisationId>(), number, name: displayName.min(1), role },
    async run({ central, actor }, { organisation, name, ...seller }) {
      const known = await knownOrganisation(central, organisation);
      if (!known.ok) return known;
      const pin = String(randomInt(10 ** PIN_DIGITS)).padStart(PIN_DIGITS, '0');
      const operatorId = await createOperator(central, actor, {
        ...seller,
        organisationId: organisation,
        displayName: name,
        badge: null,
        pin,
        mustChangePin: true,
        expiresAt: null,
      });
      return ok({
        facts: { operatorId, pin },
        lines: [`seller ${operatorId}`, `first PIN ${pin}, to be changed at the first sign-in`],
      });
    },
  }),
];
