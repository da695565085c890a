import type { Phase } from '#shared/contract/terminal/snapshot.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** One thing that is wrong with critical memory or the program. */
export type Fault = Extract<Phase, { kind: 'out-of-service' }>['faults'][number];

/** Whether the till works at all. */
export type Service =
  | { readonly kind: 'starting'; readonly step: string }
  | { readonly kind: 'in-service' }
  | {
      readonly kind: 'out-of-service';
      readonly since: Instant;
      readonly faults: readonly Fault[];
    };

/** Keeps whether the till works. Out of service is for good: only a new start can end it. */
export interface ServiceState {
  current(): Service;
  isOutOfService(): boolean;
  begin(): void;
  /** True the first time; later faults are added. */
  fail(since: Instant, faults: readonly Fault[]): boolean;
}

/** A till that is starting. */
export function createServiceState(onChanged: () => void): ServiceState {
  let service: Service = { kind: 'starting', step: 'Checking memory' };
  return {
    current: () => service,
    isOutOfService: () => service.kind === 'out-of-service',
    begin() {
      if (service.kind === 'starting') service = { kind: 'in-service' };
      onChanged();
    },
    fail(since, faults) {
      const isFirst = service.kind !== 'out-of-service';
      service =
        service.kind === 'out-of-service'
          ? { ...service, faults: [...service.faults, ...faults] }
          : { kind: 'out-of-service', since, faults };
      onChanged();
      return isFirst;
    },
  };
}
