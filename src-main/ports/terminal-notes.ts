import type { ChainStanding, Verdict } from '#shared/contract/central/journal.ts';
import type { CheckoutDraft } from '#shared/contract/terminal/snapshot.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId, CheckoutId, OperatorId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** How far the central has acknowledged the chain. */
export interface SyncNote {
  readonly acknowledgedSeq: number;
  /** Entries that the central has refused to project, as orders under review. */
  readonly underReviewCount: number;
  /** Count and money at the high water were the same on both sides. */
  readonly isAgreed: boolean;
  readonly lastContactAt: Instant | null;
  /** Trusted time less wall time when last known, in milliseconds. */
  readonly offsetMs: number | null;
}

/** An enrolment that was asked for and may have been granted without this till having heard of it. */
export interface PendingEnrolment {
  readonly codeHash: Sha256;
  readonly chainId: ChainId;
}

/** The cart as it is kept: it belongs to the seller who fills it. */
export interface KeptDraft extends CheckoutDraft {
  readonly operatorId: OperatorId | null;
}

/** The notes, to be read at any time. */
export interface TerminalNotesView {
  /** The cart that is being filled; `undefined` when there is none. */
  draft(): KeptDraft | undefined;
  sync(): SyncNote;
  /** The latest trusted time that was written down; `undefined` before the first. */
  watermark(): Instant | undefined;
  /** The last enrolment that was asked for; `undefined` before the first. */
  pendingEnrolment(): PendingEnrolment | undefined;
}

/**
 * What the terminal keeps beside the journal: losing it costs a repeat or a question, never a sale.
 *
 * A rebuild starts these empty.
 */
export interface TerminalNotes extends TerminalNotesView {
  saveDraft(draft: KeptDraft): void;
  discardDraft(checkoutId: CheckoutId): void;

  /** Keeps what the central said of the chain. Its high water may lie before the last one. */
  saveStanding(standing: ChainStanding, verdicts: readonly Verdict[], isAgreed: boolean): void;
  saveContact(at: Instant, offsetMs: number): void;
  /** Keeps how the wall clock is off, also when somebody set it between two contacts. */
  saveOffset(offsetMs: number): void;

  saveWatermark(at: Instant): void;
  savePendingEnrolment(pending: PendingEnrolment): void;
}
