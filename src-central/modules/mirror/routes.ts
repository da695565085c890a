import { mirrorAnswerSchema, mirrorQuerySchema } from '#shared/contract/central/mirror.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import type { Central } from '../../central.ts';
import { authenticateDevice, authenticatedBy } from '../../plugins/authenticate-device.ts';
import { responses, rsuParams, type TypedApp } from '../../typed-app.ts';
import { readMirror } from './service.ts';

/** What a till needs to know. */
export function registerMirror(app: TypedApp, central: Central): void {
  app.get(
    CENTRAL_ROUTES.mirror,
    {
      onRequest: authenticateDevice(central, 'full'),
      schema: {
        params: rsuParams,
        querystring: mirrorQuerySchema,
        response: responses(mirrorAnswerSchema),
      },
    },
    (request) => readMirror(central, authenticatedBy(request).device, request.query),
  );
}
