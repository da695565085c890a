import type { CentralProblem } from '#main/ports/central-client.ts';
import type { Control } from '#shared/contract/central/control.ts';
import type { SyncParties } from './parties.ts';

/** Keeps the till's mirror as new as the central's. */
export interface MirrorFollower {
  /** Notes which version the central has. */
  note(control: Control): void;
  /** Fetches the mirror if the central has another version than was last delivered. */
  fetchIfChanged(): Promise<CentralProblem | undefined>;
}

/**
 * Follows the mirror by its version.
 *
 * A version counts as had once it was delivered: the main thread may refuse one that changes a
 * frozen raffle event, and must not be sent the same one again and again.
 */
export function createMirrorFollower({ central, journal, tell }: SyncParties): MirrorFollower {
  let wanted: string | undefined;
  let delivered: string | undefined;

  return {
    note(control) {
      wanted = control.mirrorVersion;
    },
    async fetchIfChanged() {
      const present = delivered ?? journal.mirrorVersion();
      if (wanted === undefined || wanted === present) return undefined;
      const result = await central().mirror(present);
      if (!result.ok) return result.failure;
      const { mirror, control } = result.value.answer;
      if (mirror !== null) tell({ kind: 'mirror', mirror });
      delivered = mirror?.mirrorVersion ?? control.mirrorVersion;
      return undefined;
    },
  };
}
