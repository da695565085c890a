import { invariant } from '#shared/kernel/invariant.ts';
import type { RawValues } from './raw-values.ts';

const RAW_RANGE = 2n ** 64n;

/**
 * A whole number from 0 up to, but not including, `count`, each as likely as any other: raw values are
 * taken until one can be scaled (GLI-31 4.3.1). Throws unless `count` is a whole number above 0.
 */
export function chooseIndex(rawValues: RawValues, count: number): number {
  let index: number | undefined;
  while (index === undefined) index = scaleRawValue(rawValues.next(), count);
  return index;
}

/**
 * Scales a raw value to an index below `count`; `undefined` for one that has to be discarded.
 *
 * The 2^64 raw values are cut into `count` intervals of equal length, the first for index 0. The rest
 * at the end is too short for one more interval: using it would favour some index.
 */
export function scaleRawValue(raw: bigint, count: number): number | undefined {
  invariant(Number.isSafeInteger(count) && count > 0, `nothing to choose from: ${count}`);
  const intervalLength = RAW_RANGE / BigInt(count);
  const index = Number(raw / intervalLength);
  return index < count ? index : undefined;
}
