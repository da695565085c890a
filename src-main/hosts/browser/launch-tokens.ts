import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';

/** Which screen a link opens. */
export type ScreenRole = 'till';

/** Why a link does not open the till. */
export type LinkRefusal = 'link.unknown' | 'link.used' | 'link.expired';

/** Links into the till: each opens one screen, once, for a while. */
export interface LaunchTokens {
  /** A new token for a screen of `role`, good for `lifetimeMs`. */
  readonly issue: (role: ScreenRole, lifetimeMs: number) => string;
  /** Uses a token up. Refuses one that was never issued, was used before, or is too old. */
  readonly redeem: (token: string) => Result<ScreenRole, LinkRefusal>;
}

interface Issued {
  readonly digest: Buffer;
  readonly role: ScreenRole;
  readonly expiresAtMs: number;
  readonly isUsed: boolean;
}

/** Old links are remembered so that their page can say what happened; only so many, to stay small. */
const MOST_REMEMBERED = 64;

/**
 * Tokens of 32 random bytes, kept in memory as digests.
 *
 * A browser's command line can be read by other programs, so a token is worth nothing once used.
 */
export function createLaunchTokens(monotonicMs: () => number): LaunchTokens {
  let issued: readonly Issued[] = [];
  return {
    issue(role, lifetimeMs) {
      const token = randomBytes(32).toString('base64url');
      const expiresAtMs = monotonicMs() + lifetimeMs;
      const entry = { digest: digestOf(token), role, expiresAtMs, isUsed: false };
      issued = [...issued, entry].slice(-MOST_REMEMBERED);
      return token;
    },
    redeem(token) {
      const digest = digestOf(token);
      const found = issued.find((entry) => timingSafeEqual(entry.digest, digest));
      if (found === undefined) return refuse('link.unknown');
      if (found.isUsed) return refuse('link.used');
      if (monotonicMs() >= found.expiresAtMs) return refuse('link.expired');
      issued = issued.map((entry) => (entry === found ? { ...entry, isUsed: true } : entry));
      return ok(found.role);
    },
  };
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
