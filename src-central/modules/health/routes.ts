import { healthAnswerSchema } from '#shared/contract/central/heartbeats.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import type { Central } from '../../central.ts';
import { PROGRAM_VERSION } from '../../program-version.ts';
import { responses, type TypedApp } from '../../typed-app.ts';
import { currentEpoch } from '../epoch/service.ts';

/** Whether the central and its database are up. */
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
}
