import type { KeyObject } from 'node:crypto';
import type { EntryBody } from '#shared/contract/journal/entry-body.ts';
import { ENTRY_KINDS } from '#shared/contract/journal/entry-kinds.ts';
import { findReturnRefusal } from '#shared/domain/allocation-return.ts';
import { fromHex } from '#shared/kernel/bytes.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { isSignedBy } from '../../secrets/device-signatures.ts';
import { type Doubt, doubt } from './journal-entry-facts.ts';
import { type JudgedSale, judgeSale, type SaleContext } from './judge-sale.ts';
import { EMPTY_PROJECTION, type PrintLogRow, type Projection } from './projection.ts';
import type { StoredEntry } from './repository.ts';

/** What is known about print jobs: whose order each one prints. */
export interface EntryContext extends SaleContext {
  readonly deviceKey: KeyObject;
  readonly knownPrintJobs: ReadonlySet<string>;
  readonly knownOrders: ReadonlySet<string>;
}

/** An entry that counts. */
export type JudgedEntry = Pick<JudgedSale, 'projection'> & Partial<JudgedSale>;

/** Whether the device signed the entry, where its kind demands that. */
export function findSignatureDoubt(
  entry: StoredEntry,
  body: EntryBody,
  deviceKey: KeyObject,
): Doubt | undefined {
  if (entry.signature === null) {
    return ENTRY_KINDS[body.kind].isSigned
      ? doubt('signature-invalid', 'the entry is not signed')
      : undefined;
  }
  return isSignedBy(deviceKey, fromHex(entry.hash), entry.signature)
    ? undefined
    : doubt('signature-invalid', 'the signature is not the device’s');
}

/** Whether an entry counts, and which rows it adds. */
export function judgeEntry(
  entry: StoredEntry,
  body: EntryBody,
  context: EntryContext,
): Result<JudgedEntry, Doubt> {
  switch (body.kind) {
    case 'sale.completed':
      return judgeSale(body, entry.seq, context);
    case 'print.started':
      return logPrint(entry, body, 'started', body.payload.printJobId, context);
    case 'print.finished':
      return logPrint(entry, body, 'finished', body.payload.printJobId, context);
    case 'print.answered':
      return logPrint(entry, body, 'answered', body.payload.printJobId, context);
    case 'reprint.ordered':
      return judgeReprint(entry, body, context);
    case 'sales.ended':
      return judgeSalesEnd(entry, body, context);
    case 'operator.signed-in':
      return ok({
        projection: { ...note(entry, body, context), operatorId: body.payload.operatorId },
      });
    case 'operator.signed-out':
      return ok({ projection: { ...note(entry, body, context), operatorId: null } });
    case 'allocation.returned':
      return judgeReturn(entry, body, context);
    case 'command.answered':
      return ok({ projection: answerCommand(entry, body, context) });
    case 'control.received':
      return ok({ projection: acknowledgeDisabling(entry, body) });
    case 'mirror.received':
    case 'numbers.received':
      return ok({ projection: EMPTY_PROJECTION });
    default:
      return ok({ projection: note(entry, body, context) });
  }
}

function logPrint(
  entry: StoredEntry,
  body: EntryBody,
  step: PrintLogRow['step'],
  printJobId: string,
  context: EntryContext,
): Result<JudgedEntry, Doubt> {
  if (!context.knownPrintJobs.has(printJobId)) {
    return refuse(doubt('cannot-be-projected', `no print job ${printJobId} is known`));
  }
  const row: PrintLogRow = {
    print_job_id: printJobId,
    step,
    detail: body.payload,
    operator_id: body.operatorId,
    chain_id: context.chainId,
    seq: entry.seq,
    device_time: body.at,
  };
  return ok({ projection: { ...EMPTY_PROJECTION, printLog: [row] } });
}

/** More than anybody ever prints, and few enough for their column. */
const MOST_COPIES = 1_000_000;

