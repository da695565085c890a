import type { Ledger } from '#main/application/ledger.ts';
import type { UnitOfWork } from '#main/ports/unit-of-work.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { millisecondsBetween } from '#shared/kernel/instant.ts';
import type { TrustedTime } from './trusted-time.ts';

/** How old the watermark on the disk may become, in milliseconds. */
const WATERMARK_INTERVAL_MS = 10_000;

/** Looks after the clock while the till runs. */
export interface ClockWatch {
  /** Journals a new doubt once, and keeps the watermark and the offset of the wall clock. To be called a few times a second. */
  tick(): Promise<void>;
  /** Keeps the watermark now. */
  keep(): void;
}

/** Makes the watch over one run's clock. */
export function createClockWatch(dependencies: {
  readonly time: Pick<TrustedTime, 'standing' | 'watermark' | 'offsetMs'>;
  readonly ledger: Pick<Ledger, 'recordByItself'>;
  readonly unitOfWork: Pick<UnitOfWork, 'note'>;
  mayAppend(): boolean;
}): ClockWatch {
  const { time, ledger, unitOfWork } = dependencies;
  let kept: Instant | undefined;
  let keptOffsetMs = time.offsetMs();
  let hasNotedDoubt = false;

  async function noteDoubt(): Promise<void> {
    const standing = time.standing();
    const isNew = !standing.isTrusted && !hasNotedDoubt;
    hasNotedDoubt = !standing.isTrusted;
    if (standing.isTrusted || !isNew) return;
    const { doubt, wall, expected } = standing;
    await ledger.recordByItself('clock.doubted', { doubt, wall, expected });
  }

  function keep(): void {
    const watermark = time.watermark();
    const offsetMs = time.offsetMs();
    if (watermark === kept && offsetMs === keptOffsetMs) return;
    unitOfWork.note((notes) => {
      notes.saveWatermark(watermark);
      if (offsetMs !== null) notes.saveOffset(offsetMs);
    });
    kept = watermark;
    keptOffsetMs = offsetMs;
  }

  return {
    async tick() {
      const watermark = time.watermark();
      const isDue =
        kept === undefined ||
        time.offsetMs() !== keptOffsetMs ||
        Math.abs(millisecondsBetween(kept, watermark)) >= WATERMARK_INTERVAL_MS;
      if (isDue) keep();
      if (dependencies.mayAppend()) await noteDoubt();
    },
    keep,
  };
}
