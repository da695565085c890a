import type { z } from 'zod';
import { raffleEventDraftSchema } from '#shared/contract/central/people/raffle-events.ts';
import { reasonSchema } from '#shared/contract/central/people/rsus.ts';
import { idSchema, textSchema } from '#shared/contract/values.ts';
import type { OrganisationId, RaffleEventId, VenueId } from '#shared/kernel/ids.ts';
import { ok, type Refused, type Result, refuse } from '#shared/kernel/result.ts';
import { transactOrUndo } from '../db/transact-or-undo.ts';
import { listRaffleEvents } from '../modules/administration/lists.ts';
import { draftOf } from '../modules/administration/raffle-events.ts';
import { changeStateForPerson } from '../modules/raffle-events/change-state.ts';
import { readRaffleEvent } from '../modules/raffle-events/read-raffle-event.ts';
import { createRaffleEvent } from '../modules/raffle-events/write-draft.ts';
import {
  type AdminAnswer,
  type AdminContext,
  type AdminRefusal,
  adminCommand,
} from './admin-command.ts';
import { knownOrganisation } from './known-organisation.ts';
import { timeOption } from './option-schemas.ts';
import { readPlan } from './read-plan.ts';

const change = { event: idSchema<RaffleEventId>(), reason: reasonSchema };

/** Raffle events. */
export const RAFFLE_EVENT_COMMANDS = [
  adminCommand({
    name: 'event create',
    summary: 'Make a raffle event from a file',
    options: {
      organisation: idSchema<OrganisationId>(),
      file: textSchema(4_096).min(1),
      identifier: textSchema(30).min(1),
      'sales-start': timeOption,
      'sales-end': timeOption,
      'draw-at': timeOption.optional(),
      venue: idSchema<VenueId>().optional(),
      licence: textSchema(40).min(1).optional(),
    },
    async run({ central, actor }, { organisation, file, identifier, venue, licence, ...times }) {
      const known = await knownOrganisation(central, organisation);
      if (!known.ok) return known;
      const plan = readPlan(file);
      if (!plan.ok) return plan;
      const draft = raffleEventDraftSchema.safeParse(
        draftOf({
          ...plan.value,
          venueId: venue ?? null,
          eventIdentifier: identifier,
          configuration: {
            salesStart: times['sales-start'],
            salesEnd: times['sales-end'],
            drawAt: times['draw-at'] ?? null,
            licenceNumber: licence ?? null,
          },
        }),
      );
      if (!draft.success) return refuseInput(draft.error);
      const created = await transactOrUndo(central.database, actor, (transaction) =>
        createRaffleEvent(central, transaction, organisation, draft.data),
      );
      if (!created.ok) return created;
      const raffleEventId = created.value;
      return ok({ facts: { raffleEventId }, lines: [`event ${raffleEventId}`] });
    },
  }),
  adminCommand({
    name: 'event activate',
    summary: 'Begin the sales of a raffle event, or go on with them',
    options: change,
    run: (context, options) => changeState(context, options, 'active'),
  }),
  adminCommand({
    name: 'event close',
    summary: 'End the sales of a raffle event for good',
    options: change,
    run: (context, options) => changeState(context, options, 'closed'),
  }),
  adminCommand({
    name: 'event list',
    summary: 'List the raffle events of an organisation',
    options: { organisation: idSchema<OrganisationId>() },
    async run({ central }, { organisation }) {
      const raffleEvents = await listRaffleEvents(central.database, organisation);
      return ok({
        facts: { raffleEvents: raffleEvents.map((each) => ({ ...each })) },
        lines: raffleEvents.map(
          (each) => `${each.raffleEventId}  ${each.state}  ${each.eventIdentifier}  ${each.name}`,
        ),
      });
    },
  }),
];

async function changeState(
  { central, actor }: AdminContext,
  { event, reason }: { readonly event: RaffleEventId; readonly reason: string },
  to: 'active' | 'closed',
): Promise<Result<AdminAnswer, AdminRefusal>> {
  return transactOrUndo(central.database, actor, async (transaction) => {
    const changed = await changeStateForPerson(central, transaction, event, { to, reason });
    if (!changed.ok) return changed;
    const { state } = await readRaffleEvent(central, transaction, event);
    return ok({ facts: { state }, lines: [`event ${event} is ${state}`] });
  });
}

function refuseInput({ issues: [issue] }: z.ZodError): Refused<AdminRefusal> {
  const detail = `${issue?.path.join('.')}: ${issue?.message}`;
  return refuse({ code: 'request.invalid', detail });
}
