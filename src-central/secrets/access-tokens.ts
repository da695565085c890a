import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { type TokenScope, tokenScopeSchema } from '#shared/contract/central/device-tokens.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { ChainId, RsuId } from '#shared/kernel/ids.ts';
import type { Central } from '../central.ts';

/** How long an access token is good for. */
export const TOKEN_LIFETIME_SECONDS = 600;

const AUDIENCE = 'counterfoil-device-api';

const claimsSchema = z.object({
  sub: idSchema<ChainId>(),
  rsu: idSchema<RsuId>(),
  scope: tokenScopeSchema,
  exp: z.int(),
});

/** Whom a token speaks for. */
export interface TokenClaims {
  readonly chainId: ChainId;
  readonly rsuId: RsuId;
  readonly scope: TokenScope;
  readonly expiresAt: Date;
}

/** A short-lived token for a device. */
export async function issueAccessToken(
  central: Central,
  device: Omit<TokenClaims, 'expiresAt'>,
): Promise<string> {
  const now = Math.floor(central.now().getTime() / 1000);
  return new SignJWT({ rsu: device.rsuId, scope: device.scope })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(device.chainId)
    .setAudience(AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(now + TOKEN_LIFETIME_SECONDS)
    .sign(central.tokenKey);
}

/** What a token says; `undefined` when it is not ours, expired or changed. */
export async function readAccessToken(
  central: Central,
  token: string,
): Promise<TokenClaims | undefined> {
  try {
    const { payload } = await jwtVerify(token, central.tokenKey, {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      currentDate: central.now(),
    });
    const claims = claimsSchema.parse(payload);
    return {
      chainId: claims.sub,
      rsuId: claims.rsu,
      scope: claims.scope,
      expiresAt: new Date(claims.exp * 1000),
    };
  } catch {
    return undefined;
  }
}
