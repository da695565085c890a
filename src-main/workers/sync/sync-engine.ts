import type {
  DeviceAnswer,
  DeviceCentral,
  DeviceCentralParts,
} from '#main/adapters/central/device-central.ts';
import type { Received } from '#main/adapters/central/received.ts';
import type { CentralProblem } from '#main/ports/central-client.ts';
import type { Clock } from '#main/ports/clock.ts';
import type { JournalReader } from '#main/ports/journal-reader.ts';
import type { Log } from '#main/ports/log.ts';
import type { RandomSource } from '#main/ports/randomness.ts';
import type { SyncNews } from '#main/ports/sync-link.ts';
import type { Control } from '#shared/contract/central/control.ts';
import type { Software } from '#shared/contract/journal/terminal-entries.ts';
import { pauseAfter, pauseDemandedBy } from './back-off.ts';
import { createChainFollower } from './chain-follower.ts';
import { composeHeartbeat } from './compose-heartbeat.ts';
import { createDoorbell } from './doorbell.ts';
import { createHoldingsReporter } from './holdings-reporter.ts';
import { createMirrorFollower } from './mirror-follower.ts';
import { createNumberRequests, type NumberRequest } from './number-requests.ts';
import type { SyncPace } from './pace.ts';
import type { SyncParties } from './parties.ts';
import { createStreamFollower } from './stream-follower.ts';
import type { Timer } from './timer.ts';
import { createWatchdog } from './watchdog.ts';

/** What the engine works with. */
export interface SyncEngineParts {
  /** A client with connections of its own, which reports to `watcher`. */
  readonly connect: (watcher: Pick<DeviceCentralParts, 'onAnswer' | 'onSignedIn'>) => DeviceCentral;
  readonly journal: JournalReader;
  readonly software: Software;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly timer: Timer;
  readonly pace: SyncPace;
  readonly log: Log;
  readonly tell: (news: SyncNews) => void;
}

/** Keeps one enrolled till and its central in step. */
export interface SyncEngine {
  /** Works until it is closed. Rejects on a bug or a damaged journal. */
  run(): Promise<void>;
  /** Entries up to `flushedSeq` may leave the till. */
  wake(flushedSeq: number): void;
  requestNumbers(request: NumberRequest): void;
  close(): void;
}

/**
 * One loop, one call at a time: sign in, compare heads, report holdings, upload, beat, fetch. Upload
 * comes before download, so that what comes down never meets a fact the central has not seen.
 */
