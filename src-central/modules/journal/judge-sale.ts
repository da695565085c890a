import type { EntryBodyOf } from '#shared/contract/journal/entry-body.ts';
import type { SoldOrder } from '#shared/contract/journal/sale-entries.ts';
import { type DealtNumbers, drawNumbersHash, drawNumbersOf } from '#shared/domain/number-taking.ts';
import {
  isWellFormedValidationNumber,
  type ValidationNumberMaker,
} from '#shared/domain/validation-number.ts';
import { rangeSize, rangesOf } from '#shared/kernel/draw-numbers.ts';
import { epochOf } from '#shared/kernel/instant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { type Doubt, doubt } from './journal-entry-facts.ts';
import { EMPTY_PROJECTION, type OrderPaymentRow, type Projection } from './projection.ts';

/** A raffle event as far as checking its sales goes. */
export interface KnownRaffleEvent {
  readonly organisationId: string;
  readonly state: string;
  readonly isReconciled: boolean;
  readonly currency: string;
  readonly salesEnd: Date;
  /** The latest end that tills were ever told. */
  readonly latestSalesEnd: Date;
  readonly packages: ReadonlyMap<string, KnownPackage>;
}

export interface KnownPackage {
  readonly numberCount: number;
  readonly price: number;
  readonly isActive: boolean;
}

/** An allocation of this till; indices from `nextIndex` on are not sold, as far as is known. */
export type KnownAllocation = DealtNumbers & {
  readonly raffleEventId: string;
  readonly nextIndex: number;
};

/** A validation block of this till. Its maker is missing if only the till has the key. */
export interface KnownBlock {
  readonly raffleEventId: string;
  readonly prefix: string;
  readonly size: number;
  readonly maker: ValidationNumberMaker | undefined;
}

/** What the central knows before it judges some entries; grows as they are accepted. */
export interface SaleContext {
  readonly rsuId: string;
  readonly chainId: string;
  readonly organisationId: string;
  readonly raffleEvents: ReadonlyMap<string, KnownRaffleEvent>;
  readonly allocations: ReadonlyMap<string, KnownAllocation>;
  readonly blocks: ReadonlyMap<string, KnownBlock>;
  /** Operators who may not sell any more. */
  readonly disabledOperators: ReadonlySet<string>;
  /** The entry from which on the till knew that sales were over, by raffle event. */
  readonly salesEnds: ReadonlyMap<string, number>;
  /** `<raffle event>/<draw number>` of what is sold already. */
  readonly soldNumbers: ReadonlySet<string>;
  readonly usedValidationNumbers: ReadonlySet<string>;
  /** Ids of orders, payments, checkouts and print jobs that exist already. */
  readonly usedIds: ReadonlySet<string>;
}

/** A sale that counts, with what later sales must not use again. */
export interface JudgedSale {
  readonly projection: Projection;
  readonly soldNumbers: readonly string[];
  readonly validationNumbers: readonly string[];
  readonly ids: readonly string[];
}

type SaleBody = EntryBodyOf<'sale.completed'>;

/** Whether a sale counts, and which rows it adds. All of its orders count, or none. */
export function judgeSale(
  body: SaleBody,
  seq: number,
  context: SaleContext,
): Result<JudgedSale, Doubt> {
  const raffleEvent = findRaffleEvent(body, context);
  if (!raffleEvent.ok) return raffleEvent;
  const found =
    findTimeDoubt(body, seq, raffleEvent.value, context) ??
    findAmountDoubt(body, raffleEvent.value);
  return found === undefined ? takeSale(body, seq, raffleEvent.value, context) : refuse(found);
}

/**
 * Whether a sale that a person accepts can count, whatever was doubtful about it.
 *
 * No person can make a number valid twice, give a till numbers of another, or change what is
 * reconciled: that is refused as before.
 */
export function judgeAcceptedSale(
  body: SaleBody,
  seq: number,
  context: SaleContext,
): Result<JudgedSale, Doubt> {
  const raffleEvent = findRaffleEvent(body, context);
  if (!raffleEvent.ok) return raffleEvent;
  const found = findReconciledDoubt(raffleEvent.value) ?? findRowDoubt(body, raffleEvent.value);
  return found === undefined ? takeSale(body, seq, raffleEvent.value, context) : refuse(found);
}

