import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { centralFailureSchema } from '#shared/contract/central/control.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { RsuId } from '#shared/kernel/ids.ts';

/** A Fastify application whose handlers are typed by the contract's schemas. */
export type TypedApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** The path parameters of every call of one RSU. */
export const rsuParams = z.object({ rsuId: idSchema<RsuId>() });

/** The responses of a call, by status, for the checks and for the OpenAPI document. */
export function responses<Answer extends z.ZodType>(answer: Answer) {
  return { 200: answer, '4xx': centralFailureSchema, '5xx': centralFailureSchema };
}
