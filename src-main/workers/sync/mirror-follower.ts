import type { CentralProblem } from '#main/ports/central-client.ts';
import type { Control } from '#shared/contract/central/control.ts';
import type { SyncParties } from './parties.ts';

/** Keeps the till's mirror as new as the central's. */
export interface MirrorFollower {
  /** Notes which version the central has. */
  note(control: Control): void;
  /** Fetches the mirror if the central has another version than the till. */
  fetchIfChanged(): Promise<CentralProblem | undefined>;
  /** When to look whether what was delivered has been written; infinitely late once it has. */
  dueAtMs(): number;
}

/** A version that was given to the till, which then needs a moment to write it. */
interface Delivery {
  readonly mirrorVersion: string;
  readonly atMs: number;
}

/**
 * Follows the mirror by its version.
 *
 * The till has a version once it stands in its database: the main thread writes each, even one that
 * it takes over in part. A version that was delivered and cannot be seen there after a while was not
 * written, and is fetched again.
 */
export function createMirrorFollower({
  central,
  journal,
  clock,
  pace,
  tell,
}: SyncParties): MirrorFollower {
  let wanted: string | undefined;
  let delivery: Delivery | undefined;

  function dueAtMs(): number {
    const isWritten = delivery?.mirrorVersion === journal.mirror()?.mirrorVersion;
    if (delivery === undefined || isWritten) return Number.POSITIVE_INFINITY;
    return delivery.atMs + pace.deliveryRetryMs;
  }

  function isBeingWritten(mirrorVersion: string): boolean {
    return delivery?.mirrorVersion === mirrorVersion && clock.monotonicMs() < dueAtMs();
  }

  return {
    dueAtMs,
    note(control) {
      wanted = control.mirrorVersion;
    },
    async fetchIfChanged() {
      const present = journal.mirror();
      if (wanted === undefined || wanted === present?.mirrorVersion) return undefined;
      if (isBeingWritten(wanted)) return undefined;
      const result = await central().mirror(present);
      if (!result.ok) return result.failure;
      const { mirror } = result.value.answer;
      if (mirror === null) return undefined;
      tell({ kind: 'mirror', mirror });
      delivery = { mirrorVersion: mirror.mirrorVersion, atMs: clock.monotonicMs() };
      return undefined;
    },
  };
}
