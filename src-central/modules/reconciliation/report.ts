import { sql } from 'drizzle-orm';
import type {
  MissingJournal,
  ReconciliationObstacle,
  ReconciliationReport,
  RsuAccount,
} from '#shared/contract/central/people/reconciliation.ts';
import type { OrderId, QuarantineId, RaffleEventId, RsuId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { type CurrencyCode, formatMoney, type MinorUnits, money } from '#shared/kernel/money.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';
import type { StoredRaffleEventState } from '../../db/schema/raffle-events.ts';
import { readEntry } from '../journal/journal-entry-facts.ts';
import { raffleEventOf } from '../quarantine/inspect-entry.ts';
import { type AccountedChain, readChainAccounts } from './chain-accounts.ts';
import { type RsuNumbers, readRsuNumbers, sumAccounts } from './numbers-and-money.ts';

const NO_NUMBERS = { allocated: 0, sold: 0, voided: 0, misprinted: 0, unsold: 0, unaccounted: 0 };

const NOTHING = 0 as MinorUnits;
const NO_MONEY = {
  grossMinor: NOTHING,
  voidedMinor: NOTHING,
  misprintedMinor: NOTHING,
  netMinor: NOTHING,
  refundedMinor: NOTHING,
};

/**
 * Where every number and all money of a raffle event went, and what stands in the way of confirming
 * it (GLI-31 2.6.1, 2.6.3). To be read in one unchanging view, or with everything locked.
 */
export async function composeReport(
  central: Central,
  transaction: Transaction,
  raffleEventId: RaffleEventId,
): Promise<ReconciliationReport> {
  const event = await readRaffleEvent(transaction, raffleEventId);
  const chains = await readChainAccounts(central, transaction, raffleEventId);
  const numbers = await readRsuNumbers(transaction, raffleEventId);
  const rsus = numbers.map((rsu) => accountOf(rsu, chains));
  const flags = await readFlags(transaction, raffleEventId);
  const facts = {
    openQuarantineIds: await readOpenQuarantine(transaction, raffleEventId),
    openFlags: flags
      .filter(({ isOpen }) => isOpen)
      .map(({ orderId, flags: of }) => ({ orderId, flags: of })),
    acknowledgedFlagCount: flags.filter(({ isOpen }) => !isOpen).length,
    openVoidRequestCount: await countOpenVoidRequests(transaction, raffleEventId),
  };
  return {
    raffleEventId,
    currency: event.currency,
    numbers: sumAccounts(
      rsus.map((rsu) => rsu.numbers),
      NO_NUMBERS,
    ),
    money: sumAccounts(
      rsus.map((rsu) => rsu.money),
      NO_MONEY,
    ),
    rsus,
    ...facts,
    obstacles: [
      ...findEventObstacles(event.state, facts),
      ...rsus.flatMap((rsu) => findRsuObstacles(rsu, event.currency)),
    ],
  };
}

interface RaffleEventFacts {
  readonly state: StoredRaffleEventState;
  readonly currency: CurrencyCode;
}

async function readRaffleEvent(
  transaction: Transaction,
  raffleEventId: RaffleEventId,
): Promise<RaffleEventFacts> {
  const row = await firstRowOf<RaffleEventFacts>(
    transaction,
    sql`SELECT event.state, organization.primary_currency AS currency FROM raffle_events event
      JOIN organizations organization ON organization.id = event.organization_id
      WHERE event.id = ${raffleEventId}`,
  );
  invariant(row !== undefined, 'a raffle event in a checked path exists');
  return row;
}

function accountOf(rsu: RsuNumbers, chains: readonly AccountedChain[]): RsuAccount {
  const own = chains.filter(({ rsuId }) => rsuId === rsu.rsuId);
  const { rsuId, rsuName, numbers, isEqual, money: amounts } = rsu;
  return {
    rsuId,
    rsuName,
    standing: standingOf(rsu, own),
    numbers,
    isEqual,
    money: amounts,
    chains: own.map(({ account }) => account),
    missing: own.flatMap(({ missing }) => (missing === null ? [] : [missing])),
  };
}

function standingOf(
  { isVirtual, isGivenUp, isClosed }: RsuNumbers,
  chains: readonly AccountedChain[],
): RsuAccount['standing'] {
  if (isVirtual) return 'online';
  if (isGivenUp) return 'given-up';
  return isClosed && chains.every(({ account }) => account.isClosed) ? 'closed' : 'open';
}

function findEventObstacles(
  state: StoredRaffleEventState,
  facts: Pick<ReconciliationReport, 'openQuarantineIds' | 'openFlags' | 'openVoidRequestCount'>,
): ReconciliationObstacle[] {
  const found: [isThere: boolean, code: ReconciliationObstacle['code'], detail: string][] = [
    [state !== 'closed', 'raffle-event.not-closed', `the raffle event is ${state}`],
    [
      facts.openQuarantineIds.length > 0,
      'quarantine.open',
      `${facts.openQuarantineIds.length} entries wait for a decision`,
    ],
    [
      facts.openFlags.length > 0,
      'flags.open',
      `${facts.openFlags.length} flagged sales are to be looked at`,
    ],
    [
      facts.openVoidRequestCount > 0,
      'voids.open',
      `${facts.openVoidRequestCount} requests for voids are undecided`,
    ],
  ];
  return found.flatMap(([isThere, code, detail]) =>
    isThere ? [{ code, detail, rsuId: null }] : [],
  );
}

function findRsuObstacles(rsu: RsuAccount, currency: CurrencyCode): ReconciliationObstacle[] {
  const { rsuId, rsuName } = rsu;
  return [
    ...(rsu.standing === 'open'
      ? [{ code: 'till.open' as const, detail: describeMissing(rsu, currency), rsuId }]
      : []),
    ...(rsu.isEqual
      ? []
      : [
          {
            code: 'numbers.unequal' as const,
            detail: `${rsuName}: the numbers do not add up`,
            rsuId,
          },
        ]),
    ...rsu.chains
      .filter(({ isEqual }) => !isEqual)
      .map(({ chainId, journal, projected }) => ({
        code: 'journal.unequal' as const,
        detail: `${rsuName}: journal ${chainId} has ${journal.orderCount} orders for ${journal.amountMinor}, the tables ${projected.orderCount} for ${projected.amountMinor}`,
        rsuId,
      })),
  ];
}

/** Who has not said that sales are over, and what is known of them. */
function describeMissing(
  { rsuName, numbers, missing }: RsuAccount,
  currency: CurrencyCode,
): string {
  const known = missing.map((journal) => describeJournal(journal, currency));
  return [
    `${rsuName} has not ended its sales: ${numbers.unaccounted} numbers are unaccounted for`,
    ...known,
  ].join('; ');
}

function describeJournal(journal: MissingJournal, currency: CurrencyCode): string {
  const { lastContactAt, lastOperatorName, receivedThroughSeq, reportedThroughSeq } = journal;
  const heard =
    lastContactAt === null
      ? 'never heard of since it was enrolled'
      : `last heard of at ${lastContactAt}${lastOperatorName === null ? '' : ` with ${lastOperatorName}`}`;
  const received = `${journal.receivedOrderCount} orders for ${formatMoney(money(journal.receivedMinor, currency))} received`;
  const lacking =
    reportedThroughSeq !== null && reportedThroughSeq > receivedThroughSeq
      ? `, entries ${receivedThroughSeq + 1} to ${reportedThroughSeq} are missing`
      : '';
  return `${heard}, ${received}${lacking}`;
}

interface FlaggedOrder {
  readonly orderId: OrderId;
  readonly flags: string[];
  readonly isOpen: boolean;
}

function readFlags(
  transaction: Transaction,
  raffleEventId: RaffleEventId,
): Promise<readonly FlaggedOrder[]> {
  return rowsOf(
    transaction,
    sql`SELECT sold.id AS "orderId", sold.flags, seen.order_id IS NULL AS "isOpen" FROM orders sold
      LEFT JOIN order_flag_acknowledgements seen ON seen.order_id = sold.id
      WHERE sold.event_id = ${raffleEventId} AND sold.flags <> '{}' ORDER BY sold.id`,
  );
}

async function countOpenVoidRequests(
  transaction: Transaction,
  raffleEventId: RaffleEventId,
): Promise<number> {
  const row = await firstRowOf<{ readonly count: number }>(
    transaction,
    sql`SELECT count(*) AS count FROM void_requests request JOIN orders sold ON sold.id = request.order_id
      WHERE sold.event_id = ${raffleEventId} AND request.decision IS NULL`,
  );
  return row?.count ?? 0;
}

/**
 * Open entries that may be about a raffle event: they name it, or they name none and come from one of
 * its tills.
 */
async function readOpenQuarantine(
  transaction: Transaction,
  raffleEventId: RaffleEventId,
): Promise<QuarantineId[]> {
  const rows = await rowsOf<{
    readonly quarantineId: QuarantineId;
    readonly rsuId: RsuId;
    readonly body: Buffer;
    readonly isOfTill: boolean;
  }>(
    transaction,
    sql`SELECT waiting.id AS "quarantineId", waiting.rsu_id AS "rsuId", entry.body,
        EXISTS (SELECT 1 FROM rsu_allocations WHERE rsu_id = waiting.rsu_id
          AND raffle_event_id = ${raffleEventId}) AS "isOfTill"
      FROM journal_quarantine waiting
      JOIN journal_entries entry ON entry.chain_id = waiting.chain_id AND entry.seq = waiting.seq
        AND entry.hash = waiting.hash
      JOIN rsus rsu ON rsu.id = waiting.rsu_id
      JOIN raffle_events event ON event.organization_id = rsu.organization_id
      WHERE waiting.state = 'open' AND event.id = ${raffleEventId}
      ORDER BY waiting.quarantined_at, waiting.id`,
  );
  return rows
    .filter(({ body, isOfTill }) => {
      const reading = readEntry(body);
      const named = reading.ok ? raffleEventOf(reading.value) : null;
      return named === null ? isOfTill : named === raffleEventId;
    })
    .map(({ quarantineId }) => quarantineId);
}
