import { hashFields, type Sha256 } from '#shared/kernel/hash.ts';
import { epochOf, type Instant } from '#shared/kernel/instant.ts';
import { canonicalJson, type JsonValue } from '#shared/kernel/json.ts';
import type { RaffleEventStanding } from './raffle-event-state.ts';

/** What of a raffle event may not change once it is active (GLI-31 2.2.3). Plain JSON throughout. */
export interface FreezableRaffleEvent {
  readonly state: RaffleEventStanding;
  readonly packages: readonly { readonly packageId: string }[];
  readonly prizes: readonly { readonly prizeId: string }[];
  readonly numberSpace: { readonly from: number; readonly to: number };
  readonly currency: string;
  readonly profile: { readonly mayExtendSales: boolean };
  readonly salesStart: Instant;
  readonly salesEnd: Instant;
}

/** The fields that are frozen outright. */
const FROZEN = [
  'packages',
  'prizes',
  'numberSpace',
  'currency',
  'profile',
  'salesStart',
] as const satisfies readonly (keyof FreezableRaffleEvent)[];

/** A field that a till watches; the end of sales has a rule of its own. */
export type FrozenField = (typeof FROZEN)[number] | 'salesEnd';

/**
 * A digest of the frozen fields. The order of packages and prizes in their lists does not matter.
 *
 * The end of sales is not covered: it may move.
 */
export function frozenFieldsHash(raffleEvent: FreezableRaffleEvent): Sha256 {
  return hashFields(
    'counterfoil.frozen-raffle-event.1',
    ...FROZEN.map((field) => canonicalField(raffleEvent, field)),
  );
}

/**
 * The fields in which `offered` breaks what `known` froze; empty if a till may take it.
 *
 * Nothing is frozen before the raffle event is active. The end of sales may always move earlier; it
 * may move later only if the profile says so, and only while it is not reached at `now`.
 */
export function changedFrozenFields(
  known: FreezableRaffleEvent,
  offered: FreezableRaffleEvent,
  now: Instant,
): FrozenField[] {
  if (known.state === 'created') return [];
  const changed: FrozenField[] = FROZEN.filter(
    (field) => canonicalField(known, field) !== canonicalField(offered, field),
  );
  if (!maySalesEndMove(known, offered.salesEnd, now)) changed.push('salesEnd');
  return changed;
}

function maySalesEndMove(known: FreezableRaffleEvent, salesEnd: Instant, now: Instant): boolean {
  if (epochOf(salesEnd) <= epochOf(known.salesEnd)) return true;
  return known.profile.mayExtendSales && epochOf(now) < epochOf(known.salesEnd);
}

function canonicalField(event: FreezableRaffleEvent, field: (typeof FROZEN)[number]): string {
  if (field === 'packages') return canonicalSet(event.packages, (item) => item.packageId);
  if (field === 'prizes') return canonicalSet(event.prizes, (item) => item.prizeId);
  return canonicalJson(event[field] as JsonValue);
}

function canonicalSet<Item extends object>(
  items: readonly Item[],
  idOf: (item: Item) => string,
): string {
  const sorted = items.toSorted((left, right) => (idOf(left) < idOf(right) ? -1 : 1));
  return canonicalJson(sorted as unknown as JsonValue);
}
