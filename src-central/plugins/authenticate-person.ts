import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { ProblemCode } from '#shared/contract/central/people/problem.ts';
import type { PersonSessionId, UserId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../api/person.ts';
import { type Problem, refuseWith } from '../api/problems.ts';
import type { Central } from '../central.ts';
import { transactAs } from '../db/database.ts';
import { noteOccasionally } from '../modules/critical-events/note-occasionally.ts';
import {
  addPerson,
  findPerson,
  type KnownPerson,
  noteVisit,
} from '../modules/person-sessions/repository.ts';
import { admitsAddress } from '../modules/remote-access/service.ts';
import type { PersonClaims } from '../secrets/person-tokens.ts';
import { sourceOf } from './source-limits.ts';

/**
 * Who sends a request, by its bearer token.
 *
 * A person is recorded at first sight, and their session is carried on. Refuses a missing or invalid
 * token, one that was signed out, a person who is switched off, and an address that may not come in
 * while remote access is switched off.
 */
export async function authenticatePerson(
  central: Central,
  request: FastifyRequest,
  area: string,
): Promise<Result<Person, Problem>> {
  const claims = await readToken(central, request);
  if (!claims.ok) return claims;
  const known = await findOrAddPerson(central, claims.value, area);
  const { signedOutAt } = known;
  if (signedOutAt !== null && claims.value.issuedAt <= signedOutAt) {
    await noteRefusal(central, request, 'session.ended', known.userId);
    return refuseWith('session.ended', 'this token was signed out; sign in again');
  }
  if (!known.isActive) {
    await noteRefusal(central, request, 'person.inactive', known.userId);
    return refuseWith('person.inactive', 'this person is switched off');
  }
  if (!(await admitsAddress(central, request.ip))) {
    await noteRefusal(central, request, 'remote-access.off', known.userId);
    return refuseWith('remote-access.off', 'people may use this system on its own computer only');
  }
  const sessionId = await continueSession(central, request, known, claims.value, area);
  return ok(personOf(central, known, claims.value, sessionId));
}

async function readToken(
  central: Central,
  request: FastifyRequest,
): Promise<Result<PersonClaims, Problem>> {
  const [, token] = /^Bearer ([\w.-]{1,8000})$/.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) return refuseWith('token.missing', 'send a Bearer token');
  if (central.people.tokens === undefined) {
    return refuseWith('sign-in.not-configured', 'this central knows no identity provider');
  }
  const read = await central.people.tokens(token, central.now());
  if (read.ok) return read;
  if (read.failure === 'unavailable') {
    return refuseWith('sign-in.unavailable', 'the keys of the identity provider cannot be had now');
  }
  await noteRefusal(central, request, 'token.invalid');
  return refuseWith('token.invalid', 'the token is not valid here, or not any more');
}

/** Notes who was kept out, why, and from where (GLI-31 5.6.1). */
function noteRefusal(
  central: Central,
  request: FastifyRequest,
  code: ProblemCode,
  userId?: UserId,
): Promise<void> {
  const isRemote = code === 'remote-access.off';
  return noteOccasionally(central.database, {
    type: isRemote ? 'remote-access.refused' : 'sign-in.refused',
    severity: 'WARN',
    description: isRemote
      ? 'a person was kept out because remote access is switched off'
      : 'somebody was not let in',
    ...(userId === undefined ? {} : { userId }),
    metadata: { code, address: sourceOf(request), ...(userId === undefined ? {} : { userId }) },
  });
}

async function findOrAddPerson(
  central: Central,
  claims: PersonClaims,
  area: string,
): Promise<KnownPerson> {
  const known = await findPerson(central.database, claims, area, central.now());
  if (known !== undefined) return known;
  const userId = randomUUID() as string as UserId;
  await transactAs(central.database, `user:${userId}`, (transaction) =>
    addPerson(transaction, userId, claims),
  );
  const added = await findPerson(central.database, claims, area, central.now());
  invariant(added !== undefined, 'a person who was added is found');
  return added;
}

function continueSession(
  central: Central,
  request: FastifyRequest,
  { userId, freshSessionId }: KnownPerson,
  claims: PersonClaims,
  area: string,
): Promise<PersonSessionId> {
  if (freshSessionId !== null) return Promise.resolve(freshSessionId);
  return transactAs(central.database, `user:${userId}`, (transaction) =>
    noteVisit(transaction, userId, claims, { area, address: request.ip, now: central.now() }),
  );
}

function personOf(
  central: Central,
  { userId, displayName, memberships }: KnownPerson,
  { subject, logonName }: PersonClaims,
  sessionId: PersonSessionId,
): Person {
  const isPlatformAdministrator = central.people.platformAdministrators.has(subject);
  return { userId, sessionId, logonName, displayName, isPlatformAdministrator, memberships };
}
