import type { SyncNews } from '#main/ports/sync-link.ts';
import type { Software } from '#shared/contract/journal/terminal-entries.ts';
import type { NumberRequest } from './sync/number-requests.ts';

/** What the sync worker is started with. */
export interface SyncWorkerData {
  readonly databasePath: string;
  readonly vaultDirectory: string;
  readonly software: Software;
  /**
   * Where the central answers now; null for where the till was enrolled. Whatever the address, only
   * the central that enrolled this till can give the proof that every session starts with.
   */
  readonly centralUrl: string | null;
}

/** What the main thread tells the sync worker. */
export type SyncOrder =
  | { readonly kind: 'wake'; readonly flushedSeq: number }
  | { readonly kind: 'request-numbers'; readonly request: NumberRequest }
  | { readonly kind: 'close' };

/** What the sync worker tells the main thread. */
export type SyncReport =
  | { readonly kind: 'news'; readonly news: SyncNews }
  | {
      readonly kind: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly fields: Readonly<Record<string, unknown>>;
      readonly message: string;
    };
