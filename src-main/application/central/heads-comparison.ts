import type { ChainHead } from '#shared/domain/journal-chain.ts';

/**
 * Whether the chain may be shorter here than at the central.
 *
 * After a rebuild, or when the second copy cannot vouch for the database, the central may hold
 * entries that this till lost. Until both heads were compared nothing is appended: an entry in the
 * place of a lost one would fork the chain.
 */
export interface HeadsComparison {
  isPending(): boolean;
  /** Resolves once no comparison is pending; at once if none is. */
  whenSettled(): Promise<void>;
  /**
   * The entry that this till is known to have made and has lost: equal heads are not enough, the
   * chain must come this far again. `undefined` if none is known.
   */
  awaitedHead(): ChainHead | undefined;
  /** The central was asked for the awaited entry and does not have it. */
  isNotFound(): boolean;
  /** The central has all that it ever got, and the awaited entry is not in it. */
  noteNotFound(): void;
  /** The central holds entries that this till has lost: they must be taken back first. */
  noteLost(): void;
  /** Lost entries were taken back up to here; more may follow. */
  noteAdopted(throughSeq: number): void;
  /**
   * Both sides agree on the chain up to the central's high water. Tells how far lost entries were
   * taken back; null if none were.
   */
  finish(): { readonly recoveredThroughSeq: number } | null;
}

/** What a comparison starts from. */
export interface ComparisonStart {
  /** It is due from the start; otherwise only if something turns out to be lost. */
  readonly isDue: boolean;
  /** The entry that the till had come to, where its journal ends before; null if it does not. */
  readonly awaitedHead: ChainHead | null;
  /** Keeps over starts whether a comparison is due: a till that is killed meanwhile must not forget. */
  keep(isDue: boolean): void;
}

/** A comparison that is due from the start, or only if something turns out to be lost. */
export function createHeadsComparison(start: ComparisonStart): HeadsComparison {
  let isPending = start.isDue;
  let awaitedHead = start.awaitedHead ?? undefined;
  let isNotFound = false;
  let adoptedThrough: number | undefined;
  let settling = Promise.withResolvers<void>();
  return {
    isPending: () => isPending,
    async whenSettled() {
      while (isPending) await settling.promise;
    },
    awaitedHead: () => awaitedHead,
    isNotFound: () => isNotFound,
    noteNotFound() {
      isNotFound = true;
    },
    noteLost() {
      isNotFound = false;
      if (isPending) return;
      start.keep(true);
      isPending = true;
    },
    noteAdopted(throughSeq) {
      adoptedThrough = throughSeq;
    },
    finish() {
      const recovered =
        adoptedThrough === undefined ? null : { recoveredThroughSeq: adoptedThrough };
      start.keep(false);
      isPending = false;
      awaitedHead = undefined;
      isNotFound = false;
      settling.resolve();
      settling = Promise.withResolvers();
      adoptedThrough = undefined;
      return recovered;
    },
  };
}
