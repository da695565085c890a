/**
 * How long the pay positions do nothing after their pane has changed.
 *
 * A second tap of an eager finger must not land on whatever has just appeared under it.
 */
export const PAY_DEAD_TIME_MS = 600;

/** Whether a tap on a pay position at `nowMs` counts as meant for the pane before the change. */
export function isPayDead(paneChangedAtMs: number, nowMs: number): boolean {
  return nowMs - paneChangedAtMs < PAY_DEAD_TIME_MS;
}
