import type { QuarantineReason } from '#shared/contract/central/journal.ts';
import { type EntryBody, readEntryBody } from '#shared/contract/journal/entry-body.ts';
import { isEntryKind } from '#shared/contract/journal/entry-kinds.ts';
import type { JsonValue } from '#shared/kernel/json.ts';
import { type Result, refuse } from '#shared/kernel/result.ts';

/** Why an entry waits for a person. */
export interface Doubt {
  readonly reason: QuarantineReason;
  readonly explanation: string;
}

/** A doubt with its reason. The explanation is cut to what is kept of it, and made storable. */
export function doubt(reason: QuarantineReason, explanation: string): Doubt {
  return { reason, explanation: storable(explanation.slice(0, 400)) };
}

/**
 * What an entry says. Doubtful if it cannot be read, is of a kind this program does not know, or
 * holds what no column could take: NUL, half of a surrogate pair, or a time before the year 1.
 */
export function readEntry(bytes: Uint8Array): Result<EntryBody, Doubt> {
  try {
    return readStorable(bytes);
  } catch {
    // Bytes that bring down their reader must not bring down those who wait behind them.
    return refuse(doubt('not-readable', 'reading it is a fault of the program'));
  }
}

function readStorable(bytes: Uint8Array): Result<EntryBody, Doubt> {
  const body = readEntryBody(bytes);
  if (!body.ok) return refuse(doubt(unreadableReason(bytes), body.failure));
  if (!isStorable(body.value.payload as JsonValue)) {
    return refuse(doubt('not-readable', 'a text holds NUL or half of a surrogate pair'));
  }
  if (body.value.at.startsWith('0000')) {
    return refuse(doubt('not-readable', 'its time lies before the year 1'));
  }
  return body;
}

/** The things of one till that an entry is about: whatever is doubtful about them holds it up. */
export interface EntrySubjects {
  readonly orderIds: readonly string[];
  readonly subjectIds: readonly string[];
}

/** What an entry names: checkouts, orders and print jobs. */
export function subjectsOf(body: EntryBody): EntrySubjects {
  switch (body.kind) {
    case 'sale.completed': {
      const { orders, checkoutId } = body.payload;
      const orderIds = orders.map(({ orderId }) => orderId);
      const printJobIds = orders.map(({ printJobId }) => printJobId);
      return { orderIds, subjectIds: [checkoutId, ...orderIds, ...printJobIds] };
    }
    case 'print.started':
    case 'print.finished':
    case 'print.answered':
      return { orderIds: [], subjectIds: [body.payload.printJobId] };
    case 'reprint.ordered':
      return { orderIds: [], subjectIds: [body.payload.orderId, body.payload.printJobId] };
    default:
      return { orderIds: [], subjectIds: [] };
  }
}

function unreadableReason(bytes: Uint8Array): QuarantineReason {
  try {
    const { kind } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly kind?: unknown };
    return typeof kind === 'string' && !isEntryKind(kind) ? 'unknown-kind' : 'not-readable';
  } catch {
    return 'not-readable';
  }
}

function isStorable(value: JsonValue): boolean {
  if (typeof value === 'string') return storable(value) === value;
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([key, item]) => isStorable(key) && isStorable(item));
}

function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
