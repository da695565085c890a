import type { FastifyReply, FastifyRequest } from 'fastify';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Result } from '#shared/kernel/result.ts';
import { ok } from '#shared/kernel/result.ts';
import type { Central } from '../central.ts';
import { type Device, findDevice } from '../modules/devices/device.ts';
import { type CentralRefusal, refuseRequest } from '../refusal.ts';
import { readAccessToken } from '../secrets/access-tokens.ts';
import { sendRefusal } from './refusals.ts';

/** A device and how long its token lasts. */
export interface Authenticated {
  readonly device: Device;
  readonly expiresAt: Date;
}

const authenticated = new WeakMap<FastifyRequest, Authenticated>();

/** What a call demands: `upload` is open to stopped devices too, `full` is not. */
export type Demand = 'upload' | 'full';

/**
 * A hook that lets a request through only with a device's token, for that device's own RSU.
 *
 * The device's state is read anew each time: disabling one takes effect at its next request.
 */
export function authenticateDevice(central: Central, demand: Demand) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const result = await authenticate(central, request, demand);
    if (!result.ok) return sendRefusal(central, reply, result.failure);
    authenticated.set(request, result.value);
    return undefined;
  };
}

/** The device that sent an authenticated request. */
export function authenticatedBy(request: FastifyRequest): Authenticated {
  const found = authenticated.get(request);
  invariant(found !== undefined, 'this call is not authenticated');
  return found;
}

async function authenticate(
  central: Central,
  request: FastifyRequest,
  demand: Demand,
): Promise<Result<Authenticated, CentralRefusal>> {
  const [, token] = /^Bearer ([\w.-]+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) return refuseRequest('token.missing', 'send a Bearer token');
  const claims = await readAccessToken(central, token);
  if (claims === undefined)
    return refuseRequest('token.invalid', 'the token is not valid any more');
  const device = await findDevice(central.database, claims.chainId);
  if (device === undefined) return refuseRequest('chain.unknown', 'no such enrolment');
  const { rsuId } = request.params as { readonly rsuId?: string };
  if (rsuId !== device.rsuId) {
    return refuseRequest('rsu.unknown', 'the token speaks for another RSU');
  }
  if (demand === 'full' && device.state !== 'enabled') {
    return refuseRequest('rsu.disabled', `the device is ${device.state}`);
  }
  if (demand === 'full' && claims.scope !== 'full') {
    return refuseRequest('token.upload-only', 'this token is for uploading only');
  }
  return ok({ device, expiresAt: claims.expiresAt });
}