function judgeReprint(
  entry: StoredEntry,
  body: EntryBody & { readonly kind: 'reprint.ordered' },
  context: EntryContext,
): Result<JudgedEntry, Doubt> {
  const { orderId, printJobId, copyNumber, reason, approvedBy } = body.payload;
  if (!context.knownOrders.has(orderId)) {
    return refuse(doubt('cannot-be-projected', `no order ${orderId} is known`));
  }
  if (context.knownPrintJobs.has(printJobId) || context.usedIds.has(printJobId)) {
    return refuse(doubt('cannot-be-projected', `the id ${printJobId} is in use`));
  }
  if (copyNumber > MOST_COPIES) {
    return refuse(doubt('cannot-be-projected', `no ticket has ${copyNumber} copies`));
  }
  const job = {
    id: printJobId,
    order_id: orderId,
    rsu_id: context.rsuId,
    copy_number: copyNumber,
    reason,
    approved_by: approvedBy,
  };
  return ok({
    projection: { ...note(entry, body, context), printJobs: [job] },
    ids: [printJobId],
  });
}

function judgeSalesEnd(
  entry: StoredEntry,
  body: EntryBody & { readonly kind: 'sales.ended' },
  context: EntryContext,
): Result<JudgedEntry, Doubt> {
  const { raffleEventId } = body.payload;
  if (!context.raffleEvents.has(raffleEventId)) {
    return refuse(doubt('raffle-event-unknown', `no raffle event ${raffleEventId}`));
  }
  const ended = { raffle_event_id: raffleEventId, seq: entry.seq, ended_at: body.at };
  return ok({ projection: { ...note(entry, body, context), salesEnds: [ended] } });
}

/** Only what the holder cannot have sold comes back, and only before anybody has counted it. */
function judgeReturn(
  entry: StoredEntry,
  body: EntryBody & { readonly kind: 'allocation.returned' },
  context: EntryContext,
): Result<JudgedEntry, Doubt> {
  const { raffleEventId, allocationId, from } = body.payload;
  const allocation = context.allocations.get(allocationId);
  const refusal =
    allocation?.raffleEventId === raffleEventId ? findReturnRefusal(allocation, from) : 'not-held';
  if (refusal !== undefined) {
    return refuse(doubt('cannot-be-projected', `numbers are not given back: ${refusal}`));
  }
  if (context.raffleEvents.get(raffleEventId)?.isReconciled === true) {
    return refuse(doubt('after-reconciliation', 'the raffle event was reconciled before this'));
  }
  const returns = [{ allocation_id: allocationId, from }];
  return ok({ projection: { ...note(entry, body, context), returns } });
}

function answerCommand(
  entry: StoredEntry,
  body: EntryBody & { readonly kind: 'command.answered' },
  context: EntryContext,
): Projection {
  const { commandId, answer, reason } = body.payload;
  const row = { command_id: commandId, answer, reason, answered_at: body.at, seq: entry.seq };
  return { ...note(entry, body, context), commandAnswers: [row] };
}

/** A till that knows that it is disabled has done what it was told. */
function acknowledgeDisabling(
  entry: StoredEntry,
  body: EntryBody & { readonly kind: 'control.received' },
): Projection {
  if (body.payload.deviceState === 'enabled') return EMPTY_PROJECTION;
  const row = { command_id: null, reason: null, answered_at: body.at, seq: entry.seq };
  return { ...EMPTY_PROJECTION, commandAnswers: [{ ...row, answer: 'done' }] };
}

const SEVERITIES = { information: 'INFO', warning: 'WARN', error: 'ERROR' } as const;

/** One line of the RSU event log (GLI-31 2.8.1f, 5.6.2). */
function note(entry: StoredEntry, body: EntryBody, context: EntryContext): Projection {
  const isSignificant = body.kind === 'significant-event.noted';
  return {
    ...EMPTY_PROJECTION,
    criticalEvents: [
      {
        event_type: isSignificant ? body.payload.code : body.kind,
        event_id: 'raffleEventId' in body.payload ? (body.payload.raffleEventId ?? null) : null,
        rsu_id: context.rsuId,
        user_id: body.operatorId,
        severity: isSignificant ? SEVERITIES[body.payload.severity] : 'INFO',
        description: isSignificant ? body.payload.code : body.kind,
        metadata: isSignificant ? body.payload.detail : body.payload,
        timestamp: body.at,
        chain_id: context.chainId,
        seq: entry.seq,
      },
    ],
  };
}
