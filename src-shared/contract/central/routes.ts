/** Where each call of the central's API lives. `:rsuId` is filled by `rsuPath`. */
export const CENTRAL_ROUTES = {
  health: '/v1/health',
  identity: '/v1/identity',
  enrolments: '/v1/enrolments',
  nonces: '/v1/device-tokens/nonces',
  deviceTokens: '/v1/device-tokens',
  journal: '/v1/rsus/:rsuId/journal',
  journalHead: '/v1/rsus/:rsuId/journal/head',
  mirror: '/v1/rsus/:rsuId/mirror',
  stream: '/v1/rsus/:rsuId/stream',
  allocations: '/v1/rsus/:rsuId/allocations',
  holdings: '/v1/rsus/:rsuId/holdings',
  heartbeats: '/v1/rsus/:rsuId/heartbeats',
} as const;

/** A route with the RSU's id filled in. */
export function rsuPath(route: string, rsuId: string): string {
  return route.replace(':rsuId', encodeURIComponent(rsuId));
}
