import {
  enrolmentAnswerSchema,
  enrolmentRequestSchema,
  identityAnswerSchema,
} from '#shared/contract/central/enrolment.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import { toBase64 } from '#shared/kernel/bytes.ts';
import type { Central } from '../../central.ts';
import { sendRefusal } from '../../plugins/refusals.ts';
import { responses, type TypedApp } from '../../typed-app.ts';
import { serverTime } from '../devices/control.ts';
import { enrolDevice } from './service.ts';

/** The central's key, and the call that makes a device an RSU. */
export function registerEnrolment(app: TypedApp, central: Central): void {
  app.get(
    CENTRAL_ROUTES.identity,
    { schema: { response: responses(identityAnswerSchema) } },
    async () => ({
      publicKey: toBase64(central.identity.publicKey),
      serverTime: serverTime(central),
    }),
  );

  app.post(
    CENTRAL_ROUTES.enrolments,
    { schema: { body: enrolmentRequestSchema, response: responses(enrolmentAnswerSchema) } },
    async (request, reply) => {
      const result = await enrolDevice(central, request.body);
      return result.ok ? result.value : sendRefusal(central, reply, result.failure);
    },
  );
}
