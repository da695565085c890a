import type { DeviceKey } from '#main/ports/keys.ts';
import type { AllocationRequest } from '#shared/contract/central/allocations.ts';
import type { Heartbeat } from '#shared/contract/central/heartbeats.ts';
import type { ChainStanding, JournalUpload, Verdict } from '#shared/contract/central/journal.ts';
import type { DeviceState } from '#shared/contract/journal/download-entries.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { genesisHash } from '#shared/domain/journal-chain.ts';
import type { RequestId } from '#shared/kernel/ids.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { CHAIN_ID } from './journal-in-memory.ts';

/** What the scripted central remembers: one chain, kept by the rules of the protocol. */
export interface CentralMemory {
  /** The branch that leads to the head, in order. */
  readonly stored: readonly JournalEntry[];
  /** Entries of a second branch, in the order in which they came. */
  readonly secondBranch: readonly JournalEntry[];
  readonly heartbeats: readonly Heartbeat[];
  readonly grants: ReadonlyMap<RequestId, number>;
  readonly holdingsReports: number;
  setDeviceState(state: DeviceState): void;
  deviceState(): DeviceState;
  setMirrorVersion(version: string): void;
  /** Goes back to what was known at `seq`, in a new epoch. */
  restore(seq: number): void;
  standing(): ChainStanding;
  take(upload: JournalUpload): readonly Verdict[];
  entriesAfter(seq: number): readonly JournalEntry[];
  grant(request: AllocationRequest): void;
  hearBeat(heartbeat: Heartbeat): void;
  hearHoldings(): void;
  answerFields(): Readonly<Record<string, unknown>>;
}

/** A central that knows one device. */
export function createCentralMemory(deviceKey: Pick<DeviceKey, 'publicKey'>): CentralMemory {
  const genesis = genesisHash(CHAIN_ID, deviceKey.publicKey);
  const heartbeats: Heartbeat[] = [];
  const grants = new Map<RequestId, number>();
  let stored: JournalEntry[] = [];
  let secondBranch: JournalEntry[] = [];
  let holdingsReports = 0;
  let deviceState: DeviceState = 'enabled';
  let mirrorVersion = '1.1';
  let epoch = 1;

  function judge(entry: JournalEntry): Verdict | undefined {
    const { seq, hash } = entry;
    const accepted = { verdict: 'accepted', seq, hash } as const;
    const forked = {
      verdict: 'quarantined',
      seq,
      hash,
      reason: 'chain-forked',
      detail: '',
    } as const;
    if (stored[seq - 1]?.hash === hash) return { ...accepted, isRepeated: true };
    if (secondBranch.some((known) => known.hash === hash)) return { ...forked, isRepeated: true };
    if (seq === stored.length + 1 && entry.previousHash === (stored.at(-1)?.hash ?? genesis)) {
      stored = [...stored, entry];
      return { ...accepted, isRepeated: false };
    }
    const isKnown = [...stored, ...secondBranch].some(
      (known) => known.seq === seq - 1 && known.hash === entry.previousHash,
    );
    if (!isKnown && !(seq === 1 && entry.previousHash === genesis)) return undefined;
    secondBranch = [...secondBranch, entry];
    return { ...forked, isRepeated: false };
  }

  return {
    get stored() {
      return stored;
    },
    get secondBranch() {
      return secondBranch;
    },
    get holdingsReports() {
      return holdingsReports;
    },
    heartbeats,
    grants,
    deviceState: () => deviceState,
    setDeviceState(state) {
      deviceState = state;
    },
    setMirrorVersion(version) {
      mirrorVersion = version;
    },
    restore(seq) {
      stored = stored.slice(0, seq);
      epoch += 1;
      mirrorVersion = `${epoch}.1`;
    },
    standing: () => ({
      highWaterSeq: stored.length,
      headHash: stored.at(-1)?.hash ?? genesis,
      totals: { orderCount: stored.length, grossMinor: 0, quarantinedOrderCount: 0 },
    }),
    take({ entries }) {
      const verdicts: Verdict[] = [];
      for (const entry of entries) {
        const verdict = judge(entry);
        if (verdict === undefined) break;
        verdicts.push(verdict);
      }
      return verdicts;
    },
    entriesAfter: (seq) => stored.slice(seq, seq + 500),
    grant({ requestId }) {
      grants.set(requestId, (grants.get(requestId) ?? 0) + 1);
    },
    hearBeat(heartbeat) {
      invariant(heartbeat.headSeq >= 0, 'a head is never negative');
      heartbeats.push(heartbeat);
    },
    hearHoldings() {
      holdingsReports += 1;
    },
    answerFields: () => ({
      control: { deviceState, raffleEvents: [], mirrorVersion },
      serverTime: instantFromEpoch(Date.now()),
      epoch,
    }),
  };
}
