import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';

/** What a session cookie is worth: it is the till's screen, it was once, or it never was. */
export type SessionStanding = 'current' | 'replaced' | 'unknown';

/** Why a window does not become the till's screen. */
export type PlaceRefusal = 'screen.replaced' | 'screen.already-open' | 'session.unknown';

/** The one place in front of the till, taken by a window. */
export interface ScreenPlace {
  /** What to call when a fresh link gives the place to another window. */
  readonly onReplaced: (close: () => void) => void;
  /** Gives the place back, when the window has gone. */
  readonly release: () => void;
}

/**
 * Who may be the till's screen: one session at a time, and one window of it at a time.
 *
 * - A fresh link begins a new session and ends the one before, with its window.
 * - A second window of the same session waits a moment, because a reload opens its new socket while
 *   the old one is still closing; if the first window is there to stay, the second is refused.
 */
export interface TillScreen {
  /** Begins a new session and returns its identifier, the value of the cookie. */
  readonly begin: () => string;
  /** What a cookie is worth now. */
  readonly standing: (sessionId: string | undefined) => SessionStanding;
  /** Takes the place for a window of this session, or says why not. */
  readonly claim: (sessionId: string | undefined) => Promise<Result<ScreenPlace, PlaceRefusal>>;
}

interface Session {
  readonly digest: Buffer;
}

interface Holder {
  readonly gone: Promise<void>;
  replace: () => void;
}

/** How long a second window waits for the first to go away. */
const PATIENCE_MS = 2_000;

const MOST_REMEMBERED = 32;

/** A till screen that nobody has opened yet. */
export function createTillScreen(patienceMs: number = PATIENCE_MS): TillScreen {
  let current: Session | undefined;
  let replaced: readonly Session[] = [];
  let holder: Holder | undefined;

  function standing(sessionId: string | undefined): SessionStanding {
    if (sessionId === undefined) return 'unknown';
    const digest = digestOf(sessionId);
    if (current !== undefined && timingSafeEqual(current.digest, digest)) return 'current';
    return replaced.some((session) => timingSafeEqual(session.digest, digest))
      ? 'replaced'
      : 'unknown';
  }

  function take(): ScreenPlace {
    const { promise: gone, resolve: release } = Promise.withResolvers<void>();
    const mine: Holder = { gone, replace: () => {} };
    holder = mine;
    return {
      onReplaced(close) {
        mine.replace = close;
      },
      release() {
        if (holder === mine) holder = undefined;
        release();
      },
    };
  }

  return {
    begin() {
      const sessionId = randomBytes(32).toString('base64url');
      if (current !== undefined) replaced = [...replaced, current].slice(-MOST_REMEMBERED);
      current = { digest: digestOf(sessionId) };
      holder?.replace();
      holder = undefined;
      return sessionId;
    },
    standing,
    async claim(sessionId) {
      const first = refusalFor(standing(sessionId));
      if (first !== undefined) return refuse(first);
      if (holder !== undefined) await Promise.race([holder.gone, patience(patienceMs)]);
      const second = refusalFor(standing(sessionId));
      if (second !== undefined) return refuse(second);
      return holder === undefined ? ok(take()) : refuse('screen.already-open');
    },
  };
}

function refusalFor(standing: SessionStanding): PlaceRefusal | undefined {
  if (standing === 'current') return undefined;
  return standing === 'replaced' ? 'screen.replaced' : 'session.unknown';
}

function patience(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function digestOf(sessionId: string): Buffer {
  return createHash('sha256').update(sessionId).digest();
}
