import type { EventFrame, ReplyFrame } from '#shared/contract/terminal/frames.ts';

/**
 * The terminal as a host sees it: frames in, frames out. All that a host may ask of the core.
 *
 * Nothing here knows whether a frame came over a WebSocket or over Electron's IPC.
 */
export interface TerminalTransport {
  /**
   * Answers one frame. Never rejects: a frame that is malformed, names an unknown operation or
   * comes from the wrong role gets a typed refusal.
   */
  handle(frame: unknown): Promise<ReplyFrame>;
  /** Sends every later event to `listener`, until the returned function is called. */
  subscribe(listener: (event: EventFrame) => void): () => void;
}
