import { createHash } from 'node:crypto';
import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import { subjectSchema } from '#shared/contract/central/people/members.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';

/** The identity provider whose tokens are believed, and for whom they must be meant. */
export interface PeopleIssuer {
  readonly issuer: string;
  readonly audience: string;
}

/** Who a valid token speaks for. */
export interface PersonClaims {
  readonly subject: string;
  readonly logonName: string;
  readonly displayName: string;
  /** The same for every token of one sign-in, as far as the provider tells sign-ins apart. */
  readonly sessionKey: Uint8Array;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Why a token is not believed: it is wrong, or the provider's keys cannot be had. */
export type TokenFault = 'invalid' | 'unavailable';

/** Verifies people's tokens. */
export type PersonTokens = (token: string, now: Date) => Promise<Result<PersonClaims, TokenFault>>;

const ALGORITHMS = ['RS256', 'ES256', 'EdDSA', 'Ed25519'];
const TYPES = ['jwt', 'at+jwt'];
const CLOCK_TOLERANCE_SECONDS = 60;
const LONGEST_TOKEN_AGE_SECONDS = 24 * 3_600;
const COOLDOWN_MS = 30_000;
const FETCH_TIMEOUT_MS = 5_000;

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

const nameSchema = z.string().min(1).max(255).optional().catch(undefined);

const claimsSchema = z.object({
  sub: subjectSchema,
  iat: z.number(),
  exp: z.number(),
  sid: z.string().optional(),
  jti: z.string().optional(),
  token_use: z.literal('access').optional(),
  client_id: z.string().optional(),
  name: nameSchema,
  preferred_username: nameSchema,
  username: nameSchema,
  email: nameSchema,
});

/**
 * Verifies tokens with the keys that the issuer publishes (OpenID Connect Discovery 1.0).
 *
 * Keys are fetched when they are first needed and again for an unknown key id, at most once in half
 * a minute. A token is refused unless it names this issuer and this audience, is signed by an
 * asymmetric algorithm, is an access token, and is neither expired nor older than a day.
 */
export function createPersonTokens(issuer: PeopleIssuer): PersonTokens {
  const keys = createIssuerKeys(issuer.issuer);
  return async (token, now) => {
    if (!isSignedAccessToken(token)) return refuse('invalid');
    const key = await keys(now);
    if (key === undefined) return refuse('unavailable');
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ALGORITHMS,
        issuer: issuer.issuer,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: now,
        requiredClaims: ['sub', 'iat', 'exp'],
        maxTokenAge: LONGEST_TOKEN_AGE_SECONDS,
      });
      return readClaims(payload, issuer.audience, token);
    } catch (error) {
      return refuse(faultOf(error));
    }
  };
}

/** Before any key is fetched, so that rubbish costs nothing. */
function isSignedAccessToken(token: string): boolean {
  try {
    const { alg, typ } = decodeProtectedHeader(token);
    return (
      ALGORITHMS.includes(alg ?? '') &&
      (typ === undefined || TYPES.includes(typ.toLowerCase().replace('application/', '')))
    );
  } catch {
    return false;
  }
}

function faultOf(error: unknown): TokenFault {
  const isUnavailable =
    error instanceof errors.JWKSTimeout ||
    !(error instanceof errors.JOSEError) ||
    error.code === 'ERR_JOSE_GENERIC';
  return isUnavailable ? 'unavailable' : 'invalid';
}

function readClaims(
  payload: JWTPayload,
  audience: string,
  token: string,
): Result<PersonClaims, TokenFault> {
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) return refuse('invalid');
  const claims = parsed.data;
  if (!isMeantFor(payload, claims.client_id, audience)) return refuse('invalid');
  const logonName = claims.preferred_username ?? claims.username ?? claims.email ?? claims.sub;
  return ok({
    subject: claims.sub,
    logonName,
    displayName: claims.name ?? logonName,
    sessionKey: createHash('sha256')
      .update(claims.sid ?? claims.jti ?? token)
      .digest(),
    issuedAt: new Date(claims.iat * 1000),
    expiresAt: new Date(claims.exp * 1000),
  });
}

/** Access tokens of Cognito name their client in `client_id` and have no `aud`. */
function isMeantFor({ aud }: JWTPayload, clientId: string | undefined, audience: string): boolean {
  if (aud === undefined) return clientId === audience;
  return typeof aud === 'string' ? aud === audience : aud.includes(audience);
}

/** The issuer's keys; `undefined` while they cannot be had. */
function createIssuerKeys(issuer: string): (now: Date) => Promise<JWTVerifyGetKey | undefined> {
  let found: JWTVerifyGetKey | undefined;
  let looking: Promise<JWTVerifyGetKey | undefined> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;
  return async (now) => {
    if (found !== undefined) return found;
    if (now.getTime() - failedAt < COOLDOWN_MS) return undefined;
    looking ??= discoverKeys(issuer);
    found = await looking;
    looking = undefined;
    if (found === undefined) failedAt = now.getTime();
    return found;
  };
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey | undefined> {
  try {
    const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
      redirect: 'error',
    });
    const discovered = discoverySchema.parse(await response.json());
    const keysUrl = new URL(discovered.jwks_uri);
    if (discovered.issuer !== issuer || keysUrl.protocol !== new URL(issuer).protocol) {
      return undefined;
    }
    return createRemoteJWKSet(keysUrl, {
      cooldownDuration: COOLDOWN_MS,
      timeoutDuration: FETCH_TIMEOUT_MS,
    });
  } catch {
    return undefined;
  }
}
