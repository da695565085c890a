import { deviceIdentifierSchema, reasonSchema } from '#shared/contract/central/people/rsus.ts';
import { idSchema, textSchema } from '#shared/contract/values.ts';
import { centralFingerprint } from '#shared/domain/central-proof.ts';
import type { OrganisationId, RsuId, VenueId } from '#shared/kernel/ids.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { Transaction } from '../db/database.ts';
import { transactOrUndo } from '../db/transact-or-undo.ts';
import { listRsuLines } from '../modules/administration/lists.ts';
import { issueCodes } from '../modules/enrolment/issue-codes.ts';
import { changeStandings } from '../modules/rsus/change-standing.ts';
import { registerRsu } from '../modules/rsus/register-rsus.ts';
import {
  type AdminAnswer,
  type AdminContext,
  type AdminRefusal,
  adminCommand,
} from './admin-command.ts';
import { knownOrganisation } from './known-organisation.ts';
import { countOption } from './option-schemas.ts';
import { qrText } from './qr-text.ts';

const HOUR_MINUTES = 60;
const CODE_HOURS = 24;

const organisation = idSchema<OrganisationId>();
const codeHours = countOption
  .refine((hours) => hours <= 7 * 24, 'must be at most a week')
  .default(CODE_HOURS);
const change = { organisation, rsu: idSchema<RsuId>(), reason: reasonSchema };

/** Tills: what there are, how devices become them, and which may sell. */
export const RSU_COMMANDS = [
  adminCommand({
    name: 'rsu create',
    summary: 'Register an RSU, disabled, and show a code to enrol a device as it',
    options: {
      organisation,
      name: textSchema(30).trim().min(1),
      device: deviceIdentifierSchema,
      venue: idSchema<VenueId>().optional(),
      'code-hours': codeHours,
    },
    async run(context, { name, device, venue, 'code-hours': hours, ...options }) {
      const { central, actor } = context;
      const known = await knownOrganisation(central, options.organisation);
      if (!known.ok) return known;
      return transactOrUndo(central.database, actor, async (transaction) => {
        const registered = await registerRsu(central, transaction, options.organisation, {
          name,
          description: null,
          deviceIdentifier: device,
          venueId: venue ?? null,
          configuration: { allocationSize: null, validationBlockSize: null },
        });
        if (!registered.ok) return registered;
        return showCode(context, transaction, options.organisation, registered.value, hours);
      });
    },
  }),
  adminCommand({
    name: 'rsu code',
    summary: 'Show a new code to enrol a device as an RSU; an unused one ends',
    options: { organisation, rsu: idSchema<RsuId>(), 'code-hours': codeHours },
    run: (context, { organisation: of, rsu, 'code-hours': hours }) =>
      transactOrUndo(context.central.database, context.actor, (transaction) =>
        showCode(context, transaction, of, rsu, hours),
      ),
  }),
  adminCommand({
    name: 'rsu enable',
    summary: 'Let an RSU sell as soon as it is enrolled',
    options: change,
    run: (context, options) => changeStanding(context, options, 'enable'),
  }),
  adminCommand({
    name: 'rsu disable',
    summary: 'Stop an RSU',
    options: change,
    run: (context, options) => changeStanding(context, options, 'disable'),
  }),
  adminCommand({
    name: 'rsu list',
    summary: 'List the RSUs of an organisation',
    options: { organisation },
    async run({ central }, options) {
      const rsus = await listRsuLines(central.database, options.organisation);
      return ok({
        facts: { rsus: rsus.map((each) => ({ ...each })) },
        lines: rsus.map(
          (each) =>
            `${each.rsuId}  ${each.state}  ${each.isEnabled ? 'enabled' : 'disabled'}  ${each.name}`,
        ),
      });
    },
  }),
];

async function showCode(
  { central, actor }: AdminContext,
  transaction: Transaction,
  organisationId: OrganisationId,
  rsuId: RsuId,
  hours: number,
): Promise<Result<AdminAnswer, AdminRefusal>> {
  const validMinutes = hours * HOUR_MINUTES;
  const wanted = { rsuIds: [rsuId], validMinutes };
  const { results } = await issueCodes(central, transaction, organisationId, actor, wanted);
  const [issued] = results;
  if (issued?.outcome !== 'done') return refuse(issued ?? NOTHING);
  const { code, qrPayload, expiresAt } = issued;
  const fingerprint = centralFingerprint(central.identity.publicKey);
  return ok({
    facts: { rsuId, code, qrPayload, fingerprint, expiresAt },
    lines: [
      `rsu ${rsuId}`,
      `enrolment code ${code}, until ${expiresAt}`,
      `fingerprint of the central ${fingerprint}`,
      ...qrText(qrPayload),
    ],
  });
}

async function changeStanding(
  { central, actor }: AdminContext,
  {
    organisation: of,
    rsu,
    reason,
  }: {
    readonly organisation: OrganisationId;
    readonly rsu: RsuId;
    readonly reason: string;
  },
  change: 'enable' | 'disable',
): Promise<Result<AdminAnswer, AdminRefusal>> {
  return transactOrUndo(central.database, actor, async (transaction) => {
    const wanted = { change, rsuIds: [rsu], reason };
    const { results } = await changeStandings(central, transaction, of, wanted);
    const [result] = results;
    return result?.outcome === 'done'
      ? ok({ facts: { rsuId: rsu }, lines: [`rsu ${rsu} ${change}d`] })
      : refuse(result ?? NOTHING);
  });
}

/** Every RSU that is asked about has a result. */
const NOTHING: AdminRefusal = { code: 'thing.unknown', detail: 'no such till' };
