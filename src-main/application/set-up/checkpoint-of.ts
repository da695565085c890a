import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';

/** The chain summed up through its head. Nothing may be appended between this and its record. */
export function checkpointOf(
  rows: Pick<TerminalRows, 'head' | 'totals'>,
  raffleEventId: RaffleEventId | null,
): EntryPayload<'checkpoint.signed'> {
  const { seq, hash } = rows.head();
  return { raffleEventId, throughSeq: seq, headHash: hash, ...rows.totals() };
}
