import type { JournalReader } from '#main/ports/journal-reader.ts';
import type { DeviceKey } from '#main/ports/keys.ts';
import type { DeviceRow } from '#main/ports/terminal-rows.ts';
import type { HoldingsReport } from '#shared/contract/central/allocations.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import type { Mirror } from '#shared/contract/mirror/mirror.ts';
import { type ChainHead, entryHash, genesisHash } from '#shared/domain/journal-chain.ts';
import { toBase64, utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes } from '#shared/kernel/hash.ts';
import { type ChainId, idOf } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';

export const CHAIN_ID = idOf<ChainId>('0195d0a0-0000-7000-8000-000000000001');

/** A till's journal in memory: the chain is real, the bodies are a few words. */
export interface JournalInMemory extends JournalReader {
  /** Appends one entry and returns the new head's seq. */
  append(words: string): number;
  /** Takes back entries that continue the chain, as the main thread does. */
  adopt(entries: readonly JournalEntry[]): void;
  /** Removes the entries after `seq`, as a rolled-back database would. */
  rollBackTo(seq: number): void;
  acknowledge(seq: number): void;
  haveMirror(mirror: Pick<Mirror, 'mirrorVersion' | 'asOf'>): void;
  readonly written: readonly JournalEntry[];
}

/** The journal of a till enrolled with the central at `centralUrl`. */
export function createJournalInMemory(
  key: DeviceKey,
  central: { readonly url: string; readonly publicKey: Uint8Array },
): JournalInMemory {
  const device = deviceRow(key, central);
  let entries: JournalEntry[] = [];
  let acknowledged = 0;
  let newestMirror: Pick<Mirror, 'mirrorVersion' | 'asOf'> | undefined;

  const headAt = (seq: number): ChainHead | undefined => {
    if (seq === 0) return { seq, hash: genesisHash(CHAIN_ID, key.publicKey) };
    const entry = entries[seq - 1];
    return entry === undefined ? undefined : { seq, hash: entry.hash };
  };
  const head = (): ChainHead => {
    const found = headAt(entries.length);
    invariant(found !== undefined, 'a chain always has a head');
    return found;
  };

  return {
    get written() {
      return entries;
    },
    append(words) {
      entries = [...entries, nextEntry(head(), words)];
      return entries.length;
    },
    adopt(lost) {
      entries = [...entries, ...lost.filter((entry) => entry.seq > entries.length)];
    },
    rollBackTo(seq) {
      entries = entries.slice(0, seq);
      acknowledged = Math.min(acknowledged, seq);
    },
    acknowledge(seq) {
      acknowledged = seq;
    },
    haveMirror(mirror) {
      newestMirror = mirror;
    },
    device: () => device,
    head,
    hashAt: (seq) => headAt(seq)?.hash,
    entries: ({ after, through, mostEntries, mostBytes }) =>
      withinBytes(entries.slice(after, Math.min(through, after + mostEntries)), mostBytes),
    totalsAt: (seq) => ({ orderCount: seq, grossMinor: seq * 500 }),
    acknowledgedSeq: () => acknowledged,
    mirror: () => newestMirror,
    holdings: (): HoldingsReport => ({ allocations: [], validationBlocks: [] }),
    numbersLeft: () => ({ drawNumbers: 12, validationNumbers: 34 }),
    signedInOperator: () => null,
    close: () => undefined,
  };
}

function nextEntry(head: ChainHead, words: string): JournalEntry {
  const body = utf8(JSON.stringify({ words }));
  const link = { chainId: CHAIN_ID, seq: head.seq + 1, previousHash: head.hash, body };
  return { ...link, hash: entryHash(link), body: toBase64(body), signature: null };
}

function withinBytes(entries: readonly JournalEntry[], mostBytes: number): JournalEntry[] {
  let bytes = 0;
  const end = entries.findIndex((entry, index) => {
    bytes += (entry.body.length * 3) / 4;
    return index > 0 && bytes > mostBytes;
  });
  return end === -1 ? [...entries] : entries.slice(0, end);
}

function deviceRow(
  key: DeviceKey,
  central: { readonly url: string; readonly publicKey: Uint8Array },
): DeviceRow {
  return {
    chainId: CHAIN_ID,
    rsuId: idOf('0195d0a0-0000-7000-8000-000000000002'),
    rsuName: 'Till 1',
    organisationId: idOf('0195d0a0-0000-7000-8000-000000000003'),
    devicePublicKey: key.publicKey,
    machineFingerprint: hashBytes(utf8('machine')),
    centralUrl: central.url,
    centralPublicKey: central.publicKey,
    deviceState: 'enabled',
    chosenRaffleEventId: null,
    configurationHash: null,
    hasStoppedCleanly: true,
  };
}
