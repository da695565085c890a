import type { EntryBody } from '#shared/contract/journal/entry-body.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { entryHash, genesisHash } from '#shared/domain/journal-chain.ts';
import { fromHex, toHex } from '#shared/kernel/bytes.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Central } from '../../central.ts';
import { transactAgain } from '../../db/transact-again.ts';
import { type Doubt, doubt, readEntry, subjectsOf } from './journal-entry-facts.ts';
import {
  type ChainRow,
  type Decision,
  insertEntries,
  lockChain,
  readStoredHashes,
  recordDecisions,
  type StoredEntry,
  stopDevice,
  updateChain,
} from './repository.ts';

/** An upload, after its new entries were stored. */
export interface StoredUpload {
  /** The entries up to the first gap. */
  readonly received: readonly Received[];
  /** What the new entries of the main branch say, so that nobody has to read them twice. */
  readonly readings: ReadonlyMap<Sha256, Result<EntryBody, Doubt>>;
}

/** One entry of an upload, after it was stored. */
export interface Received {
  readonly seq: number;
  /** The hash that its bytes really have. */
  readonly hash: Sha256;
  readonly isRepeated: boolean;
}

/**
 * Keeps the raw bytes of every new entry, in a transaction of its own that no projection can undo.
 *
 * Whatever is wrong with an entry's place is decided here. Stops at the first gap: what comes
 * before is kept, and the device learns from the high water where to go on.
 */
export function storeEntries(
  central: Central,
  chainId: ChainId,
  actor: string,
  entries: readonly JournalEntry[],
): Promise<StoredUpload> {
  return transactAgain(central.database, actor, async (transaction) => {
    const chain = await lockChain(transaction, chainId);
    const decoded = entries.map(decode);
    const seqs = decoded.map(({ stored }) => stored.seq);
    const known = await readStoredHashes(
      transaction,
      chainId,
      Math.min(...seqs) - 1,
      Math.max(...seqs),
    );
    const placed = placeEntries(chain, known, decoded);
    const added = placed.entries.filter(({ isRepeated }) => !isRepeated);
    await insertEntries(
      transaction,
      chainId,
      added.map(({ stored }) => stored),
    );
    await recordDecisions(transaction, chain, added.flatMap(decisionOf));
    if (placed.stop !== undefined) {
      await stopDevice(transaction, chain, placed.stop.state, placed.stop.entry);
    }
    if (added.length > 0) await updateChain(transaction, chainId, placed.standing);
    return {
      received: placed.entries.map(({ stored, isRepeated }) => ({
        ...placeOf(stored),
        isRepeated,
      })),
      readings: placed.readings,
    };
  });
}

interface DecodedEntry {
  readonly stored: StoredEntry;
  readonly claimedHash: Sha256;
}

interface PlacedEntry extends DecodedEntry {
  readonly isRepeated: boolean;
  readonly doubt: Doubt | undefined;
  readonly isOnMainBranch: boolean;
}

interface Placement {
  readonly entries: readonly PlacedEntry[];
  readonly readings: StoredUpload['readings'];
  readonly standing: Pick<ChainRow, 'highWaterSeq' | 'headHash' | 'orderCount' | 'gross'>;
  readonly stop: { readonly state: 'forked' | 'stopped'; readonly entry: StoredEntry } | undefined;
}

function decode(entry: JournalEntry): DecodedEntry {
  // The contract has let canonical Base64 through only.
  const body = Buffer.from(entry.body, 'base64');
  const signature = entry.signature === null ? null : Buffer.from(entry.signature, 'base64');
  const { chainId, seq, previousHash } = entry;
  const hash = entryHash({ chainId, seq, previousHash, body });
  return { stored: { seq, hash, previousHash, body, signature }, claimedHash: entry.hash };
}

