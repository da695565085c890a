import type { Commit, Ledger } from '#main/application/ledger.ts';
import { unwrapCredential, wrapCredential } from '#main/application/session/credentials.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { SecretBox } from '#main/ports/keys.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { Mirror, StoredMirror } from '#shared/contract/mirror/mirror.ts';
import type { RaffleEvent } from '#shared/contract/mirror/raffle-event.ts';
import { changedFrozenFields } from '#shared/domain/frozen-raffle-event.ts';
import { isStateReachable } from '#shared/domain/raffle-event-state.ts';
import { canonicalJson, type JsonValue } from '#shared/kernel/json.ts';
import { ok } from '#shared/kernel/result.ts';
import type { ChangeAlarm, RefusedChange } from './change-alarm.ts';

/** What taking over a mirror works with. */
export interface ReceiveMirrorDependencies {
  readonly rows: TerminalRows;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly secretBox: SecretBox;
  readonly alarm: ChangeAlarm;
  receiveNumbers(numbers: Pick<Mirror, 'allocations' | 'validationBlocks'>): Promise<void>;
  /** Called at the end: people, sales and numbers may stand differently now. */
  onReceived(): Promise<void>;
}

/**
 * Takes over a version of the mirror, journaled only if it says anything new.
 *
 * A raffle event that changes what was frozen when it became active is not taken over: the till keeps
 * the old facts, journals the attempt and raises the alarm, and takes everything else, so that a
 * person who was disabled does not sell on because of it (GLI-31 2.2.3). The chosen raffle event
 * stays known even if the mirror no longer names it.
 */
export function createReceiveMirror(
  dependencies: ReceiveMirrorDependencies,
): (mirror: Mirror) => Promise<void> {
  const { rows, ledger } = dependencies;
  return async (mirror) => {
    await ledger.commit(null, (commit) => {
      const stored = storedFormOf(dependencies, commit, mirror);
      if (!isSame(stored, rows.mirror())) commit.record('mirror.received', { mirror: stored });
      return ok(undefined);
    });
    await dependencies.receiveNumbers(mirror);
    await dependencies.onReceived();
  };
}

function storedFormOf(
  dependencies: ReceiveMirrorDependencies,
  commit: Commit,
  { allocations: _, validationBlocks: __, operators, ...facts }: Mirror,
): StoredMirror {
  return {
    ...facts,
    raffleEvents: acceptedRaffleEvents(dependencies, commit, facts.raffleEvents),
    operators: wrapOperators(dependencies, operators),
  };
}

function acceptedRaffleEvents(
  { alarm }: ReceiveMirrorDependencies,
  commit: Commit,
  offered: readonly RaffleEvent[],
): RaffleEvent[] {
  const chosen = commit.rows.device()?.chosenRaffleEventId;
  const missing = commit.rows
    .raffleEvents()
    .map(({ raffleEvent }) => raffleEvent)
    .filter(({ raffleEventId }) => raffleEventId === chosen)
    .filter(({ raffleEventId }) => !offered.some((other) => other.raffleEventId === raffleEventId));
  const accepted = offered.map((raffleEvent) => {
    const known = commit.rows.raffleEvent(raffleEvent.raffleEventId)?.raffleEvent;
    const change = known === undefined ? undefined : findRefusedChange(commit, known, raffleEvent);
    if (known === undefined || change === undefined) return raffleEvent;
    if (alarm.raise(change)) {
      const event = significantEvent('raffle-event.changed-after-start', { ...change });
      commit.record('significant-event.noted', event);
    }
    return known;
  });
  return [...accepted, ...missing];
}

function findRefusedChange(
  { at, rows }: Commit,
  known: RaffleEvent,
  offered: RaffleEvent,
): RefusedChange | undefined {
  const fields: string[] = [...changedFrozenFields(known, offered, at)];
  const hasEnded = rows.raffleEvent(known.raffleEventId)?.endedAt !== null;
  if (hasEnded && offered.salesEnd > known.salesEnd) fields.push('salesEnd');
  if (!isStateReachable(known.state, offered.state)) fields.push('state');
  const { raffleEventId } = known;
  return fields.length === 0 ? undefined : { raffleEventId, fields: [...new Set(fields)] };
}

/** A credential that did not change keeps its wrapped text, so that a PIN chosen here stays in force. */
function wrapOperators(
  { rows, secretBox }: ReceiveMirrorDependencies,
  operators: Mirror['operators'],
): StoredMirror['operators'] {
  const known = new Map(
    rows.mirror()?.operators.map((operator) => [operator.operatorId, operator.wrappedCredential]),
  );
  return operators.map(({ credential, ...operator }) => {
    const before = known.get(operator.operatorId);
    const isUnchanged =
      before !== undefined && isSame(unwrapCredential(secretBox, before), credential);
    const wrappedCredential = isUnchanged ? before : wrapCredential(secretBox, credential);
    return { ...operator, wrappedCredential };
  });
}

function isSame(left: object, right: object | undefined): boolean {
  if (right === undefined) return false;
  return canonicalJson(left as JsonValue) === canonicalJson(right as JsonValue);
}