function findRaffleEvent(
  { payload: { raffleEventId } }: SaleBody,
  { raffleEvents, organisationId }: SaleContext,
): Result<KnownRaffleEvent, Doubt> {
  const raffleEvent = raffleEvents.get(raffleEventId);
  return raffleEvent !== undefined && raffleEvent.organisationId === organisationId
    ? ok(raffleEvent)
    : refuse(doubt('raffle-event-unknown', `no raffle event ${raffleEventId}`));
}

/** The rows of a sale whose numbers and ids nobody else has. */
function takeSale(
  body: SaleBody,
  seq: number,
  raffleEvent: KnownRaffleEvent,
  context: SaleContext,
): Result<JudgedSale, Doubt> {
  const sale = body.payload;
  const repeated = findRepeatedId(body, context);
  if (repeated !== undefined) return refuse(repeated);
  const soldNow = new Set<string>();
  const validationNow = new Set<string>();
  const drawn: (readonly number[])[] = [];
  for (const order of sale.orders) {
    const numbers = readNumbers(order, sale.raffleEventId, context);
    if (!numbers.ok) return numbers;
    const validation = findValidationDoubt(order, sale.raffleEventId, context, validationNow);
    if (validation !== undefined) return refuse(validation);
    for (const number of numbers.value) {
      const key = `${sale.raffleEventId}/${number}`;
      if (context.soldNumbers.has(key) || soldNow.has(key)) {
        return refuse(doubt('number-already-sold', `draw number ${number} is sold already`));
      }
      soldNow.add(key);
    }
    validationNow.add(order.validationNumber);
    drawn.push(numbers.value);
  }
  return ok({
    projection: projectSale(body, seq, raffleEvent, context, drawn),
    soldNumbers: [...soldNow],
    validationNumbers: [...validationNow],
    ids: idsOf(body),
  });
}

/**
 * A sale after the end does not count (GLI-31 2.6.2). The end for a till is the earlier of the
 * published one and the moment at which it learned of another: what it sold before it heard that the
 * end had moved earlier counts.
 */
function findTimeDoubt(
  body: SaleBody,
  seq: number,
  raffleEvent: KnownRaffleEvent,
  context: SaleContext,
): Doubt | undefined {
  const reconciled = findReconciledDoubt(raffleEvent);
  if (reconciled !== undefined) return reconciled;
  const endedAt = context.salesEnds.get(body.payload.raffleEventId);
  if (endedAt !== undefined && endedAt < seq) {
    return doubt('after-effective-close', `the till ended its sales with entry ${endedAt}`);
  }
  if (epochOf(body.at) >= raffleEvent.latestSalesEnd.getTime()) {
    return doubt(
      'after-effective-close',
      `sold at ${body.at}, after the end at ${raffleEvent.latestSalesEnd.toISOString()}`,
    );
  }
  return undefined;
}

function findReconciledDoubt({ isReconciled }: KnownRaffleEvent): Doubt | undefined {
  return isReconciled
    ? doubt('after-reconciliation', 'the raffle event was reconciled before this arrived')
    : undefined;
}

/** The largest amount of one order that its column holds. */
const LARGEST_AMOUNT = 2 ** 31 - 1;

/** What no row can hold, whoever accepts it. */
function findRowDoubt({ payload: sale }: SaleBody, raffleEvent: KnownRaffleEvent) {
  if (sale.currency !== raffleEvent.currency) {
    return doubt('amount-differs', `sold in ${sale.currency}, not ${raffleEvent.currency}`);
  }
  for (const { packageId, numberCount } of sale.orders) {
    const known = raffleEvent.packages.get(packageId);
    if (known === undefined) {
      return doubt('package-unknown', `no package ${packageId} in this raffle event`);
    }
    if (known.numberCount !== numberCount) {
      return doubt('amount-differs', `${numberCount} numbers, not ${known.numberCount}`);
    }
  }
  const amounts = [...sale.orders, ...sale.payments].map(({ amountMinor }) => amountMinor);
  return amounts.every((amount) => amount >= 0 && amount <= LARGEST_AMOUNT)
    ? undefined
    : doubt('amount-differs', 'an amount is less than nothing, or more than anybody pays');
}

