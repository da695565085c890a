import type { TrustedTime } from '#main/application/clock/trusted-time.ts';
import type { Commit, Ledger } from '#main/application/ledger.ts';
import type { RaffleEventRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { ok } from '#shared/kernel/result.ts';
import { checkpointOf } from '../set-up/checkpoint-of.ts';
import type { SellingDesk } from './selling-desk.ts';

type Cause = EntryPayload<'sales.ended'>['cause'];

/**
 * Ends the sales of the chosen raffle event once they are over: at the second by trusted clock, or
 * when the central closes or cancels it. A latch that no clock and no person undoes (GLI-31 2.6.2).
 *
 * The chain is summed up and signed in the same transaction, so that the next start need not look
 * further back before selling. A clock in doubt ends nothing: nothing is sold by it either.
 */
export function createEndSales(dependencies: {
  readonly rows: TerminalRows;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly time: Pick<TrustedTime, 'now' | 'standing'>;
  readonly desk: Pick<SellingDesk, 'raffleEvent'>;
}): () => Promise<void> {
  const { rows, ledger, time, desk } = dependencies;
  const findCause = (row: RaffleEventRow | undefined) =>
    row === undefined ? undefined : causeOf(row, time.now(), time.standing().isTrusted);
  return async () => {
    if (findCause(desk.raffleEvent(rows)) === undefined) return;
    await ledger.commit(null, (commit) => {
      const row = desk.raffleEvent(commit.rows);
      const cause = findCause(row);
      if (row !== undefined && cause !== undefined) latch(commit, row, cause);
      return ok(undefined);
    });
  };
}

function causeOf(
  { raffleEvent, endedAt }: RaffleEventRow,
  now: Instant,
  isTrusted: boolean,
): Cause | undefined {
  if (endedAt !== null) return undefined;
  if (raffleEvent.state === 'cancelled') return 'cancelled-by-central';
  if (raffleEvent.state === 'closed') return 'closed-by-central';
  return isTrusted && raffleEvent.salesEnd <= now ? 'published-end' : undefined;
}

function latch({ record, rows }: Commit, { raffleEvent }: RaffleEventRow, cause: Cause): void {
  const { raffleEventId, salesEnd } = raffleEvent;
  record('sales.ended', { raffleEventId, cause, salesEnd });
  record('checkpoint.signed', checkpointOf(rows, raffleEventId));
}
