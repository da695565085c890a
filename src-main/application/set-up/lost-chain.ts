import type { ChainId } from '#shared/kernel/ids.ts';

/**
 * A chain of this till of which neither copy is left. Its till is enrolled again, with a new key and
 * chain and fresh numbers; what it had not reported stays unaccounted and is never dealt again.
 */
export interface LostChain {
  readonly chainId: ChainId;
  /** How far it had come when this machine last noted it; 0 if that is not known. */
  readonly throughSeq: number;
}
