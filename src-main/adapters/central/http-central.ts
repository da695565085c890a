import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { z } from 'zod';
import type { CentralProblem } from '#main/ports/central-client.ts';
import type { Clock } from '#main/ports/clock.ts';
import {
  type AllocationRequest,
  allocationAnswerSchema,
  type HoldingsReport,
  holdingsAnswerSchema,
} from '#shared/contract/central/allocations.ts';
import {
  deviceTokenAnswerSchema,
  type deviceTokenRequestSchema,
  nonceAnswerSchema,
} from '#shared/contract/central/device-tokens.ts';
import {
  type EnrolmentAnswer,
  type EnrolmentRequest,
  enrolmentAnswerSchema,
  identityAnswerSchema,
} from '#shared/contract/central/enrolment.ts';
import { type Heartbeat, heartbeatAnswerSchema } from '#shared/contract/central/heartbeats.ts';
import {
  type JournalUpload,
  journalDownloadAnswerSchema,
  journalHeadAnswerSchema,
  journalUploadAnswerSchema,
} from '#shared/contract/central/journal.ts';
import { type MirrorQuery, mirrorAnswerSchema } from '#shared/contract/central/mirror.ts';
import { CENTRAL_ROUTES, rsuPath } from '#shared/contract/central/routes.ts';
import { utf8 } from '#shared/kernel/bytes.ts';
import type { ChainId, RsuId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { Result } from '#shared/kernel/result.ts';
import { classifyAnswer } from './classify-answer.ts';
import type { HttpExchange, HttpStream } from './http-exchange.ts';
import { type CallResult, timed } from './received.ts';

export type NonceAnswer = z.infer<typeof nonceAnswerSchema>;
export type DeviceTokenRequest = z.infer<typeof deviceTokenRequestSchema>;
export type DeviceTokenAnswer = z.infer<typeof deviceTokenAnswerSchema>;
export type JournalHeadAnswer = z.infer<typeof journalHeadAnswerSchema>;
export type JournalUploadAnswer = z.infer<typeof journalUploadAnswerSchema>;
export type JournalDownloadAnswer = z.infer<typeof journalDownloadAnswerSchema>;
export type MirrorAnswer = z.infer<typeof mirrorAnswerSchema>;
export type AllocationAnswer = z.infer<typeof allocationAnswerSchema>;
export type HoldingsAnswer = z.infer<typeof holdingsAnswerSchema>;
export type HeartbeatAnswer = z.infer<typeof heartbeatAnswerSchema>;

/** Which RSU asks, and the access token that says so. */
export interface Caller {
  readonly rsuId: RsuId;
  readonly accessToken: string;
}

/** The mirror that a device has already. */
export interface KnownMirror {
  readonly mirrorVersion: string;
  readonly asOf: Instant;
}

/** Bodies below this are sent as they are: compressing them would make them longer. */
const SMALLEST_COMPRESSED_BYTES = 1_024;

const compress = promisify(gzip);

/** The calls of the central's API v1, one function each. Every answer is parsed before it is used. */
export type HttpCentral = ReturnType<typeof createHttpCentral>;

/** Calls the central over `exchange`; `clock` measures round trips. */
export function createHttpCentral(exchange: HttpExchange, clock: Clock) {
  async function get<Answer>(
    path: string,
    schema: z.ZodType<Answer>,
    accessToken?: string,
  ): Promise<Result<Answer, CentralProblem>> {
    const answer = await exchange.send({ method: 'GET', path, headers: headersFor(accessToken) });
    return answer.ok ? classifyAnswer(answer.value, schema) : answer;
  }

  async function post<Answer>(
    path: string,
    content: unknown,
    schema: z.ZodType<Answer>,
    accessToken?: string,
  ): Promise<Result<Answer, CentralProblem>> {
    const { body, headers } = await encodeBody(content);
    const answer = await exchange.send({
      method: 'POST',
      path,
      headers: { ...headersFor(accessToken), ...headers },
      body,
    });
    return answer.ok ? classifyAnswer(answer.value, schema) : answer;
  }

  return {
    identity: () => get(CENTRAL_ROUTES.identity, identityAnswerSchema),

    enrol: (request: EnrolmentRequest): Promise<Result<EnrolmentAnswer, CentralProblem>> =>
      post(CENTRAL_ROUTES.enrolments, request, enrolmentAnswerSchema),

    nonce: (chainId: ChainId): Promise<Result<NonceAnswer, CentralProblem>> =>
      post(CENTRAL_ROUTES.nonces, { chainId }, nonceAnswerSchema),

    token: (request: DeviceTokenRequest): Promise<CallResult<DeviceTokenAnswer>> =>
      timed(clock, () => post(CENTRAL_ROUTES.deviceTokens, request, deviceTokenAnswerSchema)),

    journalHead: ({ rsuId, accessToken }: Caller): Promise<CallResult<JournalHeadAnswer>> =>
      timed(clock, () =>
        get(rsuPath(CENTRAL_ROUTES.journalHead, rsuId), journalHeadAnswerSchema, accessToken),
      ),

    uploadEntries: (
      { rsuId, accessToken }: Caller,
      upload: JournalUpload,
    ): Promise<CallResult<JournalUploadAnswer>> =>
      timed(clock, () =>
        post(
          rsuPath(CENTRAL_ROUTES.journal, rsuId),
          upload,
          journalUploadAnswerSchema,
          accessToken,
        ),
      ),

    downloadEntries: (
      { rsuId, accessToken }: Caller,
      after: number,
    ): Promise<CallResult<JournalDownloadAnswer>> =>
      timed(clock, () =>
        get(
          `${rsuPath(CENTRAL_ROUTES.journal, rsuId)}?after=${after}`,
          journalDownloadAnswerSchema,
          accessToken,
        ),
      ),

    mirror: (
      { rsuId, accessToken }: Caller,
      known: KnownMirror | undefined,
    ): Promise<CallResult<MirrorAnswer>> =>
      timed(clock, () =>
        get(
          `${rsuPath(CENTRAL_ROUTES.mirror, rsuId)}${mirrorQuery(known)}`,
          mirrorAnswerSchema,
          accessToken,
        ),
      ),

    requestNumbers: (
      { rsuId, accessToken }: Caller,
      request: AllocationRequest,
    ): Promise<CallResult<AllocationAnswer>> =>
      timed(clock, () =>
        post(
          rsuPath(CENTRAL_ROUTES.allocations, rsuId),
          request,
          allocationAnswerSchema,
          accessToken,
        ),
      ),

    reportHoldings: (
      { rsuId, accessToken }: Caller,
      report: HoldingsReport,
    ): Promise<CallResult<HoldingsAnswer>> =>
      timed(clock, () =>
        post(rsuPath(CENTRAL_ROUTES.holdings, rsuId), report, holdingsAnswerSchema, accessToken),
      ),

    beat: (
      { rsuId, accessToken }: Caller,
      heartbeat: Heartbeat,
    ): Promise<CallResult<HeartbeatAnswer>> =>
      timed(clock, () =>
        post(
          rsuPath(CENTRAL_ROUTES.heartbeats, rsuId),
          heartbeat,
          heartbeatAnswerSchema,
          accessToken,
        ),
      ),

    /**
     * The stream of server-sent events once the central has begun it; `undefined` if it has not. Why
     * is learned from the next ordinary call.
     */
    async openStream({ rsuId, accessToken }: Caller): Promise<HttpStream | undefined> {
      const opened = await exchange.open({
        method: 'GET',
        path: rsuPath(CENTRAL_ROUTES.stream, rsuId),
        headers: { ...headersFor(accessToken), accept: 'text/event-stream' },
      });
      if (!opened.ok) return undefined;
      if (opened.value.status === 200) return opened.value;
      opened.value.close();
      return undefined;
    },

    close: () => exchange.close(),
  };
}

function mirrorQuery(known: KnownMirror | undefined): string {
  if (known === undefined) return '';
  const query = {
    since: known.mirrorVersion,
    resolutionsSince: known.asOf,
  } satisfies MirrorQuery;
  return `?${new URLSearchParams(query)}`;
}

function headersFor(accessToken: string | undefined): Readonly<Record<string, string>> {
  const accept = { accept: 'application/json' };
  return accessToken === undefined ? accept : { ...accept, authorization: `Bearer ${accessToken}` };
}

async function encodeBody(
  content: unknown,
): Promise<{ readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>> }> {
  const plain = utf8(JSON.stringify(content));
  const type = { 'content-type': 'application/json' };
  if (plain.length < SMALLEST_COMPRESSED_BYTES) return { body: plain, headers: type };
  return { body: await compress(plain), headers: { ...type, 'content-encoding': 'gzip' } };
}
