/** Where a page in a browser opens its WebSocket, on the origin that served it. */
export const TRANSPORT_PATH = '/transport';

/**
 * Why the terminal closed a screen's socket, as WebSocket close codes.
 *
 * - `stopped`: the till is shutting down
 * - `frameTooLarge`: the page sent more than `LARGEST_FRAME_BYTES` in one frame
 * - `replaced`: a fresh link was opened, so another window is the till's screen now
 * - `alreadyOpen`: another window of this session is the till's screen; nothing was taken from it
 */
export const SCREEN_SOCKET_CLOSE = {
  stopped: 1001,
  frameTooLarge: 1009,
  replaced: 4001,
  alreadyOpen: 4002,
} as const;

/** The most bytes that one frame from a screen may have. */
export const LARGEST_FRAME_BYTES = 65_536;
