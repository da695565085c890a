import type { Commit, Ledger } from '#main/application/ledger.ts';
import { unwrapCredential, wrapCredential } from '#main/application/session/credentials.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { SecretBox } from '#main/ports/keys.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import { failure } from '#shared/contract/failures.ts';
import type { Mirror, StoredMirror } from '#shared/contract/mirror/mirror.ts';
import type { PinCredential, StoredOperator } from '#shared/contract/mirror/operator.ts';
import type { RaffleEvent } from '#shared/contract/mirror/raffle-event.ts';
import { changedFrozenFields } from '#shared/domain/frozen-raffle-event.ts';
import { isStateReachable } from '#shared/domain/raffle-event-state.ts';
import { canonicalJson } from '#shared/kernel/json.ts';
import { ok } from '#shared/kernel/result.ts';
import type { CentralAlarm } from './central-alarm.ts';
import { compareMirror } from './compare-mirror.ts';
import { splitMirror } from './split-mirror.ts';
import type { StorageFault } from './storage-fault.ts';

/** What taking over a mirror works with. */
export interface ReceiveMirrorDependencies {
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly secretBox: SecretBox;
  readonly alarm: CentralAlarm;
  readonly storageFault: Pick<StorageFault, 'note' | 'clear'>;
  receiveNumbers(numbers: Pick<Mirror, 'allocations' | 'validationBlocks'>): Promise<void>;
  /** Called at the end: people, sales and numbers may stand differently now. */
  onReceived(): Promise<void>;
}

/**
 * Takes over a version of the mirror: what it changes is journaled, in as many entries as that takes,
 * all or none.
 *
 * A raffle event that changes what was frozen when it became active is not taken over: the till keeps
 * the old facts, journals the attempt and raises the alarm, and takes everything else, so that a
 * person who was disabled does not sell on because of it (GLI-31 2.2.3). The chosen raffle event
 * stays known even if the mirror no longer names it. A mirror that cannot be written is told to the
 * screen and not acknowledged, so that it comes again.
 */
export function createReceiveMirror(
  dependencies: ReceiveMirrorDependencies,
): (mirror: Mirror) => Promise<void> {
  const { ledger, storageFault } = dependencies;
  return async (mirror) => {
    const taken = await ledger.commit(null, (commit) => {
      recordMirror(commit, storedFormOf(dependencies, commit, mirror));
      return ok(undefined);
    });
    if (!taken.ok) return storageFault.note(taken.failure);
    storageFault.clear();
    await dependencies.receiveNumbers(mirror);
    await dependencies.onReceived();
  };
}

function recordMirror({ rows, record }: Commit, offered: StoredMirror): void {
  const { mirrorVersion, asOf } = offered;
  const changes = compareMirror(rows, offered);
  if (changes.length === 0 && rows.mirror()?.mirrorVersion === mirrorVersion) return;
  const parts = splitMirror(changes);
  for (const [index, part] of parts.entries()) {
    record('mirror.received', {
      mirrorVersion,
      asOf,
      part: index + 1,
      parts: parts.length,
      changes: [...part],
    });
  }
}

function storedFormOf(
  dependencies: ReceiveMirrorDependencies,
  commit: Commit,
  { allocations: _, validationBlocks: __, commands: ___, operators, ...rest }: Mirror,
): StoredMirror {
  return {
    ...rest,
    raffleEvents: acceptedRaffleEvents(dependencies, commit, rest.raffleEvents),
    operators: wrapOperators(dependencies.secretBox, commit.rows, operators),
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
    const fields = known === undefined ? [] : refusedFields(commit, known, raffleEvent);
    if (known === undefined || fields.length === 0) return raffleEvent;
    const detail = { raffleEventId: known.raffleEventId, fields };
    if (alarm.raise(failure('raffle-event.changed-after-start', detail))) {
      const event = significantEvent('raffle-event.changed-after-start', detail);
      commit.record('significant-event.noted', event);
    }
    return known;
  });
  return [...accepted, ...missing];
}

function refusedFields(
  { at, rows }: Commit,
  known: RaffleEvent,
  offered: RaffleEvent,
): readonly string[] {
  const fields: string[] = [...changedFrozenFields(known, offered, at)];
  const hasEnded = rows.raffleEvent(known.raffleEventId)?.endedAt !== null;
  if (hasEnded && offered.salesEnd > known.salesEnd) fields.push('salesEnd');
  if (!isStateReachable(known.state, offered.state)) fields.push('state');
  return [...new Set(fields)];
}

/** A credential that did not change keeps its wrapped text, so that a PIN chosen here stays in force. */
function wrapOperators(
  secretBox: SecretBox,
  rows: Pick<TerminalRows, 'mirroredOperators'>,
  operators: Mirror['operators'],
): readonly StoredOperator[] {
  const known = new Map(
    rows.mirroredOperators().map((person) => [person.operatorId, person.wrappedCredential]),
  );
  return operators.map(({ credential, ...operator }) => {
    const before = known.get(operator.operatorId);
    const isUnchanged =
      before !== undefined && isSame(unwrapCredential(secretBox, before), credential);
    const wrappedCredential = isUnchanged ? before : wrapCredential(secretBox, credential);
    return { ...operator, wrappedCredential };
  });
}

function isSame(left: PinCredential, right: PinCredential): boolean {
  return canonicalJson(left) === canonicalJson(right);
}
