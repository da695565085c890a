import type { Stores } from '#renderer/stores/stores.ts';
import type { Answer } from '#renderer/transport/terminal-client.ts';
import type { LinkState } from '#renderer/transport/terminal-link.ts';
import type { OperationName } from '#shared/contract/terminal/operations.ts';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';

/** What the scripted terminal answers; an operation that is not listed never answers. */
export type SceneAnswers = { readonly [Name in OperationName]?: Answer<Name> };

/** One state of the screen. */
export interface Scene {
  readonly name: string;
  /** Null before the first snapshot. */
  readonly snapshot: Snapshot | null;
  readonly link?: LinkState;
  readonly answers?: SceneAnswers;
  /** Brings the screen from the snapshot to the state: taps, as calls of the stores. */
  readonly prepare?: (stores: Stores) => void;
  /** The names of buttons to press, one after the other, once the screen stands. */
  readonly press?: readonly string[];
}
