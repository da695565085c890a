import type { CentralProblem } from '#main/ports/central-client.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { SyncParties } from './parties.ts';

/**
 * The first seq at which the central's entry and the till's own differ. Both must have an entry at
 * `differsAtSeq`, and those two must differ.
 *
 * Found by halving: once two chains differ they never agree again, since each hash covers the one
 * before.
 */
export async function findBranch(
  { central, journal }: Pick<SyncParties, 'central' | 'journal'>,
  differsAtSeq: number,
): Promise<Result<number, CentralProblem>> {
  let agreesAt = 0;
  let differsAt = differsAtSeq;
  while (differsAt - agreesAt > 1) {
    const middle = Math.floor((agreesAt + differsAt) / 2);
    const page = await central().downloadEntries(middle - 1);
    if (!page.ok) return page;
    const entry = page.value.answer.entries[0];
    if (entry?.seq !== middle) return refuse(MISSING_ENTRY);
    if (entry.hash === journal.hashAt(middle)) agreesAt = middle;
    else differsAt = middle;
  }
  return ok(differsAt);
}

const MISSING_ENTRY: CentralProblem = {
  kind: 'transport',
  detail: 'the central did not send an entry below its high water',
};
