import type { Commit, Ledger } from '#main/application/ledger.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { RaffleEventRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import type { Control } from '#shared/contract/central/control.ts';
import { failure } from '#shared/contract/failures.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import { changedFrozenFields } from '#shared/domain/frozen-raffle-event.ts';
import { isStateReachable } from '#shared/domain/raffle-event-state.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { ok } from '#shared/kernel/result.ts';
import type { CentralAlarm } from './central-alarm.ts';

type Told = EntryPayload<'control.received'>['raffleEvents'][number];

/**
 * Takes over what the central says of the device and of the raffle events that this till knows, at
 * once and journaled when it changes anything.
 *
 * An end of sales that the profile does not let move, and a state that cannot follow the last one,
 * are not taken over; the alarm is raised instead (GLI-31 2.2.3). A raffle event that has not begun
 * here begins with the mirror, which brings the prices that are frozen then.
 */
export function createApplyControl(dependencies: {
  readonly rows: TerminalRows;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly alarm: CentralAlarm;
  /** Called after a change: sales may be over now. */
  onApplied(): Promise<void>;
}): (control: Control) => Promise<void> {
  const { rows, ledger, alarm } = dependencies;
  return async ({ deviceState, raffleEvents }) => {
    const isDeviceNew = rows.device()?.deviceState !== deviceState;
    if (!isDeviceNew && !raffleEvents.some((told) => isNews(told, rows))) return;
    await ledger.commit(null, (commit) => {
      const accepted = raffleEvents.flatMap((told) => {
        const row = begunRaffleEvent(told, commit.rows);
        return row === undefined ? [] : [accept(commit, alarm, row, told)];
      });
      const changes = accepted.some((told) => isNews(told, commit.rows));
      if (isDeviceNew || changes) {
        commit.record('control.received', { deviceState, raffleEvents: accepted });
      }
      return ok(undefined);
    });
    await dependencies.onApplied();
  };
}

/** What control may change: before the start anything may, so the till may hold old prices. */
function begunRaffleEvent(
  { raffleEventId }: Told,
  rows: Pick<TerminalRows, 'raffleEvent'>,
): RaffleEventRow | undefined {
  const row = rows.raffleEvent(raffleEventId);
  return row?.raffleEvent.state === 'created' ? undefined : row;
}

function isNews(told: Told, rows: Pick<TerminalRows, 'raffleEvent'>): boolean {
  const known = begunRaffleEvent(told, rows)?.raffleEvent;
  if (known === undefined) return false;
  return known.state !== told.state || known.salesEnd !== told.salesEnd;
}

function accept(commit: Commit, alarm: CentralAlarm, row: RaffleEventRow, told: Told): Told {
  const { raffleEvent } = row;
  const isReachable = isStateReachable(raffleEvent.state, told.state);
  const mayMove = maySalesEndMove(row, told.salesEnd, commit.at);
  const refused = [...(isReachable ? [] : ['state']), ...(mayMove ? [] : ['salesEnd'])];
  const detail = { raffleEventId: told.raffleEventId, fields: refused };
  if (refused.length > 0 && alarm.raise(failure('raffle-event.changed-after-start', detail))) {
    commit.record(
      'significant-event.noted',
      significantEvent('raffle-event.changed-after-start', detail),
    );
  }
  return {
    raffleEventId: told.raffleEventId,
    state: isReachable ? told.state : raffleEvent.state,
    salesEnd: mayMove ? told.salesEnd : raffleEvent.salesEnd,
  };
}

function maySalesEndMove({ raffleEvent, endedAt }: RaffleEventRow, salesEnd: Instant, at: Instant) {
  if (salesEnd === raffleEvent.salesEnd) return true;
  if (endedAt !== null) return false;
  return !changedFrozenFields(raffleEvent, { ...raffleEvent, salesEnd }, at).includes('salesEnd');
}
