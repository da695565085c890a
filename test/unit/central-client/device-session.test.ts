import { beforeEach, describe, expect, it } from 'vitest';
import { signAssertion } from '#main/adapters/central/device-assertion.ts';
import { createDeviceSession, type DeviceSession } from '#main/adapters/central/device-session.ts';
import type {
  Caller,
  DeviceTokenAnswer,
  DeviceTokenRequest,
} from '#main/adapters/central/http-central.ts';
import type { CallResult } from '#main/adapters/central/received.ts';
import type { CentralProblem } from '#main/ports/central-client.ts';
import { centralProofBytes } from '#shared/domain/central-proof.ts';
import { fromBase64, toBase64, utf8 } from '#shared/kernel/bytes.ts';
import { idOf, type RsuId } from '#shared/kernel/ids.ts';
import { type Instant, instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { CHAIN_ID } from '#test/helpers/sync/journal-in-memory.ts';
import { createKeyPair, verifier } from '#test/helpers/sync/key-pair.ts';
import { random } from '#test/helpers/sync/running-till.ts';

const RSU_ID = idOf<RsuId>('0195d0a0-0000-7000-8000-000000000002');
const SERVER_TIME = '2026-11-22T19:05:00.000Z' as Instant;

const key = createKeyPair();
const centralKey = createKeyPair();

let nowMs: number;
let tokenProblems: CentralProblem[];
let requests: DeviceTokenRequest[];
let scope: DeviceTokenAnswer['scope'];
let prover: typeof centralKey;
let signedIn: number;
let session: DeviceSession;

beforeEach(() => {
  nowMs = 0;
  tokenProblems = [];
  requests = [];
  scope = 'full';
  prover = centralKey;
  signedIn = 0;
  session = createDeviceSession({
    central: {
      nonce: async () =>
        ok({
          nonce: `nonce number ${requests.length}`,
          expiresInSeconds: 60,
          serverTime: SERVER_TIME,
        }),
      token: async (request) => answerToken(request),
    },
    device: { chainId: CHAIN_ID, rsuId: RSU_ID, centralPublicKey: centralKey.publicKey },
    key,
    verifier,
    random,
    clock: { wall: () => instantFromEpoch(0), monotonicMs: () => nowMs, sinceBootMs: () => nowMs },
    onSignedIn: () => {
      signedIn += 1;
    },
  });
});

function answerToken(request: DeviceTokenRequest): CallResult<DeviceTokenAnswer> {
  requests.push(request);
  const problem = tokenProblems.shift();
  if (problem !== undefined) return refuse(problem);
  const challenge = fromBase64(request.challenge);
  invariant(challenge !== undefined, 'a challenge is Base64');
  const answer: DeviceTokenAnswer = {
    accessToken: `token ${requests.length}`,
    scope,
    expiresInSeconds: 600,
    proof: toBase64(prover.sign(centralProofBytes(CHAIN_ID, challenge))),
    control: { deviceState: 'enabled', raffleEvents: [], mirrorVersion: '1.1' },
    serverTime: SERVER_TIME,
    epoch: 1,
  };
  return ok({ answer, serverTime: SERVER_TIME, monotonicMs: nowMs });
}

const answered = (words: string): CallResult<string> =>
  ok({ answer: words, serverTime: SERVER_TIME, monotonicMs: nowMs });

/** Makes a call that meets `problems` one after the other, then succeeds. Returns the tokens used. */
async function callMeeting(...problems: CentralProblem[]) {
  const tokens: string[] = [];
  const result = await session.authorised(async ({ accessToken }: Caller) => {
    tokens.push(accessToken);
    const problem = problems.shift();
    return problem === undefined ? answered('done') : refuse(problem);
  });
  return { tokens, result };
}

describe('a device session', () => {
  it('signs in with an assertion that the device key has signed, dated by the central', async () => {
    await session.signIn();
    const [header = '', payload = '', signature = ''] = (requests[0]?.assertion ?? '').split('.');
    const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

    expect(decode(header)).toEqual({ alg: 'EdDSA', typ: 'JWT' });
    expect(decode(payload)).toEqual({
      iss: CHAIN_ID,
      sub: CHAIN_ID,
      aud: 'counterfoil-central',
      nonce: 'nonce number 0',
      iat: 1795374300,
      exp: 1795374360,
    });
    expect(
      verifier.isSignedBy(
        key.publicKey,
        utf8(`${header}.${payload}`),
        new Uint8Array(Buffer.from(signature, 'base64url')),
      ),
    ).toBe(true);
  });

  it('challenges the central anew each time', async () => {
    await session.signIn();
    session.forget();
    await session.signIn();
    expect(new Set(requests.map(({ challenge }) => challenge)).size).toBe(2);
  });

  it('takes no token from whoever cannot prove to be the central', async () => {
    prover = createKeyPair();
    const { tokens, result } = await callMeeting();
    expect(tokens).toEqual([]);
    expect(result).toEqual({ ok: false, failure: { kind: 'not-our-central' } });
    expect([session.scope(), signedIn]).toEqual([undefined, 0]);
  });

  it('keeps its token from call to call', async () => {
    await callMeeting();
    expect((await callMeeting()).tokens).toEqual(['token 1']);
  });

  it('signs in once for calls at the same time', async () => {
    const [first, second] = await Promise.all([callMeeting(), callMeeting()]);
    expect([first.tokens, second.tokens, requests.length]).toEqual([['token 1'], ['token 1'], 1]);
  });

  it('gets a new token shortly before the old one runs out', async () => {
    await callMeeting();
    nowMs = 589_000;
    expect((await callMeeting()).tokens).toEqual(['token 1']);
    nowMs = 590_000;
    expect((await callMeeting()).tokens).toEqual(['token 2']);
  });

  it.each(['token.invalid', 'token.missing'] as const)(
    'repeats a call once with a new token after %s',
    async (code) => {
      const refused = { kind: 'refused', code, detail: '' } as const;
      const once = await callMeeting(refused);
      expect(once).toEqual({ tokens: ['token 1', 'token 2'], result: answered('done') });
      const twice = await callMeeting(refused, refused);
      expect(twice).toEqual({ tokens: ['token 2', 'token 3'], result: refuse(refused) });
    },
  );

  it.each([
    { kind: 'transport', detail: 'ECONNRESET' },
    { kind: 'certificate-date' },
    { kind: 'refused', code: 'token.upload-only', detail: '' },
  ] as const)('drops its token after $kind', async (problem) => {
    expect((await callMeeting(problem)).tokens).toEqual(['token 1']);
    expect((await callMeeting()).tokens).toEqual(['token 2']);
  });

  it.each([
    { kind: 'back-pressure', retryAfterMs: 1_000 },
    { kind: 'refused', code: 'allocation.exhausted', detail: '' },
    { kind: 'refused', code: 'central.fault', detail: '' },
  ] as const)('keeps its token after $kind $code', async (problem) => {
    await callMeeting(problem);
    expect((await callMeeting()).tokens).toEqual(['token 1']);
  });

  it('passes on why it could not sign in', async () => {
    const refused = { kind: 'refused', code: 'chain.unknown', detail: '' } as const;
    tokenProblems = [refused];
    expect(await callMeeting()).toEqual({ tokens: [], result: refuse(refused) });
  });

  it('knows what its token is good for', async () => {
    scope = 'upload-only';
    expect(session.scope()).toBeUndefined();
    await session.signIn();
    expect(session.scope()).toBe('upload-only');
    session.forget();
    expect(session.scope()).toBeUndefined();
  });
});

describe('an assertion', () => {
  it('is the same for the same claims: nothing of this computer goes in', () => {
    const claims = { chainId: CHAIN_ID, nonce: 'a nonce of the central', serverTime: SERVER_TIME };
    expect(signAssertion(key, claims)).toBe(signAssertion(key, claims));
  });
});
