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

/** A comparison that is due from the start, or only if something turns out to be lost. */
export function createHeadsComparison(isDue: boolean): HeadsComparison {
  let isPending = isDue;
  let adoptedThrough: number | undefined;
  let settling = Promise.withResolvers<void>();
  return {
    isPending: () => isPending,
    async whenSettled() {
      while (isPending) await settling.promise;
    },
    noteLost() {
      isPending = true;
    },
    noteAdopted(throughSeq) {
      adoptedThrough = throughSeq;
    },
    finish() {
      const recovered =
        adoptedThrough === undefined ? null : { recoveredThroughSeq: adoptedThrough };
      isPending = false;
      settling.resolve();
      settling = Promise.withResolvers();
      adoptedThrough = undefined;
      return recovered;
    },
  };
}
