import { sql } from 'drizzle-orm';
import type {
  ChainAccount,
  MissingJournal,
} from '#shared/contract/central/people/reconciliation.ts';
import { utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes } from '#shared/kernel/hash.ts';
import type { ChainId, OperatorId, RaffleEventId, RsuId } from '#shared/kernel/ids.ts';
import type { MinorUnits } from '#shared/kernel/money.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { readInstantIfAny, type StoredMoment } from '../../db/read-instant.ts';
import { rowsOf } from '../../db/rows.ts';
import { readChain } from '../journal/repository.ts';
import { HAS_ENDED } from './numbers-and-money.ts';
import { type ReplayedChain, replayChain } from './replay-chain.ts';

/** A chain that holds numbers of a raffle event or has sold for it. */
export interface AccountedChain {
  readonly rsuId: RsuId;
  readonly account: ChainAccount;
  /** Null once it has ended its sales. */
  readonly missing: MissingJournal | null;
}

/** The journals of a raffle event, each compared with the rows that were made of it. */
export async function readChainAccounts(
  central: Central,
  transaction: Transaction,
  raffleEventId: RaffleEventId,
): Promise<AccountedChain[]> {
  const accounts: AccountedChain[] = [];
  for (const row of await readChains(transaction, raffleEventId)) {
    const chain = await readChain(transaction, row.chainId);
    const replayed = await replayChain(central, transaction, chain);
    const journal = summarise(linesOfJournal(replayed, raffleEventId));
    const projected = summarise(await linesOfRows(transaction, row.chainId, raffleEventId));
    accounts.push({
      rsuId: row.rsuId,
      account: {
        chainId: row.chainId,
        isClosed: row.isClosed,
        journal,
        projected,
        isEqual: replayed.faults.length === 0 && journal.sha256 === projected.sha256,
      },
      missing: row.isClosed ? null : missingOf(row),
    });
  }
  return accounts;
}

interface ChainFacts {
  readonly chainId: ChainId;
  readonly rsuId: RsuId;
  readonly isClosed: boolean;
  readonly highWaterSeq: number;
  readonly orderCount: number;
  readonly gross: number;
  readonly lastContactAt: StoredMoment | null;
  readonly operatorId: OperatorId | null;
  readonly operatorName: string | null;
  readonly headSeq: number | null;
  readonly reportedOrderCount: number | null;
  readonly reportedMinor: number | null;
}

function readChains(
  transaction: Transaction,
  raffleEventId: RaffleEventId,
): Promise<readonly ChainFacts[]> {
  return rowsOf(
    transaction,
    sql`WITH held AS (
        SELECT chain_id, raffle_event_id FROM rsu_allocations WHERE raffle_event_id = ${raffleEventId}
        UNION SELECT chain_id, event_id FROM orders WHERE event_id = ${raffleEventId}
      )
      SELECT chain.id AS "chainId", chain.rsu_id AS "rsuId", ${HAS_ENDED} AS "isClosed",
        chain.high_water_seq AS "highWaterSeq", chain.order_count AS "orderCount", chain.gross,
        beat.received_at AS "lastContactAt", operator.id AS "operatorId",
        operator.display_name AS "operatorName", (beat.report ->> 'headSeq')::BIGINT AS "headSeq",
        (beat.report -> 'totals' ->> 'orderCount')::BIGINT AS "reportedOrderCount",
        (beat.report -> 'totals' ->> 'grossMinor')::BIGINT AS "reportedMinor"
      FROM held JOIN chains chain ON chain.id = held.chain_id
      LEFT JOIN LATERAL (SELECT report, received_at FROM rsu_heartbeats
        WHERE rsu_id = chain.rsu_id AND chain_id = chain.id ORDER BY id DESC LIMIT 1) beat ON TRUE
      LEFT JOIN operators operator ON operator.id = (beat.report ->> 'operatorId')::UUID
      ORDER BY chain.rsu_id, chain.enrolled_at, chain.id`,
  );
}

function missingOf(row: ChainFacts): MissingJournal {
  return {
    chainId: row.chainId,
    lastContactAt: readInstantIfAny(row.lastContactAt),
    lastOperatorId: row.operatorId,
    lastOperatorName: row.operatorName,
    receivedThroughSeq: row.highWaterSeq,
    reportedThroughSeq: row.headSeq,
    receivedOrderCount: row.orderCount,
    reportedOrderCount: row.reportedOrderCount,
    receivedMinor: row.gross as MinorUnits,
    reportedMinor: row.reportedMinor as MinorUnits | null,
  };
}

/** One order, from either side. */
interface OrderLine {
  readonly orderId: string;
  readonly validationNumber: string;
  readonly amount: number;
  /** Ascending. */
  readonly numbers: readonly number[];
}

function linesOfJournal({ projection }: ReplayedChain, raffleEventId: RaffleEventId): OrderLine[] {
  const numbers = new Map<string, number[]>();
  for (const { order_id, first, last } of projection.ticketRuns) {
    const known = numbers.get(order_id) ?? [];
    for (let number = first; number <= last; number += 1) known.push(number);
    numbers.set(order_id, known);
  }
  return projection.orders
    .filter(({ event_id }) => event_id === raffleEventId)
    .map((order) => ({
      orderId: order.id,
      validationNumber: order.validation_number,
      amount: order.total_amount,
      numbers: numbers.get(order.id) ?? [],
    }));
}

function linesOfRows(
  transaction: Transaction,
  chainId: ChainId,
  raffleEventId: RaffleEventId,
): Promise<readonly OrderLine[]> {
  return rowsOf(
    transaction,
    sql`SELECT sold.id AS "orderId", validation_number AS "validationNumber", total_amount AS amount,
        ARRAY(SELECT draw_number FROM tickets WHERE order_id = sold.id ORDER BY draw_number) AS numbers
      FROM orders sold WHERE chain_id = ${chainId} AND event_id = ${raffleEventId}`,
  );
}

/** Count, money, and a hash that is the same only if every order is. */
function summarise(lines: readonly OrderLine[]): ChainAccount['journal'] {
  const text = lines
    .map(({ orderId, validationNumber, amount, numbers }) =>
      [orderId, validationNumber, amount, numbers.join(',')].join(' '),
    )
    .sort()
    .join('\n');
  return {
    orderCount: lines.length,
    amountMinor: lines.reduce((sum, { amount }) => sum + amount, 0) as MinorUnits,
    sha256: hashBytes(utf8(text)),
  };
}
