import type { UnitOfWork } from '#main/ports/unit-of-work.ts';
import type { ClockMemory } from '#shared/domain/trusted-clock.ts';

/**
 * What is kept of the time from the last run. No time was reached that is earlier than the last
 * entry's, which a rebuild keeps although it loses the notes.
 */
export function clockMemoryOf({ rows, notes }: Pick<UnitOfWork, 'rows' | 'notes'>): ClockMemory {
  const noted = notes.watermark();
  const journaled = rows.lastEntryAt();
  const isJournaledLater = journaled !== undefined && (noted === undefined || noted < journaled);
  return {
    watermark: (isJournaledLater ? journaled : noted) ?? null,
    offsetMs: notes.sync().offsetMs,
  };
}
