import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { NewOnlineOrders, OnlineOrders } from '#shared/contract/central/people/orders.ts';
import { drawNumbersOf } from '#shared/domain/number-taking.ts';
import { rangesOf } from '#shared/kernel/draw-numbers.ts';
import type {
  OrderId,
  OrganisationId,
  PackageId,
  PaymentId,
  RaffleEventId,
  RsuId,
} from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { CurrencyCode, MinorUnits } from '#shared/kernel/money.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';
import { raffleEventConfigurationSchema } from '../../raffle-event-settings.ts';
import { lockRequests } from '../allocations/repository.ts';
import { serverTime } from '../devices/control.ts';
import { EMPTY_PROJECTION } from '../journal/projection.ts';
import { writeSales } from '../journal/write-projection.ts';
import { type TakenOnline, takeOnlineNumbers, virtualRsuOf } from './online-numbers.ts';

/**
 * Sells what somebody has paid for on the web: draw numbers and validation numbers of the virtual RSU,
 * by the rules that tills have.
 *
 * Refuses it unless the raffle event sells now, for packages that are not on sale or cost something
 * else, for a payment that was used, and when too few numbers are left.
 */
export async function sellOnline(
  central: Central,
  transaction: Transaction,
  organisationId: OrganisationId,
  raffleEventId: RaffleEventId,
  purchase: NewOnlineOrders,
): Promise<Result<OnlineOrders, Problem>> {
  const rsuId = await virtualRsuOf(transaction, organisationId);
  await lockRequests(transaction, rsuId);
  const currency = await lockSellingRaffleEvent(central, transaction, raffleEventId);
  if (!currency.ok) return currency;
  const packages = await choosePackages(central, transaction, raffleEventId, purchase);
  if (!packages.ok) return packages;
  if (await isPaymentUsed(transaction, rsuId, purchase.paymentReference)) {
    return refuseWith('online-sale.payment-used', 'this payment has paid for another purchase');
  }
  const taken = await takeOnlineNumbers(
    central,
    transaction,
    { rsuId, organisationId },
    raffleEventId,
    packages.value.map(({ numberCount }) => numberCount),
  );
  if (!taken.ok) return taken;
  const sale = composeSale(central, currency.value, packages.value, taken.value);
  await write(transaction, { rsuId, raffleEventId, purchase, sale, taken: taken.value });
  return ok({ organisationId, ...sale });
}

/** The currency of a raffle event that sells now; it cannot end before the sale is written. */
async function lockSellingRaffleEvent(
  central: Central,
  transaction: Transaction,
  raffleEventId: RaffleEventId,
): Promise<Result<CurrencyCode, Problem>> {
  await transaction.execute(
    sql`SELECT id FROM raffle_events WHERE id = ${raffleEventId} FOR SHARE`,
  );
  const row = await firstRowOf<{
    readonly state: string;
    readonly configuration: unknown;
    readonly currency: CurrencyCode;
  }>(
    transaction,
    sql`SELECT event.state, event.configuration, organization.primary_currency AS currency
      FROM raffle_events event JOIN organizations organization ON organization.id = event.organization_id
      WHERE event.id = ${raffleEventId}`,
  );
  invariant(row !== undefined, 'a raffle event in a checked path exists');
  const { salesStart, salesEnd } = raffleEventConfigurationSchema.parse(row.configuration);
  const now = serverTime(central);
  if (row.state !== 'active') {
    return refuseWith('online-sale.closed', `the raffle event is ${row.state}`);
  }
  return now >= salesStart && now < salesEnd
    ? ok(row.currency)
    : refuseWith('online-sale.closed', `sales are from ${salesStart} to ${salesEnd}`);
}

interface ChosenPackage {
  readonly packageId: PackageId;
  readonly numberCount: number;
  readonly price: MinorUnits;
}

/** One for each order. */
async function choosePackages(
  central: Central,
  transaction: Transaction,
  raffleEventId: RaffleEventId,
  { lines, totalMinor }: NewOnlineOrders,
): Promise<Result<readonly ChosenPackage[], Problem>> {
  const now = central.now().toISOString();
  const onSale = await rowsOf<ChosenPackage>(
    transaction,
    sql`SELECT id AS "packageId", ticket_count AS "numberCount", price FROM ticket_packages
      WHERE event_id = ${raffleEventId} AND is_active
        AND (active_from IS NULL OR active_from <= ${now}::TIMESTAMPTZ)
        AND (active_to IS NULL OR active_to > ${now}::TIMESTAMPTZ)`,
  );
  const known = new Map(onSale.map((each) => [each.packageId, each]));
  const chosen: ChosenPackage[] = [];
  for (const { packageId, count } of lines) {
    const found = known.get(packageId);
    if (found === undefined) {
      return refuseWith('online-sale.package-unknown', `${packageId} is not on sale`);
    }
    for (let order = 0; order < count; order += 1) chosen.push(found);
  }
  const total = chosen.reduce((sum, { price }) => sum + price, 0);
  return total === totalMinor
    ? ok(chosen)
    : refuseWith('online-sale.total-differs', `they cost ${total}, not ${totalMinor}`);
}

