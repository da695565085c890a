import type { Phase, Snapshot } from '#shared/contract/terminal/snapshot.ts';

/** What is known of a till that is out of service without reading anything that may be damaged. */
export interface OutOfServiceFacts
  extends Pick<
    Snapshot,
    'revision' | 'software' | 'demo' | 'now' | 'terminal' | 'printer' | 'secondJournal' | 'disk'
  > {
  readonly phase: Extract<Phase, { kind: 'out-of-service' }>;
}

/** What the screen of a till shows that is out of service: why, and what it is (GLI-31 3.4.4). */
export function describeOutOfService(facts: OutOfServiceFacts): Snapshot {
  return {
    ...facts,
    clock: { isTrusted: false, doubt: null, notBefore: null, notAfter: null, offsetMs: null },
    session: { kind: 'signed-out' },
    selling: null,
    checkout: null,
    lastSale: null,
    openTickets: [],
    sync: null,
  };
}
