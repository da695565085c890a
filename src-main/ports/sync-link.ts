import type { Control } from '#shared/contract/central/control.ts';
import type { ChainStanding, Verdict } from '#shared/contract/central/journal.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import type { Mirror } from '#shared/contract/mirror/mirror.ts';
import type { Allocation, ValidationBlock } from '#shared/contract/mirror/numbers.ts';
import type { Jackpot } from '#shared/contract/mirror/raffle-event.ts';
import type { RaffleEventId, RequestId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { CentralProblem } from './central-client.ts';

/** News from the sync worker. The main thread alone writes what follows from it. */
export type SyncNews =
  /** A call succeeded. `serverTime` was sent in its answer; half the round trip is already added. */
  | {
      readonly kind: 'contact';
      readonly serverTime: Instant;
      readonly monotonicMs: number;
      readonly control: Control;
    }
  /** A call failed. */
  | { readonly kind: 'problem'; readonly problem: CentralProblem }
  /** The central's copy of the chain has come this far. */
  | {
      readonly kind: 'standing';
      readonly standing: ChainStanding;
      readonly verdicts: readonly Verdict[];
    }
  /** The central holds entries of this chain that this till has lost; in order, after its head. */
  | { readonly kind: 'lost-entries'; readonly entries: readonly JournalEntry[] }
  /** The central holds another entry where this chain has one: this is a copy of a till. */
  | { readonly kind: 'forked'; readonly seq: number }
  | { readonly kind: 'mirror'; readonly mirror: Mirror }
  | {
      readonly kind: 'numbers';
      readonly requestId: RequestId;
      readonly allocations: readonly Allocation[];
      readonly validationBlocks: readonly ValidationBlock[];
    }
  | { readonly kind: 'jackpot'; readonly jackpot: Jackpot | null }
  /** Entries wait, the central answers, and nothing has moved for a minute. */
  | { readonly kind: 'stalled'; readonly sinceMs: number };

/** The sync worker as the main thread sees it. */
export interface SyncLink {
  /** There are new entries, already flushed to the second file up to `flushedSeq`. */
  wake(flushedSeq: number): void;
  /** Ask for more numbers of this raffle event. Asking again for the same event changes nothing. */
  requestNumbers(raffleEventId: RaffleEventId): void;
  onNews(listener: (news: SyncNews) => void): () => void;
  close(): Promise<void>;
}
