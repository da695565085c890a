import {
  deviceTokenAnswerSchema,
  deviceTokenRequestSchema,
  nonceAnswerSchema,
  nonceRequestSchema,
} from '#shared/contract/central/device-tokens.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import type { Central } from '../../central.ts';
import { sendRefusal } from '../../plugins/refusals.ts';
import { createSourceLimit, sourceOf } from '../../plugins/source-limits.ts';
import { responses, type TypedApp } from '../../typed-app.ts';
import { findDevice } from '../devices/device.ts';
import { noteWrongSignature } from './repository.ts';
import { exchangeAssertion, giveNonce } from './service.ts';

/** Counted for each enrolled till by itself, and for all others of one source together. */
const NONCES_PER_MINUTE = 120;

const FAILURES_PER_MINUTE = 20;

/** How a device proves who it is. */
export function registerDeviceTokens(app: TypedApp, central: Central): void {
  const nonces = createSourceLimit(app, NONCES_PER_MINUTE, async (request) => {
    const { chainId } = nonceRequestSchema.parse(request.body);
    const device = await findDevice(central.database, chainId);
    return device === undefined ? sourceOf(request) : `${sourceOf(request)}/${chainId}`;
  });
  const failures = createSourceLimit(app, FAILURES_PER_MINUTE);

  app.post(
    CENTRAL_ROUTES.nonces,
    { schema: { body: nonceRequestSchema, response: responses(nonceAnswerSchema) } },
    async (request, reply) => {
      const tooMany = await nonces(request);
      return tooMany === undefined ? giveNonce(central) : sendRefusal(central, reply, tooMany);
    },
  );

  app.post(
    CENTRAL_ROUTES.deviceTokens,
    { schema: { body: deviceTokenRequestSchema, response: responses(deviceTokenAnswerSchema) } },
    async (request, reply) => {
      const result = await exchangeAssertion(central, request.body);
      if (result.ok) return result.value;
      // Only failures count: whoever holds the key signs in, however many fail beside them.
      const tooMany = await failures(request);
      if (tooMany === undefined && result.failure.isSignatureWrong === true) {
        await noteWrongSignature(central.database, request.body.chainId, sourceOf(request));
      }
      return sendRefusal(central, reply, tooMany ?? result.failure);
    },
  );
}
