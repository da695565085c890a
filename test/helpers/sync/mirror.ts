import type { Mirror } from '#shared/contract/mirror/mirror.ts';
import { idOf } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { CurrencyCode } from '#shared/kernel/money.ts';

/** The smallest mirror there is. */
export function smallMirror(mirrorVersion: string): Mirror {
  return {
    mirrorVersion,
    asOf: '2026-11-22T19:00:00.000Z' as Instant,
    isDemo: false,
    organisation: {
      organisationId: idOf('0195d0a0-0000-7000-8000-000000000003'),
      name: 'Harbour Hospice',
      licenceNumber: null,
      currency: 'CAD' as CurrencyCode,
    },
    venue: {
      venueId: idOf('0195d0a0-0000-7000-8000-000000000004'),
      name: 'Harbour Arena',
      timeZone: 'America/Vancouver',
    },
    rsu: { rsuId: idOf('0195d0a0-0000-7000-8000-000000000002'), name: 'Till 1' },
    raffleEvents: [],
    systemConfigurationVersion: '1',
    operators: [],
    allocations: [],
    validationBlocks: [],
    resolutions: [],
  };
}
