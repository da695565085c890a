import { heartbeatAnswerSchema, heartbeatSchema } from '#shared/contract/central/heartbeats.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import type { Central } from '../../central.ts';
import { authenticateDevice, authenticatedBy } from '../../plugins/authenticate-device.ts';
import { responses, rsuParams, type TypedApp } from '../../typed-app.ts';
import { takeHeartbeat } from './service.ts';

/** What a till says of itself; open to stopped devices, whose last count matters most. */
export function registerHeartbeats(app: TypedApp, central: Central): void {
  app.post(
    CENTRAL_ROUTES.heartbeats,
    {
      onRequest: authenticateDevice(central, 'upload'),
      schema: {
        params: rsuParams,
        body: heartbeatSchema,
        response: responses(heartbeatAnswerSchema),
      },
      logLevel: 'warn',
    },
    (request) => takeHeartbeat(central, authenticatedBy(request).device, request.body),
  );
}
