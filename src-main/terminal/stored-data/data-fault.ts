import type { MemoryCheck } from '#main/adapters/sqlite/memory-check/check-memory.ts';

/** Why a till cannot be used, as it is shown. */
export interface DataFault {
  readonly check: string;
  readonly detail: string;
}

/** At least one of them. */
export type DataFaults = [DataFault, ...DataFault[]];

/** The most characters of a detail on the screen. */
const LONGEST_DETAIL = 400;

/** A single fault, its detail cut to what the screen takes. */
export function dataFault(check: string, detail: string): DataFaults {
  return [{ check, detail: detail.slice(0, LONGEST_DETAIL) }];
}

/** The parts of a memory check that failed. */
export function faultsOf({ checks }: MemoryCheck): DataFault[] {
  return checks
    .filter(({ isPassed }) => !isPassed)
    .map(({ name, detail }) => ({ check: name, detail }));
}
