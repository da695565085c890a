/** How far a till may go on while the central cannot be reached (GLI-31 6.1.4). */
export interface OfflineLimits {
  readonly maximumOrders: number;
  readonly maximumValueMinor: number;
  readonly maximumHours: number;
}

/** What has been used up: orders the central has not acknowledged, their value, time out of contact. */
export interface OfflineStanding {
  readonly orders: number;
  readonly valueMinor: number;
  readonly msSinceContact: number;
}

/** One limit: how much of it is used. */
export interface LimitUse {
  readonly used: number;
  readonly maximum: number;
}

/** The limits that there are. */
export type OfflineLimit = 'orders' | 'valueMinor' | 'hours';

/** Every limit, and whether selling is near its end or at it. */
export type OfflineUse = Readonly<Record<OfflineLimit, LimitUse>> & {
  readonly isNearLimit: boolean;
  readonly isAtLimit: boolean;
};

const LIMITS: readonly OfflineLimit[] = ['orders', 'valueMinor', 'hours'];
const NEAR = 0.8;
const MS_PER_HOUR = 3_600_000;

/** How much of each limit is used. Near means 80 % of any of them, at the limit all of any. */
export function offlineUseOf(limits: OfflineLimits, standing: OfflineStanding): OfflineUse {
  const uses = {
    orders: { used: standing.orders, maximum: limits.maximumOrders },
    valueMinor: { used: standing.valueMinor, maximum: limits.maximumValueMinor },
    hours: { used: standing.msSinceContact / MS_PER_HOUR, maximum: limits.maximumHours },
  };
  return {
    ...uses,
    isNearLimit: LIMITS.some((limit) => uses[limit].used >= uses[limit].maximum * NEAR),
    isAtLimit: LIMITS.some((limit) => uses[limit].used >= uses[limit].maximum),
  };
}

/** The first limit that is used up; `undefined` while there is room in all. */
export function limitReached(use: OfflineUse): OfflineLimit | undefined {
  return LIMITS.find((limit) => use[limit].used >= use[limit].maximum);
}

/**
 * The first limit that a sale of `orders` orders worth `valueMinor` would go beyond; `undefined` if
 * the sale may be made. Reaching a limit exactly is allowed, once.
 */
export function limitPassedBy(
  use: OfflineUse,
  sale: { readonly orders: number; readonly valueMinor: number },
): OfflineLimit | undefined {
  const reached = limitReached(use);
  if (reached !== undefined) return reached;
  if (use.orders.used + sale.orders > use.orders.maximum) return 'orders';
  if (use.valueMinor.used + sale.valueMinor > use.valueMinor.maximum) return 'valueMinor';
  return undefined;
}
