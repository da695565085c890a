import type { View } from '#main/application/sale/selling-desk.ts';
import type { LostChain } from '#main/application/set-up/lost-chain.ts';
import { choicesOf, isChoiceDue } from '#main/application/set-up/raffle-event-choices.ts';
import type { Phase, Session } from '#shared/contract/terminal/snapshot.ts';
import type { Service } from './service-state.ts';

function describeEnrolment(lostChain: LostChain | null): Phase {
  const kind = 'needs-enrolment';
  return lostChain === null ? { kind } : { kind, lost: { throughSeq: lostChain.throughSeq } };
}

/** What the whole screen is about. */
export function describePhase(service: Service, session: Session, view: View): Phase {
  if (service.kind === 'out-of-service') return { ...service, faults: [...service.faults] };
  if (service.kind === 'starting') return service;
  if (view.rows.device() === undefined) return describeEnrolment(service.lostChain);
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
