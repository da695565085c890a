import type { ChainHead } from '#shared/domain/journal-chain.ts';

/** What the main thread asks of the writer of the second journal file. */
export type WriterRequest =
  /** Open the file, again if it is open, and say how it ends. */
  | { readonly kind: 'open'; readonly id: number; readonly path: string }
  /** Append whole lines to the open file. */
  | { readonly kind: 'append'; readonly id: number; readonly lines: string };

/** What the writer answers, once the disk has what was asked. */
export type WriterAnswer =
  | { readonly kind: 'opened'; readonly id: number; readonly last: ChainHead | undefined }
  | { readonly kind: 'flushed'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly cause: string };
