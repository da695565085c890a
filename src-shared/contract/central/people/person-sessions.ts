import { z } from 'zod';
import type { PersonSessionId, UserId } from '#shared/kernel/ids.ts';
import { idSchema, instantSchema, textSchema } from '../../values.ts';
import { pageQuery, pageSchema } from './paging.ts';

/** One person's time in the system: who, from where, when, what they opened and changed. */
export const personSessionSchema = z
  .strictObject({
    sessionId: idSchema<PersonSessionId>(),
    userId: idSchema<UserId>(),
    logonName: z.string(),
    address: z.string(),
    startedAt: instantSchema,
    lastSeenAt: instantSchema,
    endedAt: instantSchema.nullable(),
    endReason: z.enum(['signed-out', 'expired', 'idle']).nullable(),
    durationSeconds: z.int().nonnegative(),
    areas: z.array(z.string()),
    changeCount: z.int().nonnegative(),
  })
  .meta({ id: 'PersonSession' });

export const personSessionPageQuerySchema = z.strictObject(pageQuery);

export const personSessionPageSchema = pageSchema(personSessionSchema).meta({
  id: 'PersonSessionPage',
});

/**
 * Whether people may use the system from other computers. `allowedAddresses` may do so even when it
 * is switched off; this computer always may.
 */
export const remoteAccessSchema = z
  .strictObject({
    isAllowed: z.boolean(),
    allowedAddresses: z.array(z.union([z.ipv4(), z.ipv6()])).max(100),
  })
  .meta({ id: 'RemoteAccess' });

export type RemoteAccess = z.infer<typeof remoteAccessSchema>;

/** The switch as it stands; `revision` goes into the `If-Match` of a change. */
export const remoteAccessAnswerSchema = z
  .strictObject({ ...remoteAccessSchema.shape, revision: z.string() })
  .meta({ id: 'RemoteAccessAnswer' });

/** Why the switch is set. */
export const remoteAccessChangeSchema = z
  .strictObject({ ...remoteAccessSchema.shape, reason: textSchema(400).min(1) })
  .meta({ id: 'RemoteAccessChange' });
