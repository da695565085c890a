/**
 * Where the calls for people live. What belongs to an organisation lies below it, so that one check
 * of the path decides whose it is.
 */
export const PEOPLE_ROUTES = {
  me: '/v1/me',
  defaultOrganisation: '/v1/me/default-organisation',
  ownSession: '/v1/me/session',
  organisations: '/v1/organisations',
  organisation: '/v1/organisations/:organisationId',
  members: '/v1/organisations/:organisationId/members',
  member: '/v1/organisations/:organisationId/members/:userId',
  personSessions: '/v1/organisations/:organisationId/person-sessions',
  personSessionsCsv: '/v1/organisations/:organisationId/person-sessions.csv',
  remoteAccess: '/v1/system/remote-access',
  venues: '/v1/organisations/:organisationId/venues',
  venue: '/v1/organisations/:organisationId/venues/:venueId',
  operators: '/v1/organisations/:organisationId/operators',
  operatorsCsv: '/v1/organisations/:organisationId/operators.csv',
  operator: '/v1/organisations/:organisationId/operators/:operatorId',
  operatorPin: '/v1/organisations/:organisationId/operators/:operatorId/pin',
  operatorBindings: '/v1/organisations/:organisationId/operators/:operatorId/bindings',
  operatorImports: '/v1/organisations/:organisationId/operator-imports',
  badgeSlips: '/v1/organisations/:organisationId/badge-slips.pdf',
  packageTemplates: '/v1/organisations/:organisationId/package-templates',
  packageTemplate: '/v1/organisations/:organisationId/package-templates/:packageTemplateId',
  prizeTemplates: '/v1/organisations/:organisationId/prize-templates',
  prizeTemplate: '/v1/organisations/:organisationId/prize-templates/:prizeTemplateId',
  profiles: '/v1/organisations/:organisationId/jurisdiction-profiles',
  profile: '/v1/organisations/:organisationId/jurisdiction-profiles/:profileId',
  profileVersions: '/v1/organisations/:organisationId/jurisdiction-profiles/:profileId/versions',
  raffleEvents: '/v1/organisations/:organisationId/raffle-events',
  raffleEvent: '/v1/organisations/:organisationId/raffle-events/:raffleEventId',
  raffleEventHistory: '/v1/organisations/:organisationId/raffle-events/:raffleEventId/history',
  raffleEventClosing: '/v1/organisations/:organisationId/raffle-events/:raffleEventId/closing',
  raffleEventStateChanges:
    '/v1/organisations/:organisationId/raffle-events/:raffleEventId/state-changes',
  raffleEventSalesEnd: '/v1/organisations/:organisationId/raffle-events/:raffleEventId/sales-end',
  voids: '/v1/organisations/:organisationId/raffle-events/:raffleEventId/voids',
  voidAcknowledgements:
    '/v1/organisations/:organisationId/raffle-events/:raffleEventId/void-acknowledgements',
  drawReadiness: '/v1/organisations/:organisationId/raffle-events/:raffleEventId/draw-readiness',
  draws: '/v1/organisations/:organisationId/raffle-events/:raffleEventId/draws',
  manualDraws: '/v1/organisations/:organisationId/raffle-events/:raffleEventId/manual-draws',
  drawResults: '/v1/organisations/:organisationId/raffle-events/:raffleEventId/draw-results',
  secondDrawRequests:
    '/v1/organisations/:organisationId/raffle-events/:raffleEventId/second-draw-requests',
  draw: '/v1/organisations/:organisationId/draws/:drawExecutionId',
  drawFile: '/v1/organisations/:organisationId/draws/:drawExecutionId/file',
  resultSecondDrawRequests:
    '/v1/organisations/:organisationId/draw-results/:drawResultId/second-draw-requests',
  secondDrawDecision:
    '/v1/organisations/:organisationId/second-draw-requests/:secondDrawRequestId/decision',
  ticketVerification:
    '/v1/organisations/:organisationId/raffle-events/:raffleEventId/ticket-verification',
  claims: '/v1/organisations/:organisationId/raffle-events/:raffleEventId/claims',
  resultClaims: '/v1/organisations/:organisationId/draw-results/:drawResultId/claims',
  claimDecision: '/v1/organisations/:organisationId/claims/:claimId/decision',
  claimWinner: '/v1/organisations/:organisationId/claims/:claimId/winner',
  counterfoils: '/v1/organisations/:organisationId/raffle-events/:raffleEventId/counterfoils',
  counterfoilsCsv:
    '/v1/organisations/:organisationId/raffle-events/:raffleEventId/counterfoils.csv',
  counterfoilPrints:
    '/v1/organisations/:organisationId/raffle-events/:raffleEventId/counterfoil-prints',
  counterfoilPrintApproval:
    '/v1/organisations/:organisationId/counterfoil-prints/:counterfoilPrintId/approval',
  counterfoilPrintCsv:
    '/v1/organisations/:organisationId/counterfoil-prints/:counterfoilPrintId/counterfoils.csv',
  rsus: '/v1/organisations/:organisationId/rsus',
  rsu: '/v1/organisations/:organisationId/rsus/:rsuId',
  rsuStandings: '/v1/organisations/:organisationId/rsu-standings',
  rsuEnrolmentCodes: '/v1/organisations/:organisationId/rsu-enrolment-codes',
  topUpFiles: '/v1/organisations/:organisationId/rsus/:rsuId/top-up-files',
  lastKnownFacts: '/v1/organisations/:organisationId/rsus/:rsuId/last-known-facts',
  rsuMissingReports: '/v1/organisations/:organisationId/rsus/:rsuId/missing-reports',
  missingReports: '/v1/organisations/:organisationId/missing-reports',
  missingOutcome: '/v1/organisations/:organisationId/missing-reports/:missingReportId/outcome',
  corruptions: '/v1/organisations/:organisationId/corruption-log',
  corruptionDecision: '/v1/organisations/:organisationId/corruption-log/:corruptionId/decision',
  assignments: '/v1/organisations/:organisationId/rsu-assignments',
  handBacks: '/v1/organisations/:organisationId/rsu-hand-backs',
  commands: '/v1/organisations/:organisationId/rsu-commands',
  command: '/v1/organisations/:organisationId/rsu-commands/:commandId',
} as const;
