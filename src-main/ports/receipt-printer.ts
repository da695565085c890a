import type { PrintOutcome } from '#shared/contract/journal/print-entries.ts';
import type { PrinterStanding } from '#shared/contract/terminal/snapshot.ts';
import type { TicketDocument } from '#shared/domain/ticket-document.ts';
import type { PrintJobId } from '#shared/kernel/ids.ts';

/** One ticket to print. */
export interface PrintRequest {
  readonly printJobId: PrintJobId;
  readonly attempt: number;
  readonly document: TicketDocument;
}

/** How sending a ticket ended. */
export interface PrintResult {
  readonly outcome: PrintOutcome;
  /** For the log and the journal, in words. */
  readonly detail: string;
}

/** A printer that says only what it knows. One job at a time. */
export interface ReceiptPrinter {
  standing(): PrinterStanding;
  /** Calls `listener` on every change of `standing`, until the returned function is called. */
  onChange(listener: () => void): () => void;
  /**
   * Sends one ticket and waits until the printer says that it is on paper, or until nobody can know.
   *
   * The job must be journaled as started before this is called.
   */
  print(request: PrintRequest): Promise<PrintResult>;
  /**
   * Whether the printer itself knows a job as printed: asked after a crash.
   *
   * `unknown` where the printer has no memory.
   */
  recall(printJobId: PrintJobId): Promise<'printed' | 'unknown'>;
  close(): Promise<void>;
}
