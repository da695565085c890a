import { sql } from 'drizzle-orm';
import type { EntryBody, EntryBodyOf } from '#shared/contract/journal/entry-body.ts';
import { createValidationNumberMaker } from '#shared/domain/validation-number.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { arrayParameter, rowsOf } from '../../db/rows.ts';
import { readBlockKeys, readDealtNumbers } from '../devices/holdings.ts';
import {
  type KnownAllocation,
  type KnownBlock,
  type KnownRaffleEvent,
  readNumbers,
  type SaleContext,
} from './judge-sale.ts';
import type { ChainRow } from './repository.ts';

/** What has to be known to judge the sales among `bodies`, read in a few queries for all of them. */
export async function loadSaleContext(
  central: Central,
  transaction: Transaction,
  chain: ChainRow,
  bodies: readonly EntryBody[],
): Promise<SaleContext> {
  const sales = bodies.filter(
    (body): body is EntryBodyOf<'sale.completed'> => body.kind === 'sale.completed',
  );
  const orders = sales.flatMap(({ payload }) => payload.orders);
  const allocationIds = distinct([
    ...orders.flatMap(({ numbers }) => numbers.map((part) => part.allocationId)),
    ...bodies.flatMap((body) =>
      body.kind === 'allocation.returned' ? [body.payload.allocationId] : [],
    ),
  ]);
  const allocations = await readAllocations(transaction, chain.id, allocationIds);
  const raffleEvents = await readRaffleEvents(
    transaction,
    distinct(bodies.flatMap(raffleEventsOf)),
  );
  return {
    rsuId: chain.rsuId,
    chainId: chain.id,
    organisationId: await readOrganisationId(transaction, chain.rsuId),
    raffleEvents,
    allocations,
    blocks: await readBlocks(
      central,
      transaction,
      chain.id,
      distinct(orders.map(({ validationBlockId }) => validationBlockId)),
    ),
    disabledOperators: await readDisabledOperators(transaction, chain.rsuId),
    salesEnds: await readSalesEnds(transaction, chain.id),
    soldNumbers: await readSoldNumbers(transaction, sales, raffleEvents, allocations),
    usedValidationNumbers: await readUsedValidationNumbers(
      transaction,
      orders.map(({ validationNumber }) => validationNumber),
    ),
    usedIds: await readUsedIds(transaction, sales, bodies.flatMap(reprintsOf)),
  };
}

async function readOrganisationId(transaction: Transaction, rsuId: string): Promise<string> {
  const [row] = await rowsOf<{ id: string }>(
    transaction,
    sql`SELECT organization_id AS id FROM rsus WHERE id = ${rsuId}`,
  );
  return row?.id ?? '';
}

async function readRaffleEvents(
  transaction: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownRaffleEvent>> {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf<RaffleEventRow>(
    transaction,
    sql`SELECT event.id, event.organization_id AS "organisationId", event.state,
        event.reconciliation_confirmed_at IS NOT NULL AS "isConfirmed",
        organization.primary_currency AS currency,
        event.configuration ->> 'salesEnd' AS "salesEnd",
        (SELECT max(sales_end) FROM raffle_event_sales_ends
         WHERE raffle_event_id = event.id)::TEXT AS "latestSalesEnd",
        (SELECT coalesce(json_agg(json_build_object('id', id, 'numberCount', ticket_count,
            'price', price, 'isActive', is_active)), '[]')
         FROM ticket_packages WHERE event_id = event.id) AS packages
      FROM raffle_events event JOIN organizations organization ON organization.id = event.organization_id
      WHERE event.id = ANY(${arrayParameter(ids, 'uuid[]')})`,
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        organisationId: row.organisationId,
        state: row.state,
        isReconciled: row.isConfirmed || row.state === 'reconciled' || row.state === 'drawn',
        currency: row.currency,
        salesEnd: new Date(row.salesEnd),
        latestSalesEnd: new Date(row.latestSalesEnd ?? row.salesEnd),
        packages: new Map(row.packages.map((known) => [known.id, known])),
      },
    ]),
  );
}

interface RaffleEventRow {
  readonly id: string;
  readonly organisationId: string;
  readonly state: string;
  readonly isConfirmed: boolean;
  readonly currency: string;
  readonly salesEnd: string;
  readonly latestSalesEnd: string | null;
  readonly packages: readonly {
    readonly id: string;
    readonly numberCount: number;
    readonly price: number;
    readonly isActive: boolean;
  }[];
}

