import { z } from 'zod';

/** What those who run the central's processes watch. */
export const OPERATIONS_ROUTES = {
  liveness: '/v1/liveness',
  readiness: '/v1/readiness',
  metrics: '/metrics',
} as const;

/** Whether the process answers at all. */
export const livenessSchema = z.strictObject({ status: z.literal('alive') });

/** Whether requests may be sent to this process. */
export const readinessSchema = z.strictObject({
  status: z.enum(['ready', 'not-ready']),
  /** The database answers, and its schema is the one of this program. */
  isDatabaseReady: z.boolean(),
});
