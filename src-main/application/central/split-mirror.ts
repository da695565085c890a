import { LARGEST_ENTRY_BYTES } from '#shared/contract/journal/entry-body.ts';
import type { MirrorChange } from '#shared/contract/journal/mirror-entries.ts';
import { utf8 } from '#shared/kernel/bytes.ts';

/** What an entry holds besides its changes: when, by whom, which version, which part. */
const ROOM_FOR_THE_REST = 4_096;

/**
 * Spreads changes over as many entries as their size demands, in order. At least one, which may be
 * empty: that the till has this version is a fact as well.
 */
export function splitMirror(
  changes: readonly MirrorChange[],
  mostBytes = LARGEST_ENTRY_BYTES - ROOM_FOR_THE_REST,
): readonly (readonly MirrorChange[])[] {
  let part: MirrorChange[] = [];
  const parts = [part];
  let bytesLeft = mostBytes;
  for (const change of changes) {
    const bytes = utf8(JSON.stringify(change)).length + ','.length;
    if (bytes > bytesLeft && part.length > 0) {
      part = [];
      parts.push(part);
      bytesLeft = mostBytes;
    }
    part.push(change);
    bytesLeft -= bytes;
  }
  return parts;
}
