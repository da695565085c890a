import type { Failure } from '#shared/contract/failures.ts';
import { failure } from '#shared/contract/failures.ts';
import type { Phase, Snapshot, TicketProgress } from '#shared/contract/terminal/snapshot.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import type { OrderRow } from '../ports/terminal-rows.ts';
import { atMostEvery } from './at-most-every.ts';
import { type CentralAlarm, createCentralAlarm } from './central/central-alarm.ts';
import { type Connection, createConnection } from './central/connection.ts';
import { createHeadsComparison, type HeadsComparison } from './central/heads-comparison.ts';
import { createJackpotBoard, type JackpotBoard } from './central/jackpot-board.ts';
import { createStorageFault, type StorageFault } from './central/storage-fault.ts';
import { clockMemoryOf } from './clock/clock-memory.ts';
import { clockRulesOf } from './clock/clock-rules.ts';
import { createTrustedTime, type TrustedTime } from './clock/trusted-time.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createPrintQueue, type PrintQueue } from './printing/print-queue.ts';
import { findOpenTickets, ticketProgressOf } from './printing/ticket-standing.ts';
import { createTicketWriter, type TicketWriter } from './printing/write-tickets.ts';
import { createEndSales } from './sale/end-sales.ts';
import { createLastSale, type LastSale } from './sale/last-sale.ts';
import { createNumberSource, type NumberSource } from './sale/number-source.ts';
import { createPaymentGuard, type PaymentGuard } from './sale/payment-guard.ts';
import { createSellingDesk, type SellingDesk, type View } from './sale/selling-desk.ts';
import { createNumbersWatch } from './sale/watch-numbers.ts';
import { type Approver, createApprover } from './session/approver.ts';
import { type Authenticator, createAuthenticator } from './session/authenticator.ts';
import { createSessionKeeper, type SessionKeeper } from './session/session-keeper.ts';
import { createChooseOnlyRaffleEvent } from './set-up/choose-only-raffle-event.ts';
import { significantEvent } from './significant-event.ts';
import { assembleSnapshot, type SnapshotSources } from './status/assemble-snapshot.ts';
import { describeOutOfService } from './status/describe-out-of-service.ts';
import { describePhase } from './status/describe-phase.ts';
import {
  createServiceState,
  type Fault,
  type Service,
  type ServiceState,
} from './status/service-state.ts';
import { createSnapshotFeed, type SnapshotFeed } from './status/snapshot-feed.ts';
import { isDiskLow } from './status/watch-disk.ts';
import type { TerminalCoreDependencies } from './terminal-core-dependencies.ts';

/** What the use cases of one terminal share. */
export interface Services {
  readonly service: ServiceState;
  readonly session: SessionKeeper;
  readonly time: TrustedTime;
  readonly comparison: HeadsComparison;
  readonly connection: Connection;
  readonly alarm: CentralAlarm;
  readonly storageFault: StorageFault;
  readonly jackpots: JackpotBoard;
  readonly ledger: Ledger;
  readonly authenticator: Authenticator;
  readonly approver: Approver;
  readonly desk: SellingDesk;
  readonly numberSource: NumberSource;
  readonly paymentGuard: PaymentGuard;
  readonly lastSale: LastSale;
  readonly ticketWriter: TicketWriter;
  readonly printQueue: PrintQueue;
  readonly feed: SnapshotFeed;
  phase(): Phase;
  /** What is kept, as of now. */
  view(): View;
  progressOf(order: OrderRow): TicketProgress;
  /** Why nothing may be appended to the chain; `undefined` if something may. */
  appendRefusal(): Failure | undefined;
  endSales(): Promise<void>;
  watchNumbers(): Promise<void>;
  chooseOnlyRaffleEvent(): Promise<void>;
  goOutOfService(faults: readonly Fault[]): void;
  /** Takes note of a throw: a bug, or damaged critical memory, which ends all selling. */
  noteThrow(operation: string, error: unknown): void;
  /** Lets work go on that nobody waits for. */
  inBackground(work: Promise<unknown>): void;
}

/** The same bug is journaled no more often than this, in milliseconds. */
const FAULT_INTERVAL_MS = 60_000;

