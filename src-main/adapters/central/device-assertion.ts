import type { DeviceKey } from '#main/ports/keys.ts';
import { ASSERTION_AUDIENCE } from '#shared/contract/central/device-tokens.ts';
import { utf8 } from '#shared/kernel/bytes.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { epochOf, type Instant } from '#shared/kernel/instant.ts';

/** How long an assertion is good for, in seconds: one round trip, and time to spare. */
const ASSERTION_LIFETIME_SECONDS = 60;

/**
 * Signs a JWT (RFC 7523) with the device's key, which stays behind its port.
 *
 * `serverTime` is the central's own, from the answer that brought the nonce, so that a wrong clock
 * cannot lock a till out.
 */
export function signAssertion(
  key: DeviceKey,
  claims: { readonly chainId: ChainId; readonly nonce: string; readonly serverTime: Instant },
): string {
  const issuedAt = Math.floor(epochOf(claims.serverTime) / 1_000);
  const header = encodePart({ alg: 'EdDSA', typ: 'JWT' });
  const payload = encodePart({
    iss: claims.chainId,
    sub: claims.chainId,
    aud: ASSERTION_AUDIENCE,
    nonce: claims.nonce,
    iat: issuedAt,
    exp: issuedAt + ASSERTION_LIFETIME_SECONDS,
  });
  const signature = key.sign(utf8(`${header}.${payload}`));
  return `${header}.${payload}.${Buffer.from(signature).toString('base64url')}`;
}

function encodePart(part: Readonly<Record<string, string | number>>): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
