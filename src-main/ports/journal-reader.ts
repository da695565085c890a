import type { HoldingsReport } from '#shared/contract/central/allocations.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import type { OperatorId, RaffleEventId } from '#shared/kernel/ids.ts';
import type { ChainTotals, DeviceRow, MirrorRow } from './terminal-rows.ts';

/** The sync worker's own view of the database: it can read, and nothing else. */
export interface JournalReader {
  device(): DeviceRow | undefined;
  /** Head of the chain. */
  head(): ChainHead;
  /** The hash of one entry; of the genesis for 0; `undefined` beyond the head. */
  hashAt(seq: number): string | undefined;
  /** Entries from `after + 1` to `through`, at least one if there is one, within both limits. */
  entries(range: {
    readonly after: number;
    readonly through: number;
    readonly mostEntries: number;
    readonly mostBytes: number;
  }): readonly JournalEntry[];
  /** What the money entries up to `seq` add up to. */
  totalsAt(seq: number): ChainTotals;
  /** The last seq that the central acknowledged, as the main thread wrote it down. */
  acknowledgedSeq(): number;
  /** The newest mirror that the main thread wrote; `undefined` before the first. */
  mirror(): Pick<MirrorRow, 'mirrorVersion' | 'asOf'> | undefined;
  holdings(): HoldingsReport;
  /** How many numbers of each sort are still unused for one raffle event. */
  numbersLeft(raffleEventId: RaffleEventId): {
    readonly drawNumbers: number;
    readonly validationNumbers: number;
  };
  /** Who signed in last and has not signed out. */
  signedInOperator(): OperatorId | null;
  close(): void;
}
