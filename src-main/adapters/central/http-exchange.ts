import type { IncomingMessage } from 'node:http';
import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { CentralProblem } from '#main/ports/central-client.ts';
import { concatBytes } from '#shared/kernel/bytes.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { connectionProblem } from './connection-problem.ts';

/** One request to the central. `path` starts with a slash; the origin is the exchange's own. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** An answer whose body has arrived whole. */
export interface HttpAnswer {
  readonly status: number;
  /** The header as it was sent; `undefined` without one. */
  readonly retryAfter: string | undefined;
  readonly body: Uint8Array;
}

/** An answer whose body goes on for as long as both sides like. */
export interface HttpStream {
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array>;
  close(): void;
}

/** How long to wait, in milliseconds. */
export interface TimeLimits {
  /** Until the connection, encrypted where it is, stands. */
  readonly connectMs: number;
  /** Of silence while an answer is awaited: the other side has stopped. */
  readonly quietMs: number;
  /** Until the answer has arrived whole. */
  readonly wholeMs: number;
  /** Of silence on a stream. */
  readonly silenceMs: number;
}

const TIME_LIMITS: TimeLimits = {
  connectMs: 10_000,
  quietMs: 20_000,
  wholeMs: 45_000,
  silenceMs: 60_000,
};

/** No answer of the central is larger; a larger one is not from the central. */
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;

/** Connections to one origin, and to no other: a redirect is an answer like any other, never followed. */
export interface HttpExchange {
  /** Sends a request and waits for the whole answer, whatever its status. */
  send(request: HttpRequest): Promise<Result<HttpAnswer, CentralProblem>>;
  /** Sends a request and returns as soon as the answer has begun. */
  open(request: HttpRequest): Promise<Result<HttpStream, CentralProblem>>;
  /** Ends every connection, also those in use. */
  close(): void;
}

/** Keeps connections to `origin` alive between requests. */
export function createHttpExchange(origin: URL, limits: TimeLimits = TIME_LIMITS): HttpExchange {
  const isEncrypted = origin.protocol === 'https:';
  const agent = isEncrypted
    ? new HttpsAgent({ keepAlive: true })
    : new HttpAgent({ keepAlive: true });
  const closing = new AbortController();

  function start(request: HttpRequest): ClientRequest {
    const begin = isEncrypted ? httpsRequest : httpRequest;
    const headers = { ...request.headers, ...lengthOf(request.body) };
    const url = new URL(request.path, origin);
    const started = begin(url, { agent, method: request.method, headers, signal: closing.signal });
    limitConnecting(started, isEncrypted, limits.connectMs);
    return started;
  }

  async function sendOnce(request: HttpRequest): Promise<Attempt<HttpAnswer>> {
    const started = start(request);
    const runOut = new AbortController();
    const giveUp = (): void => {
      runOut.abort();
      started.destroy();
    };
    started.setTimeout(limits.quietMs, giveUp);
    const limit = setTimeout(giveUp, limits.wholeMs);
    try {
      const response = await responseTo(started, request.body);
      return { result: ok(await readWhole(response)), isWorthRepeating: false };
    } catch (error) {
      return failedAttempt(started, runOut.signal.aborted ? timeLimitError() : (error as Error));
    } finally {
      clearTimeout(limit);
    }
  }

  async function openOnce(request: HttpRequest): Promise<Attempt<HttpStream>> {
    const started = start(request);
    started.setTimeout(limits.silenceMs, () => started.destroy(timeLimitError()));
    try {
      const response = await responseTo(started, request.body);
      const stream = {
        status: response.statusCode ?? 0,
        body: response,
        close: () => response.destroy(),
      };
      return { result: ok(stream), isWorthRepeating: false };
    } catch (error) {
      return failedAttempt(started, error as Error);
    }
  }

  return {
    send: (request) => repeatOnStaleConnection(() => sendOnce(request)),
    open: (request) => repeatOnStaleConnection(() => openOnce(request)),
    close() {
      closing.abort();
      agent.destroy();
    },
  };
}

interface Attempt<Answer> {
  readonly result: Result<Answer, CentralProblem>;
  readonly isWorthRepeating: boolean;
}

/**
 * A kept connection may have been closed by the other side just as it was used again. That says
 * nothing about the network, and every request of the protocol may be sent twice.
 */
async function repeatOnStaleConnection<Answer>(
  attempt: () => Promise<Attempt<Answer>>,
): Promise<Result<Answer, CentralProblem>> {
  const first = await attempt();
  return first.isWorthRepeating ? (await attempt()).result : first.result;
}

function failedAttempt(request: ClientRequest, error: Error): Attempt<never> {
  const problem = connectionProblem(error);
  const isReset = problem.kind === 'transport' && problem.detail === 'ECONNRESET';
  return { result: refuse(problem), isWorthRepeating: isReset && request.reusedSocket };
}

function responseTo(
  request: ClientRequest,
  body: Uint8Array | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
    request.end(body);
  });
}

async function readWhole(response: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > LARGEST_ANSWER_BYTES) throw errorWithCode('ANSWER_TOO_LARGE');
    chunks.push(chunk);
  }
  return {
    status: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'],
    body: concatBytes(...chunks),
  };
}

function limitConnecting(request: ClientRequest, isEncrypted: boolean, limitMs: number): void {
  request.once('socket', (socket) => {
    if (!socket.connecting) return;
    const limit = setTimeout(() => request.destroy(timeLimitError()), limitMs);
    const stop = () => clearTimeout(limit);
    socket.once(isEncrypted ? 'secureConnect' : 'connect', stop);
    socket.once('close', stop);
  });
}

function lengthOf(body: Uint8Array | undefined): Readonly<Record<string, string>> {
  return body === undefined ? {} : { 'content-length': `${body.length}` };
}

function timeLimitError(): Error {
  return errorWithCode('TIME_LIMIT');
}

function errorWithCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}
