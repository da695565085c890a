import { type Failure, failure } from '#shared/contract/failures.ts';
import { OPERATIONS, type OperationName } from '#shared/contract/terminal/operations.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { createConfirmClock } from './clock/confirm-clock.ts';
import type { Services } from './create-services.ts';
import type { OperationHandlers } from './operation-handlers.ts';
import { createListOrders } from './orders/list-orders.ts';
import { createShowOrder } from './orders/show-order.ts';
import { createAnswerTicket } from './printing/answer-ticket.ts';
import { createReprintTicket } from './printing/reprint-ticket.ts';
import { createChangeCheckout } from './sale/change-checkout.ts';
import { createCompleteSale } from './sale/complete-sale.ts';
import { createChangePin } from './session/change-pin.ts';
import { createListPeople } from './session/list-people.ts';
import { createLockSession } from './session/lock-session.ts';
import { createSignIn } from './session/sign-in.ts';
import { createSignOut } from './session/sign-out.ts';
import { createUnlockSession } from './session/unlock-session.ts';
import { createApproveConfiguration } from './set-up/approve-configuration.ts';
import { createChooseRaffleEvent } from './set-up/choose-raffle-event.ts';
import { createEnrolTerminal } from './set-up/enrol-terminal.ts';
import { createStartOver } from './set-up/start-over.ts';
import { createExportJournal } from './status/export-journal.ts';
import { createShowDiagnostics } from './status/show-diagnostics.ts';
import type { TerminalCoreDependencies } from './terminal-core-dependencies.ts';

/** Wires every use case, each behind the question whether the till works at all. */
export function createHandlers(
  dependencies: TerminalCoreDependencies,
  services: Services,
  onEnrolled: () => Promise<void>,
): OperationHandlers {
  return whileInService(services, {
    ...createStatusHandlers(dependencies, services),
    ...createSetUpHandlers(dependencies, services, onEnrolled),
    ...createSessionHandlers(dependencies, services),
    ...createSaleHandlers(dependencies, services),
    ...createTicketHandlers(dependencies, services),
  });
}

function createStatusHandlers(
  { unitOfWork, journalExport, log, bootId, memoryCheck }: TerminalCoreDependencies,
  { feed, service }: Services,
) {
  const { rows, notes } = unitOfWork;
  const gatherJournal = () => {
    if (service.isOutOfService()) return 'not-read' as const;
    const chainId = rows.device()?.chainId;
    const { acknowledgedSeq } = notes.sync();
    return chainId === undefined ? undefined : { chainId, head: rows.head(), acknowledgedSeq };
  };
  const gather = () => ({
    snapshot: feed.current(),
    bootId,
    journal: gatherJournal(),
    memoryCheck,
  });
  return {
    'terminal.show': async () => ok(feed.current()),
    'diagnostics.show': createShowDiagnostics(gather),
    'diagnostics.export': createExportJournal(journalExport, log),
  } satisfies Partial<OperationHandlers>;
}

function createSetUpHandlers(
  dependencies: TerminalCoreDependencies,
  services: Services,
  onEnrolled: () => Promise<void>,
) {
  const { unitOfWork, vault, ids, enrolmentClient, software, clock } = dependencies;
  const { configurationHash } = dependencies;
  const { ledger, approver, time, watchNumbers } = services;
  return {
    'enrolment.begin': createEnrolTerminal({
      unitOfWork,
      vault,
      ids,
      client: enrolmentClient,
      software,
      ledger,
      onEnrolled,
    }),
    'enrolment.start-over': createStartOver({ phase: services.phase, ...dependencies }),
    'raffle-event.choose': createChooseRaffleEvent({
      ledger,
      rows: unitOfWork.rows,
      approver,
      onChosen: watchNumbers,
    }),
    'clock.confirm': createConfirmClock({ approver, time, clock, ledger }),
    'configuration.approve': createApproveConfiguration({
      rows: unitOfWork.rows,
      approver,
      ledger,
      configurationHash,
    }),
  } satisfies Partial<OperationHandlers>;
}

function createSessionHandlers(
  { unitOfWork, pinHasher, vault }: TerminalCoreDependencies,
  { authenticator, ledger, session, paymentGuard }: Services,
) {
  const { secretBox } = vault;
  const whenPaymentSaved = paymentGuard.whenIdle;
  return {
    'session.list-people': createListPeople(unitOfWork.rows),
    'session.sign-in': createSignIn({ authenticator, ledger, session, whenPaymentSaved }),
    'session.change-pin': createChangePin({
      authenticator,
      pinHasher,
      secretBox,
      ledger,
      session,
      whenPaymentSaved,
    }),
    'session.sign-out': createSignOut({ ledger, session }),
    'session.lock': createLockSession({ ledger, session, whenPaymentSaved }),
    'session.unlock': createUnlockSession({ authenticator, ledger, session }),
  } satisfies Partial<OperationHandlers>;
}

function createSaleHandlers({ unitOfWork, ids }: TerminalCoreDependencies, services: Services) {
  const { ledger, session, desk, numberSource, lastSale, printQueue, paymentGuard } = services;
  const completeSale = createCompleteSale({
    rows: unitOfWork.rows,
    ledger,
    session,
    ids,
    desk,
    numberSource,
    printQueue,
    paymentGuard,
    lastSale,
    isOnline: services.connection.isOnline,
    progressOf: services.progressOf,
    onFault: (error) => services.noteThrow('sale.complete', error),
  });
  return {
    'checkout.change': createChangeCheckout({
      ledger,
      session,
      ids,
      desk,
      numberSource,
      lastSale,
    }),
    'sale.complete': async (request) => {
      const sold = await completeSale(request);
      services.inBackground(services.watchNumbers());
      // A screen that shows SOLD must not show an "all sent" from before it.
      services.feed.refresh();
      return sold;
    },
  } satisfies Partial<OperationHandlers>;
}

function createTicketHandlers(
  { unitOfWork, ids, printer }: TerminalCoreDependencies,
  { ledger, session, approver, printQueue, ticketWriter, progressOf }: Services,
) {
  const { rows } = unitOfWork;
  const { originalOf } = ticketWriter;
  return {
    'order.list': createListOrders({ unitOfWork, progressOf }),
    'order.show': createShowOrder({ unitOfWork, progressOf, originalOf }),
    'ticket.answer': createAnswerTicket({ rows, ledger, session, printQueue }),
    'ticket.reprint': createReprintTicket({
      rows,
      ledger,
      session,
      approver,
      ids,
      printer,
      printQueue,
    }),
  } satisfies Partial<OperationHandlers>;
}

type AnyHandler = (input: never) => Promise<Result<unknown, Failure>>;

/** Out of service and before the start is done, only diagnostics answer (GLI-31 3.4.4). */
function whileInService({ service }: Services, handlers: OperationHandlers): OperationHandlers {
  const guarded = Object.entries<AnyHandler>(handlers).map(([name, handler]) => {
    const { isDiagnostic } = OPERATIONS[name as OperationName];
    const guardedHandler: AnyHandler = async (input) => {
      const { kind } = service.current();
      if (isDiagnostic || kind === 'in-service') return handler(input);
      const code = kind === 'starting' ? 'terminal.starting' : 'terminal.out-of-service';
      return refuse(failure(code));
    };
    return [name, guardedHandler];
  });
  return Object.fromEntries(guarded) as OperationHandlers;
}
