import { healthAnswerSchema } from '#shared/contract/central/heartbeats.ts';
import {
  livenessSchema,
  OPERATIONS_ROUTES,
  readinessSchema,
} from '#shared/contract/central/operations.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import type { Central } from '../../central.ts';
import { PROGRAM_VERSION } from '../../program-version.ts';
import { responses, type TypedApp } from '../../typed-app.ts';
import { currentEpoch } from '../epoch/service.ts';
import { isDatabaseReady } from './readiness.ts';

/** Whether the process answers, whether it may get requests, and what tills ask before they enrol. */
export function registerHealth(app: TypedApp, central: Central): void {
  app.get(
    CENTRAL_ROUTES.health,
    { schema: { response: responses(healthAnswerSchema) }, logLevel: 'warn' },
    async () => ({
      status: 'up' as const,
      version: PROGRAM_VERSION,
      epoch: await currentEpoch(central.database),
    }),
  );

  app.get(
    OPERATIONS_ROUTES.liveness,
    { schema: { response: responses(livenessSchema) }, logLevel: 'warn' },
    async () => ({ status: 'alive' as const }),
  );

  app.get(
    OPERATIONS_ROUTES.readiness,
    {
      schema: { response: { 200: readinessSchema, 503: readinessSchema } },
      logLevel: 'warn',
    },
    async (_request, reply) => {
      const isReady = await isDatabaseReady(central.database);
      return reply
        .code(isReady ? 200 : 503)
        .send({ status: isReady ? 'ready' : 'not-ready', isDatabaseReady: isReady });
    },
  );
}
