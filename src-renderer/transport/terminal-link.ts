import type { EventFrame } from '#shared/contract/terminal/frames.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { ScreenFailure } from './screen-failure.ts';

/**
 * Whether the screen can talk to the terminal.
 *
 * - `connecting`: not yet
 * - `connected`: requests are answered
 * - `lost`: the terminal is gone; the link keeps trying
 * - `replaced`: another window took over for good; only a fresh link brings this one back
 * - `open-elsewhere`: another window is the till's screen; the link keeps trying
 */
export type LinkState = 'connecting' | 'connected' | 'lost' | 'replaced' | 'open-elsewhere';

/** How frames get to the terminal and back. One per page. */
export interface TerminalLink {
  /** Refused with `link.lost` when the link breaks before the reply, or is not there at all. */
  readonly request: (operation: string, input: unknown) => Promise<Result<unknown, ScreenFailure>>;
  readonly onEvent: (listener: (event: EventFrame) => void) => () => void;
  readonly state: () => LinkState;
  readonly onStateChanged: (listener: (state: LinkState) => void) => () => void;
}
