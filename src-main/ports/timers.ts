/** Runs things later. */
export interface Timers {
  /** Calls `run` every `milliseconds`, until the returned function is called. */
  every(milliseconds: number, run: () => void): () => void;
  /** Calls `run` once after `milliseconds`, unless the returned function is called before. */
  after(milliseconds: number, run: () => void): () => void;
}
