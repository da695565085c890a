import type { Connection } from '#main/application/central/connection.ts';
import type { HeadsComparison } from '#main/application/central/heads-comparison.ts';
import type { View } from '#main/application/sale/selling-desk.ts';
import type { LostChain } from '#main/application/set-up/lost-chain.ts';
import { choicesOf, isChoiceDue } from '#main/application/set-up/raffle-event-choices.ts';
import type { Phase, Session } from '#shared/contract/terminal/snapshot.ts';
import type { Service } from './service-state.ts';

function describeEnrolment(lostChain: LostChain | null): Phase {
  const kind = 'needs-enrolment';
  return lostChain === null ? { kind } : { kind, lost: { throughSeq: lostChain.throughSeq } };
}

/** What the phase follows from. */
export interface PhaseSources {
  readonly service: Service;
  readonly session: Session;
  readonly view: View;
  readonly comparison: Pick<HeadsComparison, 'awaitedHead' | 'isNotFound'>;
  readonly connection: Pick<Connection, 'problem'>;
}

/** The till had come further than its journal: what asking the central for the rest has come to. */
function describeSetBack({ view, comparison, connection }: PhaseSources): Phase | undefined {
  const awaited = comparison.awaitedHead();
  if (awaited === undefined) return undefined;
  const unanswered = connection.problem() === null ? 'asking' : 'unreachable';
  return {
    kind: 'set-back',
    endsAtSeq: view.rows.head().seq,
    reachedSeq: awaited.seq,
    search: comparison.isNotFound() ? 'not-found' : unanswered,
  };
}

/** What the whole screen is about. */
export function describePhase(sources: PhaseSources): Phase {
  const { service, session, view } = sources;
  if (service.kind === 'out-of-service') return { ...service, faults: [...service.faults] };
  if (service.kind === 'starting') return service;
  if (view.rows.device() === undefined) return describeEnrolment(service.lostChain);
  const setBack = describeSetBack(sources);
  if (setBack !== undefined) return setBack;
  if (session.kind !== 'signed-out' || !isChoiceDue(view)) return { kind: 'ready' };
  const raffleEvents = choicesOf(view).map(({ raffleEvent }) => ({
    raffleEventId: raffleEvent.raffleEventId,
    name: raffleEvent.name,
    eventIdentifier: raffleEvent.eventIdentifier,
    state: raffleEvent.state,
    salesStart: raffleEvent.salesStart,
    salesEnd: raffleEvent.salesEnd,
  }));
  return { kind: 'choose-raffle-event', raffleEvents };
}
