import { z } from 'zod';
import { controlReceivedSchema } from '../journal/download-entries.ts';
import { mirrorVersionSchema } from '../mirror/mirror.ts';
import { instantSchema } from '../values.ts';

/** Carried by every answer to a device, and applied at once. */
export const controlSchema = z.strictObject({
  ...controlReceivedSchema.shape,
  mirrorVersion: mirrorVersionSchema,
});

export type Control = z.infer<typeof controlSchema>;

/** What every answer to a device carries besides its own content. */
export const answerFields = {
  control: controlSchema,
  serverTime: instantSchema,
  /** Rises when the central was restored or failed over: see `docs/protocol.md`. */
  epoch: z.int().positive(),
};

/** How the central refuses. `code` decides what the device does; `detail` is for people. */
export const centralFailureSchema = z.object({
  code: z.enum([
    'request.invalid',
    'request.too-large',
    'request.too-many',
    'token.missing',
    'token.invalid',
    'token.upload-only',
    'nonce.unknown',
    'assertion.invalid',
    'chain.unknown',
    'enrolment.code-unknown',
    'enrolment.code-expired',
    'enrolment.code-used',
    'rsu.unknown',
    'rsu.disabled',
    'raffle-event.unknown',
    'raffle-event.not-selling',
    'allocation.exhausted',
    'holdings.awaited',
    'central.fault',
    'central.unavailable',
  ]),
  detail: z.string(),
  /** Used for signing the next assertion only, so that a wrong clock cannot lock a till out. */
  serverTime: instantSchema,
});

export type CentralFailure = z.infer<typeof centralFailureSchema>;
export type CentralFailureCode = CentralFailure['code'];
