import type { CentralProblem } from '#main/ports/central-client.ts';
import type { Clock } from '#main/ports/clock.ts';
import type { DeviceKey, SignatureVerifier } from '#main/ports/keys.ts';
import type { RandomSource } from '#main/ports/randomness.ts';
import type { DeviceRow } from '#main/ports/terminal-rows.ts';
import type { AllocationRequest, HoldingsReport } from '#shared/contract/central/allocations.ts';
import type { Control } from '#shared/contract/central/control.ts';
import type { TokenScope } from '#shared/contract/central/device-tokens.ts';
import type { Heartbeat } from '#shared/contract/central/heartbeats.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Result } from '#shared/kernel/result.ts';
import { readCentralOrigin } from './central-origin.ts';
import { followControlStream } from './control-stream.ts';
import { createDeviceSession } from './device-session.ts';
import {
  type AllocationAnswer,
  type Caller,
  createHttpCentral,
  type HeartbeatAnswer,
  type HoldingsAnswer,
  type JournalDownloadAnswer,
  type JournalHeadAnswer,
  type JournalUploadAnswer,
  type KnownMirror,
  type MirrorAnswer,
} from './http-central.ts';
import { createHttpExchange, type TimeLimits } from './http-exchange.ts';
import type { CallResult, Received } from './received.ts';

/** What every answer to a signed-in device carries. */
export interface DeviceAnswer {
  readonly control: Control;
  readonly serverTime: Instant;
  readonly epoch: number;
}

/** The central as one signed-in device sees it. */
export interface DeviceCentral {
  /** What the present token is good for; `undefined` before signing in and after a loss. */
  scope(): TokenScope | undefined;
  /** Makes sure that there is a token; does nothing if there is a good one. */
  signIn(): Promise<Result<unknown, CentralProblem>>;
  /** Drops the token, so that the next call signs in first. */
  forgetToken(): void;
  journalHead(): Promise<CallResult<JournalHeadAnswer>>;
  uploadEntries(entries: readonly JournalEntry[]): Promise<CallResult<JournalUploadAnswer>>;
  /** Entries of the device's own chain after `after`, as many as the central likes to send. */
  downloadEntries(after: number): Promise<CallResult<JournalDownloadAnswer>>;
  /** The mirror, unless the newest is `since`, the one that this device has. */
  mirror(since: KnownMirror | undefined): Promise<CallResult<MirrorAnswer>>;
  requestNumbers(request: AllocationRequest): Promise<CallResult<AllocationAnswer>>;
  reportHoldings(report: HoldingsReport): Promise<CallResult<HoldingsAnswer>>;
  beat(heartbeat: Heartbeat): Promise<CallResult<HeartbeatAnswer>>;
  /** Follows the central's stream; `undefined` if it could not be opened. */
  openStream(onChange: () => void): Promise<OpenStream | undefined>;
  /** Ends every connection, also those in use: their calls end with a `transport` problem. */
  close(): void;
}

/** A stream that is being followed. */
export interface OpenStream {
  /** Settles when the stream is over, for whatever reason. */
  readonly ended: Promise<void>;
  close(): void;
}

/** What a device needs to call its central. */
export interface DeviceCentralParts {
  readonly device: Pick<DeviceRow, 'chainId' | 'rsuId' | 'centralUrl' | 'centralPublicKey'>;
  readonly key: DeviceKey;
  readonly verifier: SignatureVerifier;
  readonly random: RandomSource;
  readonly clock: Clock;
  /** Called with every answer before it is returned, in the order in which they came. */
  readonly onAnswer: (received: Received<DeviceAnswer>) => void;
  /** Called after each sign-in: nothing that was known before it needs to hold any more. */
  readonly onSignedIn: () => void;
  readonly limits?: TimeLimits;
}

/** Calls the device's central, signing in whenever that is needed. */
export function createDeviceCentral(parts: DeviceCentralParts): DeviceCentral {
  const { device, clock, onAnswer } = parts;
  const origin = readCentralOrigin(device.centralUrl);
  invariant(origin !== undefined, `enrolled with a central at ${device.centralUrl}`);
  const central = createHttpCentral(createHttpExchange(origin, parts.limits), clock);
  const session = createDeviceSession({
    ...parts,
    central,
    onSignedIn(received) {
      onAnswer(received);
      parts.onSignedIn();
    },
  });

  async function call<Answer extends DeviceAnswer>(
    make: (caller: Caller) => Promise<CallResult<Answer>>,
  ): Promise<CallResult<Answer>> {
    const result = await session.authorised(make);
    if (result.ok) onAnswer(result.value);
    return result;
  }

  return {
    scope: session.scope,
    signIn: session.signIn,
    forgetToken: session.forget,
    journalHead: () => call((caller) => central.journalHead(caller)),
    uploadEntries: (entries) =>
      call((caller) =>
        central.uploadEntries(caller, { chainId: device.chainId, entries: [...entries] }),
      ),
    downloadEntries: (after) => call((caller) => central.downloadEntries(caller, after)),
    mirror: (since) => call((caller) => central.mirror(caller, since)),
    requestNumbers: (request) => call((caller) => central.requestNumbers(caller, request)),
    reportHoldings: (report) => call((caller) => central.reportHoldings(caller, report)),
    beat: (heartbeat) => call((caller) => central.beat(caller, heartbeat)),
    async openStream(onChange) {
      const caller = await session.signIn();
      if (!caller.ok) return undefined;
      const stream = await central.openStream(caller.value);
      if (stream === undefined) return undefined;
      return { ended: followControlStream(stream, onChange), close: stream.close };
    },
    close: central.close,
  };
}
