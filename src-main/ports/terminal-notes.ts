import type { ChainStanding, Verdict } from '#shared/contract/central/journal.ts';
import type { CheckoutDraft } from '#shared/contract/terminal/snapshot.ts';
import type { CheckoutId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** How far the central has acknowledged the chain. */
export interface SyncNote {
  readonly acknowledgedSeq: number;
  /** Entries that the central has refused to project, as orders under review. */
  readonly underReviewCount: number;
  /** Count and money at the high water were the same on both sides. */
  readonly isAgreed: boolean;
  readonly lastContactAt: Instant | null;
  /** Central time less wall time at the last contact, in milliseconds. */
  readonly offsetMs: number | null;
}

/**
 * What the terminal keeps beside the journal: losing it costs a repeat or a question, never a sale.
 *
 * A rebuild starts these empty.
 */
export interface TerminalNotes {
  /** The cart that is being filled; `undefined` when there is none. */
  draft(): CheckoutDraft | undefined;
  saveDraft(draft: CheckoutDraft): void;
  discardDraft(checkoutId: CheckoutId): void;

  sync(): SyncNote;
  /** Keeps what the central said of the chain. Its high water may lie before the last one. */
  saveStanding(standing: ChainStanding, verdicts: readonly Verdict[], isAgreed: boolean): void;
  saveContact(at: Instant, offsetMs: number): void;

  /** The latest trusted time that was written down; `undefined` before the first. */
  watermark(): Instant | undefined;
  saveWatermark(at: Instant): void;
}
