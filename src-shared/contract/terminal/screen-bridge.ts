import type { EventFrame, ReplyFrame } from './frames.ts';

/**
 * The one thing that Electron's preload puts into the page, as `window.counterfoil`.
 *
 * Without it (in a browser) the page speaks the same frames as JSON over a WebSocket at
 * `TRANSPORT_PATH`.
 */
export interface ScreenBridge {
  /** Sends one request frame and resolves with its reply. A refusal is a reply, not a rejection. */
  readonly request: (frame: unknown) => Promise<ReplyFrame>;
  /** Hands every later event to `listener`, until the returned function is called. */
  readonly onEvent: (listener: (event: EventFrame) => void) => () => void;
}

/** The property of `window` under which the bridge is found. */
export const SCREEN_BRIDGE = 'counterfoil';