function findAmountDoubt(body: SaleBody, raffleEvent: KnownRaffleEvent): Doubt | undefined {
  const sale = body.payload;
  if (sale.currency !== raffleEvent.currency) {
    return doubt('amount-differs', `sold in ${sale.currency}, not ${raffleEvent.currency}`);
  }
  for (const order of sale.orders) {
    const known = raffleEvent.packages.get(order.packageId);
    if (known === undefined) {
      return doubt('package-unknown', `no package ${order.packageId} in this raffle event`);
    }
    if (order.amountMinor !== known.price || order.numberCount !== known.numberCount) {
      return doubt(
        'amount-differs',
        `${order.numberCount} numbers for ${order.amountMinor}, not ${known.numberCount} for ${known.price}`,
      );
    }
  }
  const total = sum(sale.orders.map(({ amountMinor }) => amountMinor));
  if (total !== sale.totalMinor) {
    return doubt('amount-differs', `the orders add up to ${total}, not ${sale.totalMinor}`);
  }
  const paid = sum(sale.payments.map(({ amountMinor }) => amountMinor));
  if (paid !== sale.totalMinor + sale.roundingMinor) {
    return doubt('amount-differs', `${paid} was paid for ${sale.totalMinor}`);
  }
  const isChangeRight = sale.payments.every(
    ({ amountMinor, tenderedMinor, changeMinor }) =>
      amountMinor >= 0 && changeMinor >= 0 && tenderedMinor - changeMinor === amountMinor,
  );
  return isChangeRight ? undefined : doubt('amount-differs', 'the change does not fit');
}

function findRepeatedId(body: SaleBody, context: SaleContext): Doubt | undefined {
  const ids = idsOf(body);
  const repeated = ids.find((id) => context.usedIds.has(id));
  if (repeated !== undefined) return doubt('cannot-be-projected', `the id ${repeated} is in use`);
  if (new Set(ids).size < ids.length) {
    return doubt('cannot-be-projected', 'an id stands for two things');
  }
  return undefined;
}

/** The draw numbers of an order. Sizes are checked first: a range costs nothing to claim. */
export function readNumbers(
  order: SoldOrder,
  raffleEventId: string,
  context: Pick<SaleContext, 'allocations'>,
): Result<readonly number[], Doubt> {
  const claimed = sum(order.numbers.map(({ indices }) => rangeSize(indices)));
  if (claimed !== order.numberCount) {
    return refuse(doubt('amount-differs', `${claimed} numbers taken for ${order.numberCount}`));
  }
  const numbers: number[] = [];
  for (const { allocationId, indices } of order.numbers) {
    const allocation = context.allocations.get(allocationId);
    if (
      allocation === undefined ||
      allocation.raffleEventId !== raffleEventId ||
      indices.from < allocation.indices.from ||
      indices.to > allocation.indices.to
    ) {
      return refuse(
        doubt(
          'number-outside-allocation',
          `${indices.from} to ${indices.to - 1} is not this till's to sell`,
        ),
      );
    }
    numbers.push(...drawNumbersOf(allocation, indices));
  }
  return drawNumbersHash(numbers) === order.drawNumbersHash
    ? ok(numbers)
    : refuse(doubt('numbers-hash-differs', 'other draw numbers were printed than were dealt'));
}

function findValidationDoubt(
  order: SoldOrder,
  raffleEventId: string,
  context: SaleContext,
  usedNow: ReadonlySet<string>,
): Doubt | undefined {
  const block = context.blocks.get(order.validationBlockId);
  const outside = doubt(
    'validation-number-outside-block',
    `${order.validationNumber} is not number ${order.validationSequence} of this till's block`,
  );
  if (block === undefined || block.raffleEventId !== raffleEventId) return outside;
  if (order.validationSequence > block.size) return outside;
  const isOfBlock =
    block.maker === undefined
      ? isWellFormedValidationNumber(order.validationNumber) &&
        order.validationNumber.startsWith(block.prefix)
      : block.maker.make(order.validationSequence) === order.validationNumber;
  if (!isOfBlock) return outside;
  const isUsed =
    context.usedValidationNumbers.has(order.validationNumber) ||
    usedNow.has(order.validationNumber);
  return isUsed
    ? doubt('validation-number-already-used', `${order.validationNumber} is on another ticket`)
    : undefined;
}

