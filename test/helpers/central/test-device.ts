import {
  createHash,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
  sign,
} from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { SignJWT } from 'jose';
import type { AllocationAnswer } from '#shared/contract/central/allocations.ts';
import { ASSERTION_AUDIENCE } from '#shared/contract/central/device-tokens.ts';
import type { JournalUploadAnswer } from '#shared/contract/central/journal.ts';
import type { MirrorAnswer } from '#shared/contract/central/mirror.ts';
import { CENTRAL_ROUTES, rsuPath } from '#shared/contract/central/routes.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { toBase64 } from '#shared/kernel/bytes.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId, RsuId, Uuid } from '#shared/kernel/ids.ts';

/** An answer of the central: its status and its JSON. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
}

/** A till as the central sees one, reduced to its calls. */
export interface TestDevice {
  readonly chainId: ChainId;
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
  rsuId: RsuId;
  token: string;
  /** Enrols with a code, without signing in. */
  enrol(code: string): Promise<Answer>;
  assertion(
    nonce: string,
    changes?: { readonly key?: KeyObject; readonly issuer?: string },
  ): Promise<string>;
  nonce(): Promise<string>;
  /** Exchanges an assertion for a token, and keeps the token. */
  signIn(assertion?: string): Promise<Answer>;
  call<Body>(method: 'GET' | 'POST', route: string, body?: unknown): Promise<Answer<Body>>;
  upload(entries: readonly JournalEntry[]): Promise<Answer<JournalUploadAnswer>>;
  mirror(since?: string, resolutionsSince?: string): Promise<Answer<MirrorAnswer>>;
  topUp(
    raffleEventId: Uuid,
    left?: { readonly drawNumbersLeft: number; readonly validationNumbersLeft: number },
    requestId?: string,
  ): Promise<Answer<AllocationAnswer>>;
}

/** A device with fresh keys. Nothing is sent yet. */
export function createTestDevice(centralUrl: string): TestDevice {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const rawPublicKey = new Uint8Array(
    publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
  );
  const device: TestDevice = {
    chainId: randomUUID() as string as ChainId,
    publicKey: rawPublicKey,
    privateKey,
    rsuId: '' as RsuId,
    token: '',
    async enrol(code) {
      const answer = await send(centralUrl, 'POST', CENTRAL_ROUTES.enrolments, '', {
        code,
        chainId: device.chainId,
        devicePublicKey: toBase64(rawPublicKey),
        machineFingerprint: sha256('machine'),
        software: { version: '1', checksum: sha256('software') },
        challenge: toBase64(randomBytes(32)),
      });
      if (answer.status === 200) device.rsuId = answer.body['rsuId'] as RsuId;
      return answer;
    },
    async nonce() {
      const answer = await send(centralUrl, 'POST', CENTRAL_ROUTES.nonces, '', {
        chainId: device.chainId,
      });
      return String(answer.body['nonce']);
    },
    assertion: (nonce, { key = privateKey, issuer = device.chainId } = {}) =>
      new SignJWT({ nonce })
        .setProtectedHeader({ alg: 'EdDSA' })
        .setIssuer(issuer)
        .setSubject(issuer)
        .setAudience(ASSERTION_AUDIENCE)
        .setIssuedAt()
        .setExpirationTime('60s')
        .sign(key),
    async signIn(assertion) {
      const answer = await send(centralUrl, 'POST', CENTRAL_ROUTES.deviceTokens, '', {
        chainId: device.chainId,
        assertion: assertion ?? (await device.assertion(await device.nonce())),
        challenge: toBase64(randomBytes(32)),
      });
      if (answer.status === 200) device.token = String(answer.body['accessToken']);
      return answer;
    },
    call: (method, route, body) =>
      send(centralUrl, method, rsuPath(route, device.rsuId), device.token, body),
    upload: (entries) =>
      device.call('POST', CENTRAL_ROUTES.journal, { chainId: device.chainId, entries }),
    mirror: (since, resolutionsSince) => {
      const query = new URLSearchParams({
        ...(since === undefined ? {} : { since }),
        ...(resolutionsSince === undefined ? {} : { resolutionsSince }),
      });
      return device.call('GET', `${CENTRAL_ROUTES.mirror}?${query}`);
    },
    topUp: (
      raffleEventId,
      left = { drawNumbersLeft: 0, validationNumbersLeft: 0 },
      requestId = randomUUID(),
    ) => device.call('POST', CENTRAL_ROUTES.allocations, { requestId, raffleEventId, ...left }),
  };
  return device;
}

/** A device that is enrolled and signed in. */
export async function enrolledDevice(centralUrl: string, code: string): Promise<TestDevice> {
  const device = createTestDevice(centralUrl);
  await device.enrol(code);
  await device.signIn();
  return device;
}

/** Uploads what a journal has appended since the last call, as a till would. */
export async function uploadAll(
  device: TestDevice,
  journal: { takeUnsent(): JournalEntry[] },
): Promise<JournalUploadAnswer> {
  const { body } = await device.upload(journal.takeUnsent());
  return body;
}

async function send<Body = Record<string, unknown>>(
  centralUrl: string,
  method: 'GET' | 'POST',
  path: string,
  token: string,
  body?: unknown,
): Promise<Answer<Body>> {
  const response = await fetch(centralUrl + path, {
    method,
    headers: {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-encoding': 'gzip' }),
    },
    ...(body === undefined ? {} : { body: gzipSync(JSON.stringify(body)) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

/** Signs an entry's hash as a device does. */
export function signHash(privateKey: KeyObject, hash: Sha256): string {
  return toBase64(sign(null, Buffer.from(hash, 'hex'), privateKey));
}

/** A digest for fields that only have to be one. */
export function sha256(text: string): Sha256 {
  return createHash('sha256').update(text).digest('hex') as Sha256;
}