function placeEntries(
  chain: ChainRow,
  known: Map<number, Set<Sha256>>,
  entries: readonly DecodedEntry[],
): Placement {
  const placed: PlacedEntry[] = [];
  const readings = new Map<Sha256, Result<EntryBody, Doubt>>();
  let highWaterSeq = chain.highWaterSeq;
  let head = toHex(chain.headHash) as Sha256;
  let state = chain.state;
  let stop: Placement['stop'];
  let { orderCount, gross } = chain;
  for (const entry of entries) {
    const { seq, hash } = entry.stored;
    if (known.get(seq)?.has(hash) === true) {
      placed.push({ ...entry, isRepeated: true, doubt: undefined, isOnMainBranch: false });
      continue;
    }
    const parents = seq === 1 ? new Set([genesisOf(chain)]) : known.get(seq - 1);
    if (parents === undefined) break;
    const isNext = seq === highWaterSeq + 1;
    const doubtful = findDoubt(entry, { parents, isNext, head, state });
    const isOnMainBranch = isNext && doubtful?.reason !== 'chain-forked';
    if (isOnMainBranch) {
      highWaterSeq = seq;
      head = hash;
      const reading = readEntry(entry.stored.body);
      readings.set(hash, reading);
      const sale = saleOf(reading);
      orderCount += sale.orderCount;
      gross = addedWithinReason(gross, sale.gross);
    }
    if (doubtful?.reason === 'chain-forked' && state !== 'forked') {
      state = 'forked';
      stop = { state, entry: entry.stored };
    } else if (doubtful?.reason === 'chain-broken' && state !== 'forked' && state !== 'stopped') {
      state = 'stopped';
      stop = { state, entry: entry.stored };
    }
    known.set(seq, (known.get(seq) ?? new Set()).add(hash));
    placed.push({ ...entry, isRepeated: false, doubt: doubtful, isOnMainBranch });
  }
  const standing = { highWaterSeq, headHash: fromHex(head), orderCount, gross };
  return { entries: placed, readings, standing, stop };
}

/** What is wrong with an entry's place in the chain. */
function findDoubt(
  { stored, claimedHash }: DecodedEntry,
  place: {
    readonly parents: ReadonlySet<Sha256>;
    readonly isNext: boolean;
    readonly head: Sha256;
    readonly state: ChainRow['state'];
  },
): Doubt | undefined {
  if (!place.isNext) {
    return doubt('chain-forked', `number ${stored.seq} belongs to a second branch`);
  }
  if (!place.parents.has(stored.previousHash)) {
    return doubt('chain-broken', `number ${stored.seq} does not follow the entry before it`);
  }
  if (stored.previousHash !== place.head) {
    return doubt('chain-forked', `number ${stored.seq} follows the second branch`);
  }
  if (stored.hash !== claimedHash) {
    return doubt('chain-broken', `number ${stored.seq} says its hash is ${claimedHash}`);
  }
  if (place.state === 'forked' || place.state === 'stopped') {
    return doubt('device-stopped', 'the device was stopped before this entry arrived');
  }
  return undefined;
}

function decisionOf({ stored, doubt: doubtful }: PlacedEntry): Decision[] {
  if (doubtful === undefined) return [];
  const body = readEntry(stored.body);
  const subjects = body.ok ? subjectsOf(body.value) : { orderIds: [], subjectIds: [] };
  return [{ ...placeOf(stored), doubt: doubtful, subjects }];
}

function placeOf({ seq, hash }: StoredEntry): { readonly seq: number; readonly hash: Sha256 } {
  return { seq, hash };
}

/** How many orders an entry sells, and for how much; none if it cannot be read. */
function saleOf(reading: Result<EntryBody, Doubt>): {
  readonly orderCount: number;
  readonly gross: number;
} {
  if (!reading.ok || reading.value.kind !== 'sale.completed') return { orderCount: 0, gross: 0 };
  const { orders, totalMinor } = reading.value.payload;
  return { orderCount: orders.length, gross: totalMinor };
}

/** `sum` plus `amount`, unless no till could ever have sold that: such an entry waits for a person. */
function addedWithinReason(sum: number, amount: number): number {
  const next = sum + amount;
  return amount >= 0 && Number.isSafeInteger(next) ? next : sum;
}

function genesisOf(chain: ChainRow): Sha256 {
  return genesisHash(chain.id as ChainId, chain.devicePublicKey);
}
