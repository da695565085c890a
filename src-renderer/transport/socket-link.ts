import type { EventFrame, RequestFrame } from '#shared/contract/terminal/frames.ts';
import { SCREEN_SOCKET_CLOSE } from '#shared/contract/terminal/screen-socket.ts';
import { type Result, refuse } from '#shared/kernel/result.ts';
import { createListeners } from './listeners.ts';
import { readFrame } from './read-frame.ts';
import { LINK_LOST, type ScreenFailure } from './screen-failure.ts';
import type { LinkState, TerminalLink } from './terminal-link.ts';

/** Milliseconds before each further try; the last one repeats. */
const RETRY_DELAYS_MS = [250, 500, 1000, 2000] as const;

type Resolve = (outcome: Result<unknown, ScreenFailure>) => void;

/**
 * The link of a page in a browser: frames as JSON over a WebSocket that is opened again when it is
 * lost, until another window has taken over.
 *
 * `openSocket` makes a new socket to the terminal each time it is called.
 */
export function createSocketLink(openSocket: () => WebSocket): TerminalLink {
  const events = createListeners<EventFrame>();
  const states = createListeners<LinkState>();
  const waiting = new Map<number, Resolve>();
  let state: LinkState = 'connecting';
  let socket: WebSocket | undefined;
  let nextId = 0;
  let failedTries = 0;

  function moveTo(next: LinkState): void {
    if (state === next) return;
    state = next;
    states.tell(next);
  }

  function connect(): void {
    const current = openSocket();
    socket = current;
    current.onopen = () => {
      failedTries = 0;
      moveTo('connected');
    };
    current.onmessage = ({ data }) => receive(data);
    current.onclose = ({ code }) => lose(code);
  }

  function receive(data: unknown): void {
    const frame = readFrame(data);
    if (frame?.kind === 'event') events.tell(frame);
    if (frame?.kind !== 'reply' || frame.id === null) return;
    waiting.get(frame.id)?.(frame.outcome);
    waiting.delete(frame.id);
  }

  function lose(code: number): void {
    moveTo(stateAfterClose(code));
    for (const resolve of waiting.values()) resolve(refuse(LINK_LOST));
    waiting.clear();
    if (state === 'replaced') return;
    setTimeout(connect, RETRY_DELAYS_MS[Math.min(failedTries, RETRY_DELAYS_MS.length - 1)]);
    failedTries += 1;
  }

  connect();
  return {
    request(operation, input) {
      if (state !== 'connected') return Promise.resolve(refuse(LINK_LOST));
      const frame: RequestFrame = { kind: 'request', id: nextId, operation, input };
      nextId += 1;
      return new Promise((resolve) => {
        waiting.set(frame.id, resolve);
        socket?.send(JSON.stringify(frame));
      });
    },
    onEvent: events.add,
    state: () => state,
    onStateChanged: states.add,
  };
}

function stateAfterClose(code: number): LinkState {
  if (code === SCREEN_SOCKET_CLOSE.replaced) return 'replaced';
  if (code === SCREEN_SOCKET_CLOSE.alreadyOpen) return 'open-elsewhere';
  return 'lost';
}
