import swagger from '@fastify/swagger';
import { type FastifyBaseLogger, fastify } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Central } from './central.ts';
import { registerAllocations } from './modules/allocations/routes.ts';
import { registerDeviceTokens } from './modules/device-tokens/routes.ts';
import { registerEnrolment } from './modules/enrolment/routes.ts';
import { registerHealth } from './modules/health/routes.ts';
import { registerHeartbeats } from './modules/heartbeats/routes.ts';
import { registerJournal } from './modules/journal/routes.ts';
import { registerMirror } from './modules/mirror/routes.ts';
import type { MirrorWatch } from './modules/stream/mirror-watch.ts';
import { registerStream } from './modules/stream/routes.ts';
import { LARGEST_REQUEST_BYTES, registerGzipRequests } from './plugins/gzip-requests.ts';
import { registerRefusals } from './plugins/refusals.ts';
import { PROGRAM_VERSION } from './program-version.ts';
import type { TypedApp } from './typed-app.ts';

/**
 * The central's API, version 1: every call checked by the contract's schemas, which are also the
 * OpenAPI document at `/v1/openapi.json`.
 */
export async function buildApp(
  central: Central,
  mirrorWatch: MirrorWatch,
  logger: FastifyBaseLogger,
): Promise<TypedApp> {
  const app = fastify({
    loggerInstance: logger,
    bodyLimit: LARGEST_REQUEST_BYTES,
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  registerRefusals(app, central);
  registerGzipRequests(app);
  await app.register(swagger, {
    openapi: { info: { title: 'Counterfoil central', version: PROGRAM_VERSION } },
    transform: jsonSchemaTransform,
  });
  await app.register(async (routes: TypedApp) => {
    registerHealth(routes, central);
    registerEnrolment(routes, central);
    registerDeviceTokens(routes, central);
    registerJournal(routes, central);
    registerMirror(routes, central);
    registerStream(routes, central, mirrorWatch);
    registerAllocations(routes, central);
    registerHeartbeats(routes, central);
    routes.get('/v1/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  });
  return app;
}
