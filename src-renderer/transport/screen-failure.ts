import type { Failure } from '#shared/contract/failures.ts';

/** The terminal went away before it answered: nobody knows yet what became of the request. */
export interface LinkLost {
  readonly code: 'link.lost';
  readonly detail: Readonly<Record<string, never>>;
}

/** Everything that can come back instead of an answer. */
export type ScreenFailure = Failure | LinkLost;

/** The one value of `LinkLost`. */
export const LINK_LOST: LinkLost = { code: 'link.lost', detail: {} };
