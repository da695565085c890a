import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
} from 'fastify-type-provider-zod';
import type { CentralFailure } from '#shared/contract/central/control.ts';
import type { Central } from '../central.ts';
import { databaseFaultOf } from '../db/database-fault.ts';
import { serverTime } from '../modules/devices/control.ts';
import { type CentralRefusal, REFUSAL_STATUS } from '../refusal.ts';

/** Sends a refusal in the one form that every refusal has. */
export function sendRefusal(
  central: Central,
  reply: FastifyReply,
  { code, detail, retryAfterSeconds }: CentralRefusal,
) {
  const body: CentralFailure = { code, detail, serverTime: serverTime(central) };
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  return reply
    .code(REFUSAL_STATUS[code])
    .header('content-type', 'application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(body);
}

/**
 * Makes typed refusals of everything that goes wrong outside the services.
 *
 * A request that does not fit the contract is the caller's fault and is answered in words; anything
 * else is logged here, once, and answered without a word about its cause.
 */
export function registerRefusals(app: FastifyInstance, central: Central): void {
  app.setNotFoundHandler((_request, reply) =>
    sendRefusal(central, reply, { code: 'request.invalid', detail: 'no such call' }),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOf(error);
    if (REFUSAL_STATUS[refusal.code] >= 500) request.log.error({ err: error }, refusal.code);
    return sendRefusal(central, reply, refusal);
  });
}

function refusalOf(error: FastifyError): CentralRefusal {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [issue] = error.validation;
    const place = issue?.instancePath ?? '';
    return {
      code: 'request.invalid',
      detail: `${place} ${issue?.message ?? 'does not fit'}`.trim(),
    };
  }
  if (isResponseSerializationError(error)) return FAULT;
  if (error.statusCode === 413) return { code: 'request.too-large', detail: 'too many bytes' };
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return { code: 'request.invalid', detail: error.message };
  }
  const fault = databaseFaultOf(error);
  return fault === undefined || fault.kind === 'refused' ? FAULT : UNAVAILABLE;
}

/** The database cannot be reached, or too many transactions are in each other's way. */
const UNAVAILABLE: CentralRefusal = {
  code: 'central.unavailable',
  detail: 'the central cannot reach its database now',
  retryAfterSeconds: 5,
};

const FAULT: CentralRefusal = { code: 'central.fault', detail: 'the central has a fault' };
