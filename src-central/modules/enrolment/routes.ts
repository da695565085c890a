import {
  enrolmentAnswerSchema,
  enrolmentRequestSchema,
  identityAnswerSchema,
} from '#shared/contract/central/enrolment.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import { toBase64 } from '#shared/kernel/bytes.ts';
import type { Central } from '../../central.ts';
import { sendRefusal } from '../../plugins/refusals.ts';
import { createSourceLimit, sourceOf } from '../../plugins/source-limits.ts';
import { responses, type TypedApp } from '../../typed-app.ts';
import { serverTime } from '../devices/control.ts';
import { noteWrongCode } from './repository.ts';
import { enrolDevice } from './service.ts';

/** A code has 60 bits: this is to spare the database and the event log. */
const WRONG_CODES_PER_MINUTE = 20;

/** The central's key, and the call that makes a device an RSU. */
export function registerEnrolment(app: TypedApp, central: Central): void {
  const wrongCodes = createSourceLimit(app, WRONG_CODES_PER_MINUTE);

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
      if (result.ok) return result.value;
      if (result.failure.code !== 'enrolment.code-unknown') {
        return sendRefusal(central, reply, result.failure);
      }
      // Only wrong codes count: who guesses cannot keep out the till beside them that has a right one.
      const tooMany = await wrongCodes(request);
      if (tooMany === undefined) await noteWrongCode(central.database, sourceOf(request));
      return sendRefusal(central, reply, tooMany ?? result.failure);
    },
  );
}