export function createSyncEngine(parts: SyncEngineParts): SyncEngine {
  const { journal, clock, random, timer, pace, log, tell } = parts;
  const watcher = { onAnswer: noteAnswer, onSignedIn: () => chain.compareAgain() };
  let central = parts.connect(watcher);
  const parties: SyncParties = { central: () => central, journal, clock, pace, tell };
  const chain = createChainFollower(parties);
  const mirror = createMirrorFollower(parties);
  const holdings = createHoldingsReporter(parties);
  const numbers = createNumberRequests(parties, pace.numbersRetryMs);
  const stream = createStreamFollower({
    central: parties.central,
    clock,
    random,
    pace,
    onChange: lookSoon,
  });
  const watchdog = createWatchdog(pace.stallMs);
  const doorbell = createDoorbell(timer);
  const closing = new AbortController();
  let flushedSeq = 0;
  let isOnline = false;
  let failures = 0;
  let lookAtMs = Number.NEGATIVE_INFINITY;
  let control: Control | undefined;
  let epoch: number | undefined;

  function noteAnswer({ answer, serverTime, monotonicMs }: Received<DeviceAnswer>): void {
    isOnline = true;
    control = answer.control;
    mirror.note(answer.control);
    noteEpoch(answer.epoch);
    tell({ kind: 'contact', serverTime, monotonicMs, control: answer.control });
  }

  /** A restored central may have forgotten entries that it once acknowledged. */
  function noteEpoch(present: number): void {
    holdings.note(present);
    if (epoch !== undefined && epoch !== present) {
      chain.compareAgain();
      doorbell.ring();
    }
    epoch = present;
  }

  function noteProblem(problem: CentralProblem): CentralProblem {
    // Closing ends the call that is under way: that says nothing about the connection.
    if (closing.signal.aborted) return problem;
    tell({ kind: 'problem', problem });
    if (isLossOfConnection(problem)) {
      isOnline = false;
      chain.compareAgain();
    }
    if (problem.kind === 'refused' && problem.code === 'holdings.awaited') holdings.ask();
    return problem;
  }

  function lookSoon(): void {
    lookAtMs = Number.NEGATIVE_INFINITY;
    doorbell.ring();
  }

  /** A device that was let in again must sign in anew to be allowed more than to upload. */
  function renewNarrowToken(): void {
    if (central.scope() === 'upload-only' && control?.deviceState === 'enabled') {
      central.forgetToken();
    }
  }

  async function signIn(): Promise<CentralProblem | undefined> {
    renewNarrowToken();
    const signedIn = await central.signIn();
    return signedIn.ok ? undefined : signedIn.failure;
  }

  /** Sends what may leave the till now; later entries wait for the next round. */
  async function upload(): Promise<CentralProblem | undefined> {
    const end = await chain.upload(Math.min(flushedSeq, journal.head().seq));
    if (end.kind === 'done') return undefined;
    if (end.kind === 'stuck' || end.problem.kind === 'refused') failures += 1;
    return end.kind === 'failed' ? end.problem : undefined;
  }

  /** Says how the till is, and hears how things stand. */
  async function look(): Promise<CentralProblem | undefined> {
    if (clock.monotonicMs() < lookAtMs) return undefined;
    lookAtMs = clock.monotonicMs() + pace.pollMs;
    const sentSeq = chain.sentSeq();
    const { software } = parts;
    const result = await central.beat(composeHeartbeat(journal, { software, flushedSeq, sentSeq }));
    if (!result.ok) return result.failure;
    const { jackpot, nextInSeconds } = result.value.answer;
    tell({ kind: 'jackpot', jackpot });
    if (stream.isOpen()) lookAtMs = clock.monotonicMs() + nextInSeconds * 1_000;
    return undefined;
  }

  const ifFull = (step: () => Promise<CentralProblem | undefined>) => async () =>
    central.scope() === 'full' ? await step() : undefined;

  /** The steps of a round. One that the central refuses does not keep the others from being tried. */
  const steps: readonly (() => Promise<CentralProblem | undefined>)[] = [
    chain.compareOnce,
    holdings.reportIfChanged,
    upload,
    look,
    ifFull(mirror.fetchIfChanged),
    ifFull(() => numbers.send(clock.monotonicMs())),
  ];

  /** One round. Returns the problem that ended it early. */
  async function round(): Promise<CentralProblem | undefined> {
    const refusal = await signIn();
    if (refusal !== undefined) return noteProblem(refusal);
    for (const step of steps) {
      const problem = await step();
      if (problem === undefined) continue;
      noteProblem(problem);
      if (problem.kind !== 'refused') return problem;
    }
    if (central.scope() === 'full') stream.ensureOpen();
    return undefined;
  }

  async function roundAndPause(): Promise<void> {
    const failuresBefore = failures;
    const problem = await round();
    if (problem !== undefined) failures += 1;
    if (failures === failuresBefore) {
      failures = 0;
      return;
    }
    const demanded = problem === undefined ? 0 : pauseDemandedBy(problem);
    await timer.sleep(demanded + pauseAfter(failures, pace, random), closing.signal);
  }

  function nextRoundInMs(): number {
    const fullOnlyAtMs =
      central.scope() === 'full'
        ? Math.min(numbers.dueAtMs(), mirror.dueAtMs())
        : Number.POSITIVE_INFINITY;
    const dueAtMs = Math.min(lookAtMs, chain.dueAtMs(), fullOnlyAtMs);
    return Math.max(0, dueAtMs - clock.monotonicMs());
  }

  async function work(): Promise<void> {
    while (!closing.signal.aborted) {
      await roundAndPause();
      if (closing.signal.aborted) return;
      if (failures === 0) await doorbell.wait(nextRoundInMs());
    }
  }

  function rebuildClient(): void {
    log.warn(
      { sentSeq: chain.sentSeq(), flushedSeq },
      'sync has stalled; starting with a new client',
    );
    central.close();
    central = parts.connect(watcher);
    chain.compareAgain();
    lookSoon();
  }

  function checkProgress(): void {
    const order = watchdog.observe({
      nowMs: clock.monotonicMs(),
      hasUnsent: chain.hasUnsent(flushedSeq),
      isOnline,
      sentSeq: chain.sentSeq(),
    });
    if (order.kind === 'carry-on') return;
    rebuildClient();
    if (order.kind === 'rebuild-and-tell') tell({ kind: 'stalled', sinceMs: order.sinceMs });
  }

  async function watch(): Promise<void> {
    while (!closing.signal.aborted) {
      await timer.sleep(pace.watchMs, closing.signal);
      checkProgress();
    }
  }

  return {
    async run() {
      await Promise.all([work(), watch()]);
    },
    wake(seq) {
      flushedSeq = seq;
      doorbell.ring();
    },
    requestNumbers(request) {
      numbers.add(request);
      doorbell.ring();
    },
    close() {
      closing.abort();
      doorbell.ring();
      stream.close();
      central.close();
    },
  };
}

function isLossOfConnection(problem: CentralProblem): boolean {
  return problem.kind !== 'refused' && problem.kind !== 'back-pressure';
}
