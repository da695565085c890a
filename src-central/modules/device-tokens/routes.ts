import {
  deviceTokenAnswerSchema,
  deviceTokenRequestSchema,
  nonceAnswerSchema,
  nonceRequestSchema,
} from '#shared/contract/central/device-tokens.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import type { Central } from '../../central.ts';
import { sendRefusal } from '../../plugins/refusals.ts';
import { responses, type TypedApp } from '../../typed-app.ts';
import { exchangeAssertion, giveNonce } from './service.ts';

/** How a device proves who it is. */
export function registerDeviceTokens(app: TypedApp, central: Central): void {
  app.post(
    CENTRAL_ROUTES.nonces,
    { schema: { body: nonceRequestSchema, response: responses(nonceAnswerSchema) } },
    () => giveNonce(central),
  );

  app.post(
    CENTRAL_ROUTES.deviceTokens,
    { schema: { body: deviceTokenRequestSchema, response: responses(deviceTokenAnswerSchema) } },
    async (request, reply) => {
      const result = await exchangeAssertion(central, request.body);
      return result.ok ? result.value : sendRefusal(central, reply, result.failure);
    },
  );
}