/** Wires what the use cases of one terminal share. */
export function createServices(dependencies: TerminalCoreDependencies): Services {
  const { unitOfWork, clock, timers, log, printer, sync, vault } = dependencies;
  const { rows, notes } = unitOfWork;
  const onFault = (error: unknown) => noteThrow('background', error);
  const isFaultDue = atMostEvery(FAULT_INTERVAL_MS, clock);
  /** Which till this is, for the screen of one whose rows may not be read any more. */
  let terminal: Snapshot['terminal'] = null;

  const feed = createSnapshotFeed({
    timers,
    firstRevision: dependencies.firstRevision,
    assemble,
    onFault: (error) => noteThrow('snapshot', error),
  });
  const service = createServiceState(feed.changed);
  const session = createSessionKeeper(feed.changed);
  const time = createTrustedTime(clock, clockMemoryOf(unitOfWork), clockRulesOf(rows));
  const comparison = createHeadsComparison({
    isDue: dependencies.mustCompareHeads,
    awaitedHead: dependencies.awaitedHead,
    keep(isDue) {
      const device = rows.device();
      if (device !== undefined) vault.noteComparison(device.chainId, isDue);
    },
  });
  const connection = createConnection();
  const alarm = createCentralAlarm(feed.changed);
  const storageFault = createStorageFault(feed.changed);
  const jackpots = createJackpotBoard();
  const ledger = createLedger({
    unitOfWork,
    secondJournal: dependencies.secondJournal,
    vault,
    sync,
    clock,
    time,
    bootId: dependencies.bootId,
    appendRefusal,
    onChanged: feed.changed,
    onFault,
  });
  const authenticator = createAuthenticator({
    rows,
    ledger,
    time,
    pinHasher: dependencies.pinHasher,
    secretBox: vault.secretBox,
    timers,
    comparison,
    appendRefusal,
  });
  const ticketWriter = createTicketWriter(rows);
  const printQueue = createPrintQueue({
    rows,
    ledger,
    printer,
    timers,
    log,
    documentOf: ticketWriter.documentOf,
    onChanged: feed.changed,
    onFault,
  });
  const desk = createSellingDesk({
    session,
    time,
    printer,
    diskSpace: dependencies.diskSpace,
    configurationHash: dependencies.configurationHash,
    isOutOfService: service.isOutOfService,
    isComparingHeads: comparison.isPending,
    hasSecondCopyFailed: ledger.hasSecondCopyFailed,
    isOnline: connection.isOnline,
    countUnsettledTickets: (current) => findOpenTickets(current, printQueue).length,
  });
  const lastSale = createLastSale();
  const watchNumbers = createNumbersWatch({ rows, ledger, sync, desk });

  const view = (): View => ({ at: time.now(), rows, notes });
  const phase = (): Phase =>
    describePhase({
      service: service.current(),
      session: session.current(),
      view: view(),
      comparison,
      connection,
    });
  const progressOf = (order: OrderRow): TicketProgress => ticketProgressOf(order, printQueue);

  function appendRefusal(): Failure | undefined {
    if (service.isOutOfService()) return failure('terminal.out-of-service');
    if (rows.device() === undefined) return failure('terminal.not-enrolled');
    return comparison.isPending() ? failure('terminal.comparing-heads') : undefined;
  }

  /** Damage is found again and again by whoever meets it: only what is new is told. */
  function goOutOfService(found: readonly Fault[]): void {
    const faults = found.filter((fault) => !service.isKnown(fault));
    if (faults.length === 0) return;
    log.error({ faults }, 'out of service');
    record(significantEvent('memory.corrupt', { faults }));
    service.fail(time.now(), faults);
  }

  function noteThrow(operation: string, error: unknown): void {
    log.error({ operation, error }, 'unexpected error');
    if (error instanceof IntegrityFault) {
      goOutOfService([{ check: 'critical memory', detail: error.message.slice(0, 400) }]);
      return;
    }
    if (isFaultDue(operation)) record(significantEvent('program.error', { operation }));
  }

  /** The journal itself may be what is broken: then the log has to do. */
  function record(event: ReturnType<typeof significantEvent>): void {
    ledger
      .recordByItself('significant-event.noted', event)
      .catch((error: unknown) => log.error({ error }, 'could not be journaled'));
  }

  function assemble(revision: number): Snapshot {
    const current = service.current();
    if (current.kind === 'out-of-service') return assembleOutOfService(current, revision);
    const snapshot = assembleSnapshot(gatherSources(), revision);
    terminal = snapshot.terminal;
    return snapshot;
  }

  /** Damaged rows must not keep the screen from saying so: nothing here is read from them. */
  function assembleOutOfService(
    { kind, since, faults }: Extract<Service, { kind: 'out-of-service' }>,
    revision: number,
  ): Snapshot {
    const freeBytes = dependencies.diskSpace.freeBytes();
    return describeOutOfService({
      revision,
      phase: { kind, since, faults: [...faults] },
      software: dependencies.software,
      demo: dependencies.demo,
      now: time.now(),
      terminal,
      printer: printer.standing(),
      secondJournal: secondJournalOf(dependencies),
      disk: { freeBytes, isLow: isDiskLow(freeBytes) },
    });
  }

  function gatherSources(): SnapshotSources {
    const now = view();
    return {
      view: now,
      phase: phase(),
      session: session.current(),
      software: dependencies.software,
      demo: dependencies.demo,
      clock: time.standing(),
      offsetMs: time.offsetMs(),
      connection,
      alarm: storageFault.failure() ?? alarm.failure(),
      tillRefusal: desk.tillRefusal(now),
      offlineUse: desk.offlineUse(now),
      jackpot: jackpots.current(),
      lastSale: lastSale.current(),
      openTickets: findOpenTickets(rows, printQueue),
      printer: printer.standing(),
      secondJournal: secondJournalOf(dependencies),
      freeBytes: dependencies.diskSpace.freeBytes(),
      progressOf,
    };
  }

  return {
    service,
    session,
    time,
    comparison,
    connection,
    alarm,
    storageFault,
    jackpots,
    ledger,
    authenticator,
    approver: createApprover(authenticator),
    desk,
    numberSource: createNumberSource(vault.secretBox),
    paymentGuard: createPaymentGuard(),
    lastSale,
    ticketWriter,
    printQueue,
    feed,
    phase,
    view,
    progressOf,
    appendRefusal,
    endSales: createEndSales({ rows, ledger, time, desk }),
    watchNumbers,
    chooseOnlyRaffleEvent: createChooseOnlyRaffleEvent({
      ledger,
      session,
      view,
      onChosen: watchNumbers,
    }),
    goOutOfService,
    noteThrow,
    inBackground(work) {
      work.catch(onFault);
    },
  };
}

function secondJournalOf({ secondJournal }: TerminalCoreDependencies): Snapshot['secondJournal'] {
  return { state: secondJournal.state().kind, path: secondJournal.path };
}
