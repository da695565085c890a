import { sql } from 'drizzle-orm';
import type { QuarantineDetails } from '#shared/contract/central/people/quarantine.ts';
import type { EntryBody } from '#shared/contract/journal/entry-body.ts';
import { toBase64 } from '#shared/kernel/bytes.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { OrderId, QuarantineId, RaffleEventId } from '#shared/kernel/ids.ts';
import type { JsonValue } from '#shared/kernel/json.ts';
import type { MinorUnits } from '#shared/kernel/money.ts';
import type { Central } from '../../central.ts';
import { readConsistently, type Transaction } from '../../db/database.ts';
import { readInstant } from '../../db/read-instant.ts';
import { arrayParameter, rowsOf } from '../../db/rows.ts';
import { readEntry } from '../journal/journal-entry-facts.ts';
import { readNumbers } from '../journal/judge-sale.ts';
import { loadSaleContext } from '../journal/load-sale-context.ts';
import { type ChainRow, readChain } from '../journal/repository.ts';
import { readRefundsOf } from '../void-requests/refunds.ts';
import { readVoidRequestsOf } from '../void-requests/repository.ts';
import { judgeKeptEntry } from './judge-kept-entry.ts';
import { type EntryPlace, readKeptEntry, readQuarantinedEntry } from './repository.ts';

/** How many entries before and after are shown. */
const NEIGHBOURS = 5;

/** All that helps a person to decide about an entry. */
export function inspectEntry(
  central: Central,
  quarantineId: QuarantineId,
): Promise<QuarantineDetails> {
  return readConsistently(central.database, async (transaction) => {
    const entry = await readQuarantinedEntry(transaction, quarantineId);
    const kept = await readKeptEntry(transaction, entry);
    const chain = await readChain(transaction, entry.chainId);
    const body = kept.reading.ok ? kept.reading.value : undefined;
    const judged = await judgeKeptEntry(central, transaction, chain, kept);
    const sale = body?.kind === 'sale.completed' ? body.payload : undefined;
    return {
      entry,
      bodyBase64: toBase64(kept.entry.body),
      isSigned: kept.entry.signature !== null,
      receivedAt: readInstant(kept.receivedAt),
      body: (body ?? null) as JsonValue,
      unreadable: kept.reading.ok ? null : kept.reading.failure.explanation,
      raffleEventId: body === undefined ? null : raffleEventOf(body),
      amountMinor: sale?.totalMinor ?? (null as MinorUnits | null),
      obstacle: judged.ok ? null : judged.failure.explanation,
      neighbours: await readNeighbours(transaction, entry),
      rivalOrderIds: await readRivals(central, transaction, chain, body),
      voidRequests: await readVoidRequestsOf(transaction, { quarantineId }),
      refunds: await readRefundsOf(transaction, { quarantineId }),
    };
  });
}

/** The raffle event that an entry names, if it names one. */
export function raffleEventOf({ payload }: EntryBody): RaffleEventId | null {
  return 'raffleEventId' in payload ? payload.raffleEventId : null;
}

async function readNeighbours(
  transaction: Transaction,
  { chainId, seq, hash }: EntryPlace,
): Promise<QuarantineDetails['neighbours']> {
  const rows = await rowsOf<NeighbourRow>(
    transaction,
    sql`SELECT entry.seq, encode(entry.hash, 'hex') AS hash, entry.body,
        coalesce(verdict.outcome, 'not-judged') AS verdict
      FROM journal_entries entry
      LEFT JOIN journal_verdicts verdict ON verdict.chain_id = entry.chain_id
        AND verdict.seq = entry.seq AND verdict.hash = entry.hash
      WHERE entry.chain_id = ${chainId} AND entry.hash <> decode(${hash}, 'hex')
        AND entry.seq BETWEEN ${seq - NEIGHBOURS} AND ${seq + NEIGHBOURS}
      ORDER BY entry.seq, entry.received_at`,
  );
  return rows.map((row) => {
    const reading = readEntry(row.body);
    const { kind, at } = reading.ok ? reading.value : { kind: null, at: null };
    return { seq: row.seq, hash: row.hash, kind, at, verdict: row.verdict };
  });
}

interface NeighbourRow {
  readonly seq: number;
  readonly hash: Sha256;
  readonly body: Buffer;
  readonly verdict: QuarantineDetails['neighbours'][number]['verdict'];
}

/** The orders that have a draw number or validation number of this sale. */
async function readRivals(
  central: Central,
  transaction: Transaction,
  chain: ChainRow,
  body: EntryBody | undefined,
): Promise<OrderId[]> {
  if (body?.kind !== 'sale.completed') return [];
  const { raffleEventId, orders } = body.payload;
  const context = await loadSaleContext(central, transaction, chain, [body]);
  const numbers = orders.flatMap((order) => {
    const read = readNumbers(order, raffleEventId, context);
    return read.ok ? read.value : [];
  });
  const rows = await rowsOf<{ readonly id: OrderId }>(
    transaction,
    sql`SELECT order_id AS id FROM tickets
        WHERE event_id = ${raffleEventId} AND draw_number = ANY(${arrayParameter(numbers, 'int[]')})
      UNION SELECT id FROM orders WHERE event_id = ${raffleEventId} AND validation_number = ANY(
        ${arrayParameter(
          orders.map(({ validationNumber }) => validationNumber),
          'text[]',
        )})
      ORDER BY id`,
  );
  return rows.map(({ id }) => id);
}
