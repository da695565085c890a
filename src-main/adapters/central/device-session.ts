import type { CentralProblem } from '#main/ports/central-client.ts';
import type { Clock } from '#main/ports/clock.ts';
import type { DeviceKey, SignatureVerifier } from '#main/ports/keys.ts';
import type { RandomSource } from '#main/ports/randomness.ts';
import type { DeviceRow } from '#main/ports/terminal-rows.ts';
import type { CentralFailureCode } from '#shared/contract/central/control.ts';
import type { TokenScope } from '#shared/contract/central/device-tokens.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { createCentralChallenge, UNPROVEN_CENTRAL } from './central-challenge.ts';
import { signAssertion } from './device-assertion.ts';
import type { Caller, DeviceTokenAnswer, HttpCentral } from './http-central.ts';
import type { CallResult } from './received.ts';

/** A token is not used in its last seconds, in which it might expire on the way. */
const TOKEN_MARGIN_MS = 10_000;

/** What a session needs. */
export interface DeviceSessionParts {
  readonly central: Pick<HttpCentral, 'nonce' | 'token'>;
  readonly device: Pick<DeviceRow, 'chainId' | 'rsuId' | 'centralPublicKey'>;
  readonly key: DeviceKey;
  readonly verifier: SignatureVerifier;
  readonly random: RandomSource;
  readonly clock: Clock;
  /** Called with the answer of every sign-in, which counts as contact like any other. */
  readonly onSignedIn: (
    received: Extract<CallResult<DeviceTokenAnswer>, { ok: true }>['value'],
  ) => void;
}

/** A device's standing with the central: its access token, for as long as that is good. */
export interface DeviceSession {
  /** What the present token is good for; `undefined` when there is none. */
  scope(): TokenScope | undefined;
  /** Makes sure that there is a token. */
  signIn(): Promise<Result<Caller, CentralProblem>>;
  /**
   * Makes a call with a token. A token that the central no longer takes is replaced once.
   *
   * After a loss of connection the token is dropped, so that signing in comes first when the
   * connection is back (GLI-31 6.1.4d).
   */
  authorised<Answer>(
    call: (caller: Caller) => Promise<CallResult<Answer>>,
  ): Promise<CallResult<Answer>>;
  /** Drops the token, so that the next call signs in first. */
  forget(): void;
}

interface HeldToken {
  readonly caller: Caller;
  readonly scope: TokenScope;
  readonly goodUntilMs: number;
}

/**
 * Signs in with an assertion over a nonce of the central (RFC 7523), and lets the central prove
 * itself over a fresh challenge each time (GLI-31 6.1.2).
 */
export function createDeviceSession(parts: DeviceSessionParts): DeviceSession {
  let held: HeldToken | undefined;
  let signingIn: Promise<Result<Caller, CentralProblem>> | undefined;

  function current(): HeldToken | undefined {
    const isGood = held !== undefined && parts.clock.monotonicMs() < held.goodUntilMs;
    return isGood ? held : undefined;
  }

  async function requestToken(): Promise<Result<Caller, CentralProblem>> {
    const { chainId, rsuId, centralPublicKey } = parts.device;
    const nonce = await parts.central.nonce(chainId);
    if (!nonce.ok) return nonce;
    const proof = createCentralChallenge(centralPublicKey, parts.random, parts.verifier);
    const assertion = signAssertion(parts.key, { chainId, ...nonce.value });
    const token = await parts.central.token({ chainId, assertion, challenge: proof.challenge });
    if (!token.ok) return token;
    const { answer, monotonicMs } = token.value;
    if (!proof.isMetBy(answer.proof, chainId)) return refuse(UNPROVEN_CENTRAL);
    const caller = { rsuId, accessToken: answer.accessToken };
    held = { caller, scope: answer.scope, goodUntilMs: monotonicMs + lifetimeMs(answer) };
    parts.onSignedIn(token.value);
    return ok(caller);
  }

  async function signIn(): Promise<Result<Caller, CentralProblem>> {
    const token = current();
    if (token !== undefined) return ok(token.caller);
    signingIn ??= requestToken().finally(() => {
      signingIn = undefined;
    });
    return await signingIn;
  }

  function forget(): void {
    held = undefined;
  }

  async function attempt<Answer>(
    call: (caller: Caller) => Promise<CallResult<Answer>>,
  ): Promise<CallResult<Answer>> {
    const caller = await signIn();
    if (!caller.ok) return caller;
    const result = await call(caller.value);
    if (!result.ok && endsToken(result.failure)) forget();
    return result;
  }

  return {
    scope: () => current()?.scope,
    signIn,
    forget,
    async authorised(call) {
      const result = await attempt(call);
      return !result.ok && isTokenRefused(result.failure) ? await attempt(call) : result;
    },
  };
}

function lifetimeMs(answer: DeviceTokenAnswer): number {
  const whole = answer.expiresInSeconds * 1_000;
  return Math.max(whole - TOKEN_MARGIN_MS, whole / 2);
}

function isTokenRefused(problem: CentralProblem): boolean {
  return (
    problem.kind === 'refused' &&
    (problem.code === 'token.missing' || problem.code === 'token.invalid')
  );
}

/** A device that was stopped needs a token that is good for uploading only. */
function isStopped(code: CentralFailureCode): boolean {
  return code === 'rsu.disabled' || code === 'token.upload-only';
}

function endsToken(problem: CentralProblem): boolean {
  if (isTokenRefused(problem)) return true;
  if (problem.kind === 'refused') return isStopped(problem.code);
  return problem.kind !== 'back-pressure';
}
