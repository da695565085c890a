import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { MirrorChange } from '#shared/contract/journal/mirror-entries.ts';
import type { MirrorFacts, StoredMirror } from '#shared/contract/mirror/mirror.ts';
import { canonicalJson, type JsonValue } from '#shared/kernel/json.ts';

/** The rows that a mirror is compared with. */
type KnownRows = Pick<
  TerminalRows,
  'mirror' | 'raffleEvents' | 'raffleEvent' | 'mirroredOperators' | 'resolution'
>;

/**
 * What a mirror says otherwise than the rows, in the order in which it can be applied.
 *
 * A till journals this instead of the mirror: a name that changed among thousands takes one line.
 */
export function compareMirror(rows: KnownRows, offered: StoredMirror): readonly MirrorChange[] {
  return [
    ...compareFacts(rows.mirror(), factsOf(offered)),
    ...compareRaffleEvents(rows, offered.raffleEvents),
    ...compareOperators(rows, offered.operators),
    ...offered.resolutions
      .filter((resolution) => !isSame(resolution, rows.resolution(resolution.orderId)))
      .map((resolution) => ({ kind: 'resolution', resolution }) as const),
  ];
}

function compareFacts(known: MirrorFacts | undefined, facts: MirrorFacts): MirrorChange[] {
  const isKnown = known !== undefined && isSame(facts, factsOf(known));
  return isKnown ? [] : [{ kind: 'facts', facts }];
}

function compareRaffleEvents(
  rows: KnownRows,
  offered: StoredMirror['raffleEvents'],
): MirrorChange[] {
  const changed = offered.filter(
    (raffleEvent) => !isSame(raffleEvent, rows.raffleEvent(raffleEvent.raffleEventId)?.raffleEvent),
  );
  const listedBefore = rows.raffleEvents().map(({ raffleEvent }) => raffleEvent.raffleEventId);
  const raffleEventIds = offered.map(({ raffleEventId }) => raffleEventId);
  return [
    ...changed.map((raffleEvent) => ({ kind: 'raffle-event', raffleEvent }) as const),
    ...(isSame(raffleEventIds, listedBefore)
      ? []
      : [{ kind: 'raffle-events-listed', raffleEventIds } as const]),
  ];
}

function compareOperators(rows: KnownRows, offered: StoredMirror['operators']): MirrorChange[] {
  const known = new Map(rows.mirroredOperators().map((person) => [person.operatorId, person]));
  const named = new Set(offered.map(({ operatorId }) => operatorId));
  const unnamed = [...known.keys()].filter((operatorId) => !named.has(operatorId));
  return [
    ...offered
      .filter((operator) => !isSame(operator, known.get(operator.operatorId)))
      .map((operator) => ({ kind: 'operator', operator }) as const),
    ...unnamed.map((operatorId) => ({ kind: 'operator-unlisted', operatorId }) as const),
  ];
}

function factsOf({
  isDemo,
  organisation,
  venue,
  rsu,
  systemConfigurationVersion,
}: MirrorFacts): MirrorFacts {
  return { isDemo, organisation, venue, rsu, systemConfigurationVersion };
}

function isSame(left: object, right: object | undefined): boolean {
  if (right === undefined) return false;
  return canonicalJson(left as JsonValue) === canonicalJson(right as JsonValue);
}
