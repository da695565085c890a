import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { type FastifyBaseLogger, fastify } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Central } from './central.ts';
import { registerAllocations } from './modules/allocations/routes.ts';
import { registerAssignments } from './modules/assignments/routes.ts';
import { registerAuditLog } from './modules/audit-log/routes.ts';
import { registerClaims } from './modules/claims/routes.ts';
import { registerCommands } from './modules/commands/routes.ts';
import { registerCorruptionLog } from './modules/corruption-log/routes.ts';
import { registerCounterfoils } from './modules/counterfoils/routes.ts';
import { registerCriticalEvents } from './modules/critical-events/routes.ts';
import { registerDeviceTokens } from './modules/device-tokens/routes.ts';
import { registerDisplay } from './modules/display/routes.ts';
import { registerDraws } from './modules/draws/routes.ts';
import { registerEnrolment } from './modules/enrolment/routes.ts';
import { registerHealth } from './modules/health/routes.ts';
import { registerHeartbeats } from './modules/heartbeats/routes.ts';
import { registerJournal } from './modules/journal/routes.ts';
import { registerJurisdictionProfiles } from './modules/jurisdiction-profiles/routes.ts';
import { registerMe } from './modules/me/routes.ts';
import { registerMembers } from './modules/members/routes.ts';
import { createMetrics } from './modules/metrics/metrics.ts';
import { registerMetrics } from './modules/metrics/routes.ts';
import { registerMirror } from './modules/mirror/routes.ts';
import { registerMissingRsus } from './modules/missing-rsus/routes.ts';
import { registerOperators } from './modules/operators/routes.ts';
import { registerOrders } from './modules/orders/routes.ts';
import { registerOrganisations } from './modules/organisations/routes.ts';
import { registerPersonSessions } from './modules/person-sessions/routes.ts';
import { registerPrizeTemplates } from './modules/prize-templates/routes.ts';
import { registerPublic } from './modules/public/routes.ts';
import { registerQuarantine } from './modules/quarantine/routes.ts';
import { registerRaffleEvents } from './modules/raffle-events/routes.ts';
import { registerReconciliation } from './modules/reconciliation/routes.ts';
import { registerRemoteAccess } from './modules/remote-access/routes.ts';
import { registerReports } from './modules/reports/routes.ts';
import { registerRsuCalls } from './modules/rsus/routes.ts';
import type { MirrorWatch } from './modules/stream/mirror-watch.ts';
import { registerStream } from './modules/stream/routes.ts';
import { registerSystemConfiguration } from './modules/system-configuration/routes.ts';
import { registerPackageTemplates } from './modules/ticket-package-templates/routes.ts';
import { registerTopUpFiles } from './modules/top-up-files/routes.ts';
import { registerVenues } from './modules/venues/routes.ts';
import { registerVoidRequests } from './modules/void-requests/routes.ts';
import { LARGEST_REQUEST_BYTES, registerGzipRequests } from './plugins/gzip-requests.ts';
import { registerNoteLimitedSources } from './plugins/note-limited-sources.ts';
import { registerRefusals } from './plugins/refusals.ts';
import { createSourceLimit } from './plugins/source-limits.ts';
import { PROGRAM_VERSION } from './program-version.ts';
import type { TypedApp } from './typed-app.ts';

/** The API's page for people, with all that it needs. */
const DOCUMENTATION = '/v1/documentation';

/** How long one request may take to arrive. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Enough for all phones behind the address of one venue, since answers are cached. */
const PUBLIC_REQUESTS_PER_MINUTE = 600;

/** What an API process may be told beside what it works with. */
export interface AppOptions {
  /** Is told of every call that is served, as `METHOD /path`. */
  readonly onCall?: (call: string) => void;
  /** Opens the metrics to whoever holds it; without one they are for this computer. */
  readonly metricsToken?: string | undefined;
}

/**
 * The central's API, version 1: every call checked by the contract's schemas, which are also the
 * OpenAPI document at `/v1/openapi.json` and its page at `/v1/documentation`.
 *
 * A proxy on the same computer is believed when it says where a request comes from; no other is.
 */
export async function buildApp(
  central: Central,
  mirrorWatch: MirrorWatch,
  logger: FastifyBaseLogger,
  { onCall = () => undefined, metricsToken }: AppOptions = {},
): Promise<TypedApp> {
  const app = fastify({
    loggerInstance: logger,
    bodyLimit: LARGEST_REQUEST_BYTES,
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: 'loopback',
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  registerRefusals(app, central);
  registerNoteLimitedSources(app, central);
  registerGzipRequests(app);
  app.addHook('onRoute', ({ method, url }) => {
    const isOwn = method !== 'HEAD' && !url.startsWith(DOCUMENTATION);
    if (isOwn) onCall(`${String(method)} ${url}`);
  });
  const metrics = createMetrics(central);
  app.addHook('onResponse', async (request, reply) => metrics.observe(request, reply));
  await app.register(rateLimit, { global: false });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Counterfoil central', version: PROGRAM_VERSION },
      components: { securitySchemes: SECURITY_SCHEMES },
    },
    transform: describeCall,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(swaggerUi, { routePrefix: DOCUMENTATION });
  await app.register(async (routes: TypedApp) => {
    registerHealth(routes, central);
    registerEnrolment(routes, central);
    registerDeviceTokens(routes, central);
    registerJournal(routes, central);
    registerMirror(routes, central);
    registerStream(routes, central, mirrorWatch);
    registerAllocations(routes, central);
    registerHeartbeats(routes, central);
    registerMe(routes, central);
    registerMembers(routes, central);
    registerPersonSessions(routes, central);
    registerRemoteAccess(routes, central);
    registerOrganisations(routes, central);
    registerVenues(routes, central);
    registerOperators(routes, central);
    registerPackageTemplates(routes, central);
    registerPrizeTemplates(routes, central);
    registerJurisdictionProfiles(routes, central);
    registerRsuCalls(routes, central);
    registerAssignments(routes, central);
    registerTopUpFiles(routes, central);
    registerCommands(routes, central);
    registerMissingRsus(routes, central);
    registerCorruptionLog(routes, central);
    registerSystemConfiguration(routes, central);
    registerCriticalEvents(routes, central);
    registerAuditLog(routes, central);
    registerRaffleEvents(routes, central);
    registerDraws(routes, central);
    registerClaims(routes, central);
    registerCounterfoils(routes, central);
    registerReports(routes, central);
    const publicLimit = createSourceLimit(routes, PUBLIC_REQUESTS_PER_MINUTE);
    registerPublic(routes, central, publicLimit);
    registerDisplay(routes, central, publicLimit);
    registerMetrics(routes, central, metrics, metricsToken);
    registerOrders(routes, central);
    registerVoidRequests(routes, central);
    registerQuarantine(routes, central);
    registerReconciliation(routes, central);
    routes.get('/v1/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  });
  return app;
}

const SECURITY_SCHEMES = {
  person: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A person’s access token, from the identity provider.',
  },
  device: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A till’s access token, from /v1/device-tokens.',
  },
} as const;

/** Everything below one RSU is for the device that is this RSU. */
const describeCall: typeof jsonSchemaTransform = (document) => {
  const described = jsonSchemaTransform(document);
  return described.url.startsWith('/v1/rsus/')
    ? { ...described, schema: { ...described.schema, security: [{ device: [] }], tags: ['tills'] } }
    : described;
};
