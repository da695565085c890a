import { z } from 'zod';
import { drawFileSchema } from '#shared/contract/central/people/draw-file.ts';
import {
  drawReadinessSchema,
  drawResultsSchema,
  drawSchema,
  drawsSchema,
  manualDrawSchema,
  newDrawSchema,
  newSecondDrawRequestSchema,
  secondDrawDecisionSchema,
  secondDrawRequestSchema,
  secondDrawRequestsSchema,
  voidAcknowledgementSchema,
  voidsSchema,
} from '#shared/contract/central/people/draws.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type {
  DrawExecutionId,
  DrawResultId,
  OrganisationId,
  RaffleEventId,
  SecondDrawRequestId,
} from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import { readConsistently } from '../../db/database.ts';
import type { TypedApp } from '../../typed-app.ts';
import { conductDraw } from './conduct-draw.ts';
import { readDrawReadiness } from './draw-readiness.ts';
import { readDraw, readDrawFile, readDrawResults, readDraws } from './draw-results.ts';
import { enterManualDraw } from './enter-manual-draw.ts';
import { decideSecondDraw, listSecondDrawRequests, requestSecondDraw } from './second-draw.ts';
import { acknowledgeVoids, readVoids } from './voids.ts';

const AREA = 'draws';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const raffleEventParams = organisationParams.extend({ raffleEventId: idSchema<RaffleEventId>() });
const drawParams = organisationParams.extend({ drawExecutionId: idSchema<DrawExecutionId>() });
const resultParams = organisationParams.extend({ drawResultId: idSchema<DrawResultId>() });
const requestParams = organisationParams.extend({
  secondDrawRequestId: idSchema<SecondDrawRequestId>(),
});

const EVERYBODY = { scope: 'organisation', roles: EVERY_ROLE } as const;
const SUPERVISORS = { scope: 'organisation', roles: ['admin', 'supervisor'] } as const;

/** Drawing the winning numbers, and all that comes right before and after (GLI-31 2.6, chapter 4). */
export function registerDraws(routes: TypedApp, central: Central): void {
  registerPreparations(routes, central);
  registerDrawing(routes, central);
  registerSecondDraws(routes, central);
}

function registerPreparations(routes: TypedApp, central: Central): void {
  const { database } = central;

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.voids,
    access: EVERYBODY,
    area: AREA,
    summary: 'Show the voided and misprinted numbers, and whether they are acknowledged',
    params: raffleEventParams,
    answer: voidsSchema,
    handler: async ({ params }) => ok(await readVoids(database, params.raffleEventId)),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.voidAcknowledgements,
    access: SUPERVISORS,
    area: AREA,
    summary: 'Acknowledge that the voids are in order, before anything is drawn',
    params: raffleEventParams,
    body: voidAcknowledgementSchema,
    status: 201,
    answer: voidsSchema,
    handler: (transaction, { person, params, body }) =>
      acknowledgeVoids(central, transaction, person, params.raffleEventId, body.numbersSha256),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.drawReadiness,
    access: EVERYBODY,
    area: AREA,
    summary: 'Show what would be drawn from, and what stands in the way',
    params: raffleEventParams,
    answer: drawReadinessSchema,
    handler: async ({ params }) =>
      ok(await readConsistently(database, (view) => readDrawReadiness(view, params.raffleEventId))),
  });
}

function registerDrawing(routes: TypedApp, central: Central): void {
  const { database } = central;

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.draws,
    access: SUPERVISORS,
    area: AREA,
    summary: 'Draw the winning numbers',
    params: raffleEventParams,
    body: newDrawSchema,
    status: 201,
    answer: drawSchema,
    handler: (transaction, { person, params, body }) =>
      conductDraw(central, transaction, person, params.raffleEventId, body.prizeIds),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.manualDraws,
    access: SUPERVISORS,
    area: AREA,
    summary: 'Enter a number that was drawn from printed counterfoils by hand',
    params: raffleEventParams,
    body: manualDrawSchema,
    status: 201,
    answer: drawSchema,
    handler: (transaction, { person, params, body }) =>
      enterManualDraw(central, transaction, person, params.raffleEventId, body),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.draws,
    access: EVERYBODY,
    area: AREA,
    summary: 'List the draws of a raffle event, oldest first',
    params: raffleEventParams,
    answer: drawsSchema,
    handler: async ({ params }) => ok({ draws: await readDraws(database, params.raffleEventId) }),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.drawResults,
    access: EVERYBODY,
    area: AREA,
    summary: 'List every result of a raffle event, replaced ones included',
    params: raffleEventParams,
    answer: drawResultsSchema,
    handler: async ({ params }) =>
      ok({ results: await readDrawResults(database, params.raffleEventId) }),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.draw,
    access: EVERYBODY,
    area: AREA,
    summary: 'Show one draw',
    params: drawParams,
    answer: drawSchema,
    handler: async ({ params }) => ok(await readDraw(database, params.drawExecutionId)),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.drawFile,
    access: EVERYBODY,
    area: AREA,
    summary: 'Export a draw, so that anybody can work it out again',
    params: drawParams,
    answer: drawFileSchema,
    handler: ({ params }) => readDrawFile(database, params.drawExecutionId),
  });
}

function registerSecondDraws(routes: TypedApp, central: Central): void {
  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.resultSecondDrawRequests,
    access: SUPERVISORS,
    area: AREA,
    summary: 'Ask for a second draw in the place of a result; another person decides',
    params: resultParams,
    body: newSecondDrawRequestSchema,
    status: 201,
    answer: secondDrawRequestSchema,
    handler: (transaction, { person, params, body }) =>
      requestSecondDraw(central, transaction, person, params.drawResultId, body.reason),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.secondDrawDecision,
    access: SUPERVISORS,
    area: AREA,
    summary: 'Approve and carry out a second draw that another person asked for, or refuse it',
    params: requestParams,
    body: secondDrawDecisionSchema,
    status: 200,
    answer: secondDrawRequestSchema,
    handler: (transaction, { person, params, body }) =>
      decideSecondDraw(central, transaction, person, params.secondDrawRequestId, body.decision),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.secondDrawRequests,
    access: EVERYBODY,
    area: AREA,
    summary: 'List the requests for second draws, oldest first',
    params: raffleEventParams,
    answer: secondDrawRequestsSchema,
    handler: async ({ params }) =>
      ok({ requests: await listSecondDrawRequests(central.database, params.raffleEventId) }),
  });
}
