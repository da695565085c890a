import type { LostChain } from '#main/application/set-up/lost-chain.ts';
import type { Phase } from '#shared/contract/terminal/snapshot.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** One thing that is wrong with critical memory or the program. */
export type Fault = Extract<Phase, { kind: 'out-of-service' }>['faults'][number];

/** Whether the till works at all. */
export type Service =
  | { readonly kind: 'starting'; readonly step: string }
  /** `lostChain` is why it has to be enrolled anew, if it has. */
  | { readonly kind: 'in-service'; readonly lostChain: LostChain | null }
  | {
      readonly kind: 'out-of-service';
      readonly since: Instant;
      readonly faults: readonly Fault[];
    };

/** Keeps whether the till works. Out of service is for good: only a new start can end it. */
export interface ServiceState {
  current(): Service;
  isOutOfService(): boolean;
  begin(lostChain: LostChain | null): void;
  /** The till is out of service, and this is among the reasons. */
  isKnown(fault: Fault): boolean;
  /** Later faults are added to the first. */
  fail(since: Instant, faults: readonly Fault[]): void;
}

/** A till that is starting. */
export function createServiceState(onChanged: () => void): ServiceState {
  let service: Service = { kind: 'starting', step: 'Checking memory' };
  return {
    current: () => service,
    isOutOfService: () => service.kind === 'out-of-service',
    begin(lostChain) {
      if (service.kind === 'starting') service = { kind: 'in-service', lostChain };
      onChanged();
    },
    isKnown({ check, detail }) {
      if (service.kind !== 'out-of-service') return false;
      return service.faults.some((known) => known.check === check && known.detail === detail);
    },
    fail(since, faults) {
      service =
        service.kind === 'out-of-service'
          ? { ...service, faults: [...service.faults, ...faults] }
          : { kind: 'out-of-service', since, faults };
      onChanged();
    },
  };
}