async function readAllocations(
  transaction: Transaction,
  chainId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownAllocation>> {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf<AllocationRow>(
    transaction,
    sql`SELECT id, raffle_event_id AS "raffleEventId", number_mode AS mode,
        next_draw_number AS "nextIndex", start_number AS "from", coalesce(returned_from::BIGINT, end_number::BIGINT + 1) AS "to"
      FROM rsu_allocations
      WHERE chain_id = ${chainId} AND id = ANY(${arrayParameter(ids, 'uuid[]')})`,
  );
  const random = rows.filter(({ mode }) => mode === 'random').map(({ id }) => id);
  const dealt = await readDealtNumbers(transaction, random);
  return new Map(
    rows.map(({ id, raffleEventId, mode, nextIndex, from, to }): [string, KnownAllocation] => {
      const indices = { from, to };
      const known = { raffleEventId, nextIndex };
      if (mode === 'sequential') return [id, { mode, ...known, indices }];
      const numbers = dealt.get(id) ?? [];
      return [id, { mode, ...known, indices: { from, to: from + numbers.length }, numbers }];
    }),
  );
}

interface AllocationRow {
  readonly id: string;
  readonly raffleEventId: string;
  readonly mode: 'sequential' | 'random';
  readonly nextIndex: number;
  readonly from: number;
  readonly to: number;
}

async function readBlocks(
  central: Central,
  transaction: Transaction,
  chainId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownBlock>> {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf<BlockRow>(
    transaction,
    sql`SELECT id, raffle_event_id AS "raffleEventId", prefix, block_size AS size
      FROM validation_number_blocks
      WHERE chain_id = ${chainId} AND id = ANY(${arrayParameter(ids, 'uuid[]')})`,
  );
  const keys = await readBlockKeys(
    central,
    transaction,
    rows.map(({ id }) => id),
  );
  return new Map(
    rows.map(({ id, raffleEventId, prefix, size }) => {
      const key = keys.get(id);
      const maker = key === undefined ? undefined : createValidationNumberMaker({ prefix, key });
      return [id, { raffleEventId, prefix, size, maker }];
    }),
  );
}

interface BlockRow {
  readonly id: string;
  readonly raffleEventId: string;
  readonly prefix: string;
  readonly size: number;
}

async function readDisabledOperators(
  transaction: Transaction,
  rsuId: string,
): Promise<ReadonlySet<string>> {
  const rows = await rowsOf<{ id: string }>(
    transaction,
    sql`SELECT operator.id FROM operators operator
      JOIN rsus rsu ON rsu.organization_id = operator.organization_id
      WHERE rsu.id = ${rsuId} AND NOT operator.is_enabled`,
  );
  return new Set(rows.map(({ id }) => id));
}

async function readSalesEnds(
  transaction: Transaction,
  chainId: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await rowsOf<{ id: string; seq: number }>(
    transaction,
    sql`SELECT raffle_event_id AS id, seq FROM rsu_sales_ends WHERE chain_id = ${chainId}`,
  );
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}

/** Those of the claimed numbers that are sold already: almost always none. */
async function readSoldNumbers(
  transaction: Transaction,
  sales: readonly EntryBodyOf<'sale.completed'>[],
  raffleEvents: ReadonlyMap<string, KnownRaffleEvent>,
  allocations: ReadonlyMap<string, KnownAllocation>,
): Promise<ReadonlySet<string>> {
  const sold = new Set<string>();
  for (const [id, { packages }] of raffleEvents) {
    const claimed = sales
      .filter(({ payload }) => payload.raffleEventId === id)
      .flatMap(({ payload }) => payload.orders)
      // Others are refused for their size, whatever numbers they claim.
      .filter(({ packageId, numberCount }) => packages.get(packageId)?.numberCount === numberCount)
      .map((order) => readNumbers(order, id, { allocations }));
    const numbers = claimed.flatMap((read) => (read.ok ? read.value : []));
    const rows = await rowsOf<{ number: number }>(
      transaction,
      sql`SELECT draw_number AS number FROM tickets
        WHERE event_id = ${id} AND draw_number = ANY(${arrayParameter(numbers, 'int[]')})`,
    );
    for (const { number } of rows) sold.add(`${id}/${number}`);
  }
  return sold;
}

async function readUsedValidationNumbers(
  transaction: Transaction,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  if (numbers.length === 0) return new Set();
  const rows = await rowsOf<{ number: string }>(
    transaction,
    sql`SELECT validation_number AS number FROM orders
      WHERE validation_number = ANY(${arrayParameter(numbers, 'text[]')})`,
  );
  return new Set(rows.map(({ number }) => number));
}

async function readUsedIds(
  transaction: Transaction,
  sales: readonly EntryBodyOf<'sale.completed'>[],
  reprints: readonly string[],
): Promise<ReadonlySet<string>> {
  if (sales.length === 0 && reprints.length === 0) return new Set();
  const payloads = sales.map(({ payload }) => payload);
  const orders = payloads.flatMap((sale) => sale.orders);
  const list = (ids: readonly string[]) => arrayParameter(ids, 'uuid[]');
  const rows = await rowsOf<{ id: string }>(
    transaction,
    sql`SELECT id FROM orders WHERE id = ANY(${list(orders.map(({ orderId }) => orderId))})
      UNION ALL SELECT id FROM print_jobs WHERE id = ANY(${list([...orders.map(({ printJobId }) => printJobId), ...reprints])})
      UNION ALL SELECT id FROM payments
        WHERE id = ANY(${list(payloads.flatMap(({ payments }) => payments.map(({ paymentId }) => paymentId)))})
      UNION ALL SELECT checkout_id FROM orders
        WHERE checkout_id = ANY(${list(payloads.map(({ checkoutId }) => checkoutId))})`,
  );
  return new Set(rows.map(({ id }) => id));
}

function reprintsOf(body: EntryBody): string[] {
  return body.kind === 'reprint.ordered' ? [body.payload.printJobId] : [];
}

/** The raffle events that judging an entry needs to know. */
function raffleEventsOf(body: EntryBody): string[] {
  const isAboutSales =
    body.kind === 'sale.completed' ||
    body.kind === 'sales.ended' ||
    body.kind === 'allocation.returned';
  return isAboutSales ? [body.payload.raffleEventId] : [];
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
