/**
 * Where the calls for people live. What belongs to an organisation lies below it, so that one check
 * of the path decides whose it is.
 */
export const PEOPLE_ROUTES = {
  me: '/v1/me',
  defaultOrganisation: '/v1/me/default-organisation',
  ownSession: '/v1/me/session',
  organisations: '/v1/organisations',
  members: '/v1/organisations/:organisationId/members',
  member: '/v1/organisations/:organisationId/members/:userId',
  personSessions: '/v1/organisations/:organisationId/person-sessions',
  personSessionsCsv: '/v1/organisations/:organisationId/person-sessions.csv',
  remoteAccess: '/v1/system/remote-access',
} as const;
