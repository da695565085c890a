import type { z } from 'zod';
import {
  type ChainStanding,
  type JournalUpload,
  type JournalUploadAnswer,
  type journalDownloadAnswerSchema,
  type journalHeadAnswerSchema,
  MOST_BYTES_PER_UPLOAD,
  MOST_ENTRIES_PER_UPLOAD,
  type Verdict,
} from '#shared/contract/central/journal.ts';
import { LARGEST_ENTRY_BYTES } from '#shared/contract/journal/entry-body.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { toBase64, toHex } from '#shared/kernel/bytes.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Central } from '../../central.ts';
import { type CentralRefusal, refuseRequest } from '../../refusal.ts';
import { answerFields } from '../devices/control.ts';
import type { Device } from '../devices/device.ts';
import { findDevice } from '../devices/device.ts';
import { judgeEntries } from './judge-entries.ts';
import {
  countQuarantinedOrders,
  readChain,
  readChainsWithLeftovers,
  readMainBranch,
  readVerdicts,
} from './repository.ts';
import { type Received, storeEntries } from './store-entries.ts';

/**
 * Takes entries of the device's own chain: stores the bytes, then judges and projects them.
 *
 * Nothing is ever refused for what it says. Refuses another device's chain, and uploads that are
 * larger than the protocol allows.
 */
export async function takeUpload(
  central: Central,
  device: Device,
  upload: JournalUpload,
): Promise<Result<JournalUploadAnswer, CentralRefusal>> {
  const isOwn = [upload, ...upload.entries].every(({ chainId }) => chainId === device.chainId);
  if (!isOwn) return refuseRequest('chain.unknown', 'not the chain that this token speaks for');
  const oversize = findOversize(upload.entries);
  if (oversize !== undefined) return refuseRequest('request.too-large', oversize);
  const received = await takeEntries(
    central,
    device.chainId,
    `rsu:${device.rsuId}`,
    upload.entries,
  );
  const now = await findDevice(central.database, device.chainId);
  invariant(now !== undefined, 'a device is never removed');
  return ok({
    ...(await standingFor(central, device.chainId, received)),
    verdicts: await verdictsOn(central, device.chainId, upload.entries, received),
    ...(await answerFields(central, central.database, now)),
  });
}

/** Stores and judges entries, from wherever they come: the till itself, or its rescued file. */
async function takeEntries(
  central: Central,
  chainId: ChainId,
  actor: string,
  entries: readonly JournalEntry[],
): Promise<readonly Received[]> {
  if (entries.length === 0) return [];
  const { received, readings } = await storeEntries(central, chainId, actor, entries);
  await judgeEntries(central, chainId, actor, readings);
  return received;
}

/**
 * Judges entries that were stored and never judged, because their API process was killed in between:
 * the till has seen in the high water that they arrived, and will not send them again.
 */
export async function judgeLeftovers(central: Central): Promise<void> {
  const chains = await readChainsWithLeftovers(central.database);
  const results = await Promise.allSettled(
    chains.map(({ chainId, rsuId }) =>
      judgeEntries(central, chainId, `rsu:${rsuId}`, new Map<Sha256, never>()),
    ),
  );
  const faults = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (faults.length > 0) throw new AggregateError(faults, 'stored entries could not be judged');
}

/** Where the chain stands. */
export async function readHead(
  central: Central,
  device: Device,
): Promise<z.infer<typeof journalHeadAnswerSchema>> {
  return {
    ...(await standingFor(central, device.chainId, [])),
    ...(await answerFields(central, central.database, device)),
  };
}

/** Entries of the device's own chain, for a till that lost its own. */
export async function readEntriesAfter(
  central: Central,
  device: Device,
  after: number,
): Promise<z.infer<typeof journalDownloadAnswerSchema>> {
  const rows = await readMainBranch(
    central.database,
    device.chainId,
    after,
    MOST_ENTRIES_PER_UPLOAD,
  );
  let bytes = 0;
  const end = rows.findIndex(({ body }, index) => {
    bytes += body.length;
    return bytes > MOST_BYTES_PER_UPLOAD && index > 0;
  });
  const entries = rows.slice(0, end === -1 ? undefined : end).map((row) => ({
    chainId: device.chainId,
    seq: row.seq,
    previousHash: row.previousHash,
    hash: row.hash,
    body: toBase64(row.body),
    signature: row.signature === null ? null : toBase64(row.signature),
  }));
  return { entries, ...(await readHead(central, device)) };
}

function findOversize(entries: readonly JournalEntry[]): string | undefined {
  const sizes = entries.map(({ body }) => Math.floor((body.length * 3) / 4));
  const largest = Math.max(0, ...sizes);
  if (largest > LARGEST_ENTRY_BYTES + 2) return `an entry holds ${largest} bytes`;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return entries.length > 1 && total > MOST_BYTES_PER_UPLOAD
    ? `the entries hold ${total} bytes`
    : undefined;
}

/**
 * The standing of the branch that was just uploaded: a copied till learns how far its own branch
 * is stored, so that all of it arrives.
 */
async function standingFor(
  central: Central,
  chainId: ChainId,
  received: readonly Received[],
): Promise<ChainStanding> {
  const chain = await readChain(central.database, chainId);
  const last = received.at(-1);
  const isAhead = last !== undefined && last.seq > chain.highWaterSeq;
  return {
    highWaterSeq: isAhead ? last.seq : chain.highWaterSeq,
    headHash: isAhead ? last.hash : (toHex(chain.headHash) as Sha256),
    totals: {
      orderCount: chain.orderCount,
      grossMinor: chain.gross,
      quarantinedOrderCount: await countQuarantinedOrders(central.database, chainId),
    },
  };
}

/** One verdict for each entry that was stored now or before, under the hash that the device sent. */
async function verdictsOn(
  central: Central,
  chainId: ChainId,
  entries: readonly JournalEntry[],
  received: readonly Received[],
): Promise<Verdict[]> {
  const verdicts = await readVerdicts(central.database, chainId, received);
  return received.map(({ hash, isRepeated }, index) => {
    const verdict = verdicts.get(hash);
    const entry = entries[index];
    invariant(verdict !== undefined && entry !== undefined, 'every stored entry has a verdict');
    return { ...verdict, hash: entry.hash, isRepeated };
  });
}
