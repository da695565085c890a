import { z } from 'zod';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import {
  type AssignmentRecord,
  assignmentPageSchema,
  assignmentQuerySchema,
  assignmentRecordSchema,
  handBackSchema,
  newAssignmentSchema,
} from '#shared/contract/central/people/rsu-assignments.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { listPage } from '../../api/pages.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { type AssignmentRow, describeAssignmentRow, listAssignments } from './repository.ts';
import { handBack, handOut } from './service.ts';

const AREA = 'assignments';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const workers = { scope: 'organisation', roles: ['admin', 'supervisor', 'operator'] } as const;

/** Tills handed out and back by scanning, with the whole history. */
export function registerAssignments(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.assignments,
    access: { scope: 'organisation', roles: EVERY_ROLE },
    area: AREA,
    summary: 'Who had which till, the latest first',
    params: organisationParams,
    query: assignmentQuerySchema,
    answer: assignmentPageSchema,
    handler: ({ params, query }) =>
      listPage<AssignmentRow, AssignmentRecord>(
        central.database,
        {
          rows: listAssignments(params.organisationId, query),
          key: [{ column: 'assignmentId', type: 'bigint' }],
          direction: 'descending',
          item: describeAssignmentRow,
        },
        query,
      ),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.assignments,
    access: workers,
    area: AREA,
    summary: 'Hand a till out',
    params: organisationParams,
    body: newAssignmentSchema,
    status: 201,
    answer: assignmentRecordSchema,
    handler: (transaction, { person, params, body }) =>
      handOut(central, transaction, person, params.organisationId, body),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.handBacks,
    access: workers,
    area: AREA,
    summary: 'Take a till back',
    params: organisationParams,
    body: handBackSchema,
    status: 201,
    answer: assignmentRecordSchema,
    handler: (transaction, { person, params, body }) =>
      handBack(central, transaction, person, params.organisationId, body.till),
  });
}
