import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { DeviceKey } from '#main/ports/keys.ts';
import {
  allocationRequestSchema,
  holdingsReportSchema,
} from '#shared/contract/central/allocations.ts';
import type { CentralFailureCode } from '#shared/contract/central/control.ts';
import { deviceTokenRequestSchema } from '#shared/contract/central/device-tokens.ts';
import { heartbeatSchema } from '#shared/contract/central/heartbeats.ts';
import { journalUploadSchema } from '#shared/contract/central/journal.ts';
import { centralProofBytes } from '#shared/domain/central-proof.ts';
import { fromBase64, toBase64, utf8 } from '#shared/kernel/bytes.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { type CentralMemory, createCentralMemory } from './central-memory.ts';
import { CHAIN_ID } from './journal-in-memory.ts';
import { createKeyPair, verifier } from './key-pair.ts';
import { smallMirror } from './mirror.ts';

/**
 * What goes wrong with one request.
 *
 * - `drop-request`: the connection breaks before anything was done
 * - `drop-answer`: it breaks after the work was done
 * - `half-answer`: it breaks in the middle of the answer
 * - `twice`: the request is done twice, as a network that repeats would have it
 * - `captive-portal`: somebody else answers, with a page and status 200
 * - `redirect`: somebody else sends the till elsewhere
 * - `busy`: status 429, to come back at once
 * - `busy-for-a-second`: status 429, to come back after a second
 * - `bad-gateway`: a proxy answers for a central that is down
 * - `forget-tokens`: the central was restarted and knows no token any more
 * - `hang`: no answer, ever
 */
export type Fault =
  | 'drop-request'
  | 'drop-answer'
  | 'half-answer'
  | 'twice'
  | 'captive-portal'
  | 'redirect'
  | 'busy'
  | 'busy-for-a-second'
  | 'bad-gateway'
  | 'forget-tokens'
  | 'hang';

/** One request as the scripted central saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly content: unknown;
}

/** A central on loopback that speaks the protocol, and misbehaves as told. */
export interface ScriptedCentral {
  readonly url: string;
  readonly publicKey: Uint8Array;
  readonly memory: CentralMemory;
  readonly seen: readonly SeenRequest[];
  /** Asked before each request. */
  misbehave(choose: (request: SeenRequest) => Fault | undefined): void;
  /** Answers `code` to every request whose path ends like this, until called with `undefined`. */
  refuse(pathEnd: string, code: CentralFailureCode | undefined): void;
  /** From now on proofs are signed by another key. */
  becomeImpostor(): void;
  forgetTokens(): void;
  /** Sends an event to every open stream. */
  wakeStreams(): void;
  openStreams(): number;
  stop(): Promise<void>;
  /** Listens again at the same address. */
  restart(): Promise<void>;
}

/** What a stopped device may not call. */
const FULL_CALLS = ['mirror', 'allocations', 'stream'];

type Answer = { readonly status: number; readonly content: unknown };

