/** How a browser process ended. */
export interface BrowserExit {
  /** Null if a signal ended it, or if it could not be started at all. */
  readonly code: number | null;
  readonly ranForMs: number;
  readonly isKiosk: boolean;
}

/**
 * What the end of a browser process means.
 *
 * - `closed`: a person closed the window, and with it the till
 * - `handed-over`: a browser that already ran with this profile has opened the window
 * - `died`: the screen is gone and has to come back
 */
export type BrowserFate = 'closed' | 'handed-over' | 'died';

/** A browser that only passes its link on to another one is gone within this time. */
const HAND_OVER_MS = 5_000;

/** Judges the end of a browser. In kiosk mode nobody may close the window, so every end is a death. */
export function afterBrowserExit({ code, ranForMs, isKiosk }: BrowserExit): BrowserFate {
  if (code !== 0) return 'died';
  if (ranForMs < HAND_OVER_MS) return 'handed-over';
  return isKiosk ? 'died' : 'closed';
}
