import type { CentralProblem } from '#main/ports/central-client.ts';
import type { SyncParties } from './parties.ts';

/** Reports what the till holds whenever the central's epoch has changed. */
export interface HoldingsReporter {
  /** Notes the central's epoch. */
  note(epoch: number): void;
  /** The central still waits for a report. */
  ask(): void;
  reportIfChanged(): Promise<CentralProblem | undefined>;
}

/**
 * A mirror version starts with the epoch it is from, so the till knows across restarts which epoch it
 * has last reported to. Until the first mirror it reports once, which costs one small call.
 */
export function createHoldingsReporter({
  central,
  journal,
}: Pick<SyncParties, 'central' | 'journal'>): HoldingsReporter {
  let present: number | undefined;
  let reported = epochOf(journal.mirror()?.mirrorVersion);

  return {
    note(epoch) {
      present = epoch;
    },
    ask() {
      reported = undefined;
    },
    async reportIfChanged() {
      if (present === undefined || present === reported) return undefined;
      const epoch = present;
      const result = await central().reportHoldings(journal.holdings());
      if (!result.ok) return result.failure;
      reported = epoch;
      return undefined;
    },
  };
}

function epochOf(mirrorVersion: string | undefined): number | undefined {
  return mirrorVersion === undefined ? undefined : Number(mirrorVersion.split('.')[0]);
}