async function isPaymentUsed(
  transaction: Transaction,
  rsuId: RsuId,
  reference: string,
): Promise<boolean> {
  const row = await firstRowOf<object>(
    transaction,
    sql`SELECT 1 FROM payments
      WHERE rsu_id = ${rsuId} AND tender = 'online' AND reference = ${reference}`,
  );
  return row !== undefined;
}

type Sale = Omit<OnlineOrders, 'organisationId'>;

function composeSale(
  central: Central,
  currency: CurrencyCode,
  packages: readonly ChosenPackage[],
  { parts, allocations, validationNumbers }: TakenOnline,
): Sale {
  const orders = packages.map(({ packageId, price }, index) => ({
    orderId: randomUUID() as string as OrderId,
    packageId,
    validationNumber: validationNumbers[index] ?? '',
    amountMinor: price,
    drawNumbers: (parts[index] ?? []).flatMap(({ allocationId, indices }) => {
      const dealt = allocations.get(allocationId);
      invariant(dealt !== undefined, 'numbers are taken from open allocations');
      return drawNumbersOf(dealt, indices);
    }),
  }));
  return {
    paymentId: randomUUID() as string as PaymentId,
    orders,
    totalMinor: orders.reduce((sum, { amountMinor }) => sum + amountMinor, 0) as MinorUnits,
    currency,
    issuedAt: serverTime(central),
  };
}

async function write(
  transaction: Transaction,
  {
    rsuId,
    raffleEventId,
    purchase,
    sale,
    taken,
  }: {
    readonly rsuId: RsuId;
    readonly raffleEventId: RaffleEventId;
    readonly purchase: NewOnlineOrders;
    readonly sale: Sale;
    readonly taken: TakenOnline;
  },
): Promise<void> {
  const { paymentId, orders, totalMinor, currency, issuedAt } = sale;
  const { paymentReference, customer } = purchase;
  const checkoutId = randomUUID();
  await writeSales(transaction, rsuId, {
    ...EMPTY_PROJECTION,
    orders: orders.map((order, index) => ({
      id: order.orderId,
      validation_number: order.validationNumber,
      event_id: raffleEventId,
      package_id: order.packageId,
      rsu_id: rsuId,
      rsu_allocation_id: taken.parts[index]?.[0]?.allocationId ?? '',
      total_amount: order.amountMinor,
      currency,
      payment_status: 'paid',
      ticket_count: order.drawNumbers.length,
      operator_id: null,
      is_offline_sale: false,
      offline_created_at: null,
      checkout_id: checkoutId,
      shift_id: null,
      chain_id: null,
      journal_seq: null,
      issued_at: issuedAt,
      clock_offset_ms: null,
      flags: [],
      source: 'online',
      payment_reference: paymentReference,
      customer_info: customer ?? null,
    })),
    ticketRuns: orders.flatMap(({ orderId, drawNumbers }) =>
      rangesOf(drawNumbers.toSorted((left, right) => left - right)).map(({ from, to }) => ({
        order_id: orderId,
        event_id: raffleEventId,
        first: from,
        last: to - 1,
        sold_at: issuedAt,
        sold_by: null,
      })),
    ),
    orderAllocations: orders.flatMap(({ orderId }, index) =>
      (taken.parts[index] ?? []).map(({ allocationId, indices }) => ({
        order_id: orderId,
        rsu_allocation_id: allocationId,
        start_index: indices.from,
        end_index: indices.to - 1,
      })),
    ),
    payments: [
      {
        id: paymentId,
        checkout_id: checkoutId,
        rsu_id: rsuId,
        tender: 'online',
        status: 'paid',
        amount: totalMinor,
        tendered: totalMinor,
        change_given: 0,
        currency,
        paid_at: issuedAt,
        reference: paymentReference,
      },
    ],
    orderPayments: orders.map(({ orderId, amountMinor }) => ({
      order_id: orderId,
      payment_id: paymentId,
      amount: amountMinor,
    })),
  });
}
