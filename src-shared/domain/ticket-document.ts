/**
 * A ticket without a printer: what stands on it, top to bottom.
 *
 * Renderers turn it into printer bytes, into a picture on the screen, or into plain text. They feed
 * and cut after the last element.
 */
export interface TicketDocument {
  readonly elements: readonly TicketElement[];
}

/** One thing on a ticket. */
export type TicketElement =
  | TicketText
  | TicketPair
  | TicketNumbers
  | { readonly kind: 'rule' }
  | { readonly kind: 'blank' }
  /** A Code 128 barcode of printable ASCII. */
  | { readonly kind: 'code128'; readonly value: string }
  | { readonly kind: 'qr'; readonly value: string };

/** Text that flows over as many lines as it needs. */
export interface TicketText {
  readonly kind: 'text';
  readonly text: string;
  readonly align: 'left' | 'centre' | 'right';
  readonly size: TicketSize;
  readonly isBold: boolean;
}

/** A label on the left and its value on the right. */
export interface TicketPair {
  readonly kind: 'pair';
  readonly label: string;
  readonly value: string;
}

/** Draw numbers, ready to read, set in columns. A value is never broken except at ` - `. */
export interface TicketNumbers {
  readonly kind: 'numbers';
  readonly values: readonly string[];
  readonly size: 'normal' | 'large';
}

/** `large` is twice and `huge` three times the normal size, where that fits the paper. */
export type TicketSize = 'normal' | 'large' | 'huge';