function projectSale(
  body: SaleBody,
  seq: number,
  raffleEvent: KnownRaffleEvent,
  context: SaleContext,
  drawn: readonly (readonly number[])[],
): Projection {
  const sale = body.payload;
  const flags = flagsOf(body, raffleEvent, context);
  return {
    ...EMPTY_PROJECTION,
    orders: sale.orders.map((order) => ({
      id: order.orderId,
      validation_number: order.validationNumber,
      event_id: sale.raffleEventId,
      package_id: order.packageId,
      rsu_id: context.rsuId,
      rsu_allocation_id: order.numbers[0]?.allocationId ?? '',
      total_amount: order.amountMinor,
      currency: sale.currency,
      payment_status: 'paid',
      ticket_count: order.numberCount,
      operator_id: body.operatorId,
      is_offline_sale: sale.isOffline,
      offline_created_at: sale.isOffline ? body.at : null,
      checkout_id: sale.checkoutId,
      shift_id: sale.shiftId,
      chain_id: context.chainId,
      journal_seq: seq,
      issued_at: body.at,
      clock_offset_ms: body.offsetMs,
      flags: isPackageActive(raffleEvent, order) ? flags : [...flags, 'package-not-on-sale'],
      source: 'rsu',
      payment_reference: null,
      customer_info: null,
    })),
    ticketRuns: sale.orders.flatMap((order, index) =>
      runsOf(drawn[index] ?? []).map((run) => ({
        order_id: order.orderId,
        event_id: sale.raffleEventId,
        first: run.from,
        last: run.to - 1,
        sold_at: body.at,
        sold_by: body.operatorId,
      })),
    ),
    orderAllocations: sale.orders.flatMap((order) =>
      order.numbers.map(({ allocationId, indices }) => ({
        order_id: order.orderId,
        rsu_allocation_id: allocationId,
        start_index: indices.from,
        end_index: indices.to - 1,
      })),
    ),
    payments: sale.payments.map((payment) => ({
      id: payment.paymentId,
      checkout_id: sale.checkoutId,
      rsu_id: context.rsuId,
      tender: payment.tender,
      status: 'paid',
      amount: payment.amountMinor,
      tendered: payment.tenderedMinor,
      change_given: payment.changeMinor,
      currency: sale.currency,
      paid_at: body.at,
      reference: null,
    })),
    orderPayments: sharePayments(body),
    printJobs: sale.orders.map((order) => ({
      id: order.printJobId,
      order_id: order.orderId,
      rsu_id: context.rsuId,
      copy_number: 0,
      reason: null,
      approved_by: null,
    })),
  };
}

/** Payments pay for the orders one after the other, as far as each reaches. */
function sharePayments(body: SaleBody): OrderPaymentRow[] {
  const payments = body.payload.payments.map((payment) => ({
    id: payment.paymentId,
    left: payment.amountMinor as number,
  }));
  return body.payload.orders.flatMap((order) => {
    let due: number = order.amountMinor;
    return payments.flatMap((payment) => {
      const amount = Math.min(due, payment.left);
      if (amount <= 0) return [];
      due -= amount;
      payment.left -= amount;
      return [{ order_id: order.orderId, payment_id: payment.id, amount }];
    });
  });
}

/** What a person should look at before reconciliation, although the sale counts. */
function flagsOf(
  body: SaleBody,
  raffleEvent: KnownRaffleEvent,
  context: SaleContext,
): readonly string[] {
  const flags: string[] = [];
  if (raffleEvent.state !== 'active') flags.push(`arrived-while-${raffleEvent.state}`);
  if (epochOf(body.at) >= raffleEvent.salesEnd.getTime()) flags.push('sold-after-earlier-end');
  if (body.operatorId !== null && context.disabledOperators.has(body.operatorId)) {
    flags.push('operator-disabled');
  }
  return flags;
}

function isPackageActive(raffleEvent: KnownRaffleEvent, order: SoldOrder): boolean {
  return raffleEvent.packages.get(order.packageId)?.isActive === true;
}

function runsOf(numbers: readonly number[]) {
  return rangesOf(numbers.toSorted((left, right) => left - right));
}

function idsOf(body: SaleBody): string[] {
  const { checkoutId, orders, payments } = body.payload;
  return [
    checkoutId,
    ...orders.flatMap(({ orderId, printJobId }) => [orderId, printJobId]),
    ...payments.map(({ paymentId }) => paymentId),
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
