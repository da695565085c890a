import { z } from 'zod';
import {
  closingSchema,
  raffleEventDraftSchema,
  raffleEventHistorySchema,
  raffleEventPageQuerySchema,
  raffleEventPageSchema,
  raffleEventSchema,
  salesEndChangeSchema,
  stateChangeSchema,
} from '#shared/contract/central/people/raffle-events.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId, RaffleEventId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Problem } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import { readConsistently, type Transaction } from '../../db/database.ts';
import type { TypedApp } from '../../typed-app.ts';
import { changeStateForPerson } from './change-state.ts';
import { readClosing } from './closing.ts';
import { listRaffleEvents, readHistory } from './list-raffle-events.ts';
import { moveSalesEnd } from './move-sales-end.ts';
import { readRaffleEvent } from './read-raffle-event.ts';
import { changeDraft, createRaffleEvent } from './write-draft.ts';

const AREA = 'raffle-events';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const raffleEventParams = organisationParams.extend({ raffleEventId: idSchema<RaffleEventId>() });
const EVERYBODY = { scope: 'organisation', roles: EVERY_ROLE } as const;
const MANAGERS = { scope: 'organisation', roles: ['admin', 'supervisor'] } as const;

/** Setting raffle events up, and taking them from their start to the end of sales (GLI-31 2.2). */
export function registerRaffleEvents(routes: TypedApp, central: Central): void {
  registerReading(routes, central);
  registerDrafting(routes, central);
  registerConducting(routes, central);
}

function registerReading(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.raffleEvents,
    access: EVERYBODY,
    area: AREA,
    summary: 'List the raffle events, newest first',
    params: organisationParams,
    query: raffleEventPageQuerySchema,
    answer: raffleEventPageSchema,
    handler: ({ params, query }) =>
      listRaffleEvents(central.database, params.organisationId, query),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.raffleEvent,
    access: EVERYBODY,
    area: AREA,
    summary: 'Read a raffle event with its packages, prizes and rules',
    params: raffleEventParams,
    answer: raffleEventSchema,
    handler: async ({ params }) =>
      ok(
        await readConsistently(central.database, (view) =>
          readRaffleEvent(central, view, params.raffleEventId),
        ),
      ),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.raffleEventHistory,
    access: EVERYBODY,
    area: AREA,
    summary: 'Every change of its state and of its end of sales: who, when and why',
    params: raffleEventParams,
    answer: raffleEventHistorySchema,
    handler: async ({ params }) => ok(await readHistory(central.database, params.raffleEventId)),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.raffleEventClosing,
    access: EVERYBODY,
    area: AREA,
    summary: 'Which tills have said that their sales are over, and what the others said last',
    params: raffleEventParams,
    answer: closingSchema,
    handler: async ({ params }) => ok(await readClosing(central.database, params.raffleEventId)),
  });
}

function registerDrafting(routes: TypedApp, central: Central): void {
  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.raffleEvents,
    access: MANAGERS,
    area: AREA,
    summary: 'Set up a raffle event',
    params: organisationParams,
    body: raffleEventDraftSchema,
    status: 201,
    answer: raffleEventSchema,
    handler: async (transaction, { params, body }) => {
      const made = await createRaffleEvent(central, transaction, params.organisationId, body);
      return made.ok ? ok(await readRaffleEvent(central, transaction, made.value)) : made;
    },
  });

  personCommand(routes, central, {
    method: 'PUT',
    url: PEOPLE_ROUTES.raffleEvent,
    access: MANAGERS,
    area: AREA,
    summary: 'Change all of a raffle event before its start',
    params: raffleEventParams,
    body: raffleEventDraftSchema,
    status: 200,
    answer: raffleEventSchema,
    handler: async (transaction, call) => {
      const changed = await changeDraft(central, transaction, call);
      return changed.ok ? ok(await readRaffleEvent(central, transaction, changed.value)) : changed;
    },
  });
}

function registerConducting(routes: TypedApp, central: Central): void {
  const answer = async (
    transaction: Transaction,
    raffleEventId: RaffleEventId,
    done: Result<void, Problem>,
  ) => (done.ok ? ok(await readRaffleEvent(central, transaction, raffleEventId)) : done);

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.raffleEventStateChanges,
    access: MANAGERS,
    area: AREA,
    summary: 'Start, suspend, resume, close or cancel a raffle event',
    params: raffleEventParams,
    body: stateChangeSchema,
    status: 200,
    answer: raffleEventSchema,
    handler: async (transaction, { params: { raffleEventId }, body }) =>
      answer(
        transaction,
        raffleEventId,
        await changeStateForPerson(central, transaction, raffleEventId, body),
      ),
  });

  personCommand(routes, central, {
    method: 'PUT',
    url: PEOPLE_ROUTES.raffleEventSalesEnd,
    access: MANAGERS,
    area: AREA,
    summary: 'Move the end of sales of a raffle event that has started',
    params: raffleEventParams,
    body: salesEndChangeSchema,
    status: 200,
    answer: raffleEventSchema,
    handler: async (transaction, { params: { raffleEventId }, body }) =>
      answer(
        transaction,
        raffleEventId,
        await moveSalesEnd(central, transaction, raffleEventId, body),
      ),
  });
}