/** Starts a central that knows the one device with this key. */
export async function startScriptedCentral(
  deviceKey: Pick<DeviceKey, 'publicKey'>,
): Promise<ScriptedCentral> {
  const identity = createKeyPair();
  const memory = createCentralMemory(deviceKey);
  const seen: SeenRequest[] = [];
  const nonces = new Set<string>();
  const tokens = new Map<string, 'full' | 'upload-only'>();
  const streams = new Set<ServerResponse>();
  const refusals = new Map<string, CentralFailureCode>();
  let prover = identity;
  let chooseFault: (request: SeenRequest) => Fault | undefined = () => undefined;
  let count = 0;

  function refusal(status: number, code: CentralFailureCode): Answer {
    const serverTime = instantFromEpoch(Date.now());
    return { status, content: { code, detail: 'scripted', serverTime } };
  }

  function giveToken(content: unknown): Answer {
    const request = deviceTokenRequestSchema.parse(content);
    const [header = '', payload = '', signature = ''] = request.assertion.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const signed = utf8(`${header}.${payload}`);
    const bytes = new Uint8Array(Buffer.from(signature, 'base64url'));
    const skewSeconds = Math.abs(claims.iat - Date.now() / 1_000);
    const isSigned = verifier.isSignedBy(deviceKey.publicKey, signed, bytes);
    if (!isSigned || claims.sub !== CHAIN_ID || skewSeconds > 60) {
      return refusal(401, 'assertion.invalid');
    }
    if (!nonces.delete(claims.nonce)) return refusal(401, 'nonce.unknown');
    const challenge = fromBase64(request.challenge);
    invariant(challenge !== undefined, 'the schema lets canonical Base64 through only');
    const scope = memory.deviceState() === 'enabled' ? 'full' : 'upload-only';
    count += 1;
    const accessToken = `access-token-number-${count}`;
    tokens.set(accessToken, scope);
    const proof = toBase64(prover.sign(centralProofBytes(CHAIN_ID, challenge)));
    const fields = memory.answerFields();
    return ok({ accessToken, scope, expiresInSeconds: 600, proof, ...fields });
  }

  function ok(content: unknown): Answer {
    return { status: 200, content };
  }

  function answerOpen(request: SeenRequest): Answer | undefined {
    const serverTime = instantFromEpoch(Date.now());
    if (request.path === '/v1/identity') {
      return ok({ publicKey: toBase64(identity.publicKey), serverTime });
    }
    if (request.path === '/v1/device-tokens/nonces') {
      count += 1;
      const nonce = `nonce-of-the-central-${count}`;
      nonces.add(nonce);
      return ok({ nonce, expiresInSeconds: 60, serverTime });
    }
    return request.path === '/v1/device-tokens' ? giveToken(request.content) : undefined;
  }

  function answerDevice(request: SeenRequest): Answer {
    const scope = tokens.get((request.authorization ?? '').replace('Bearer ', ''));
    if (scope === undefined) return refusal(401, 'token.invalid');
    const url = new URL(request.path, 'http://central');
    const name = url.pathname.replace(/^\/v1\/rsus\/[^/]+\//, '');
    if (FULL_CALLS.includes(name)) {
      if (memory.deviceState() !== 'enabled') return refusal(403, 'rsu.disabled');
      if (scope !== 'full') return refusal(403, 'token.upload-only');
    }
    switch (`${request.method} ${name}`) {
      case 'GET journal/head':
        return ok({ ...memory.standing(), ...memory.answerFields() });
      case 'POST journal': {
        const verdicts = memory.take(journalUploadSchema.parse(request.content));
        return ok({ verdicts, ...memory.standing(), ...memory.answerFields() });
      }
      case 'GET journal': {
        const entries = memory.entriesAfter(Number(url.searchParams.get('after')));
        return ok({ entries, ...memory.standing(), ...memory.answerFields() });
      }
      case 'GET mirror': {
        const fields = memory.answerFields() as {
          readonly control: { readonly mirrorVersion: string };
        };
        const { mirrorVersion } = fields.control;
        const isNew = url.searchParams.get('since') !== mirrorVersion;
        return ok({ mirror: isNew ? smallMirror(mirrorVersion) : null, ...fields });
      }
      case 'POST allocations':
        memory.grant(allocationRequestSchema.parse(request.content));
        return ok({ allocations: [], validationBlocks: [], ...memory.answerFields() });
      case 'POST holdings':
        holdingsReportSchema.parse(request.content);
        memory.hearHoldings();
        return ok(memory.answerFields());
      case 'POST heartbeats':
        memory.hearBeat(heartbeatSchema.parse(request.content));
        return ok({ jackpot: null, nextInSeconds: 30, ...memory.answerFields() });
      default:
        return refusal(400, 'request.invalid');
    }
  }

  function answer(request: SeenRequest): Answer {
    for (const [pathEnd, code] of refusals) {
      if (request.path.endsWith(pathEnd)) return refusal(400, code);
    }
    return answerOpen(request) ?? answerDevice(request);
  }

  function handle(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const noted = noteRequest(request, body);
    seen.push(noted);
    const fault = chooseFault(noted);
    if (fault === 'drop-request') {
      request.socket.destroy();
      return;
    }
    if (fault === 'hang') return;
    if (fault === 'forget-tokens') tokens.clear();
    if (answerStrangely(response, fault)) return;
    if (noted.path.endsWith('/stream') && tokens.has((noted.authorization ?? '').slice(7))) {
      openStream(response);
      return;
    }
    if (fault === 'twice') answer(noted);
    const { status, content } = answer(noted);
    const text = JSON.stringify(content);
    if (fault === 'drop-answer') {
      request.socket.destroy();
      return;
    }
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    };
    response.writeHead(status, headers);
    if (fault !== 'half-answer') {
      response.end(text);
      return;
    }
    response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
  }

  function openStream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': open\n\n');
    streams.add(response);
    response.on('close', () => streams.delete(response));
  }

  let server = await listen(handle, 0);
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    publicKey: identity.publicKey,
    memory,
    seen,
    misbehave(choose) {
      chooseFault = choose;
    },
    refuse(pathEnd, code) {
      if (code === undefined) refusals.delete(pathEnd);
      else refusals.set(pathEnd, code);
    },
    becomeImpostor() {
      prover = createKeyPair();
    },
    forgetTokens: () => tokens.clear(),
    wakeStreams() {
      const { control } = memory.answerFields();
      for (const stream of streams) {
        stream.write(`event: control\ndata: ${JSON.stringify(control)}\n\n`);
      }
    },
    openStreams: () => streams.size,
    stop: () => stopListening(server),
    async restart() {
      tokens.clear();
      server = await listen(handle, port);
    },
  };
}

/** Answers as something that is not the central would, if `fault` is one of those. */
function answerStrangely(response: ServerResponse, fault: Fault | undefined): boolean {
  switch (fault) {
    case 'captive-portal':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Free Wi-Fi</h1>');
      return true;
    case 'redirect':
      response.writeHead(302, { location: 'http://127.0.0.1:1/sign-in' }).end();
      return true;
    case 'busy':
      response.writeHead(429, { 'retry-after': '0' }).end();
      return true;
    case 'busy-for-a-second':
      response.writeHead(429, { 'retry-after': '1' }).end();
      return true;
    case 'bad-gateway':
      response.writeHead(502).end('bad gateway');
      return true;
    default:
      return false;
  }
}

function noteRequest(request: IncomingMessage, body: Buffer): SeenRequest {
  const contentEncoding = request.headers['content-encoding'];
  const plain = contentEncoding === 'gzip' ? gunzipSync(body) : body;
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    authorization: request.headers.authorization,
    contentEncoding,
    content: plain.length === 0 ? undefined : JSON.parse(plain.toString('utf8')),
  };
}

async function listen(
  handle: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void,
  port: number,
): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => handle(request, response, Buffer.concat(chunks)));
    request.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

async function stopListening(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
