import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { TerminalTransport } from '#main/transport/terminal-transport.ts';
import {
  LARGEST_FRAME_BYTES,
  SCREEN_SOCKET_CLOSE,
  TRANSPORT_PATH,
} from '#shared/contract/terminal/screen-socket.ts';
import { checkSocketCaller, readCookie } from './check-caller.ts';
import { serveScreenSocket } from './serve-screen-socket.ts';
import type { PlaceRefusal, TillScreen } from './till-screen.ts';

/** What is needed to decide on a WebSocket upgrade and to serve it. */
export interface ScreenContext {
  readonly ownHost: string;
  readonly cookieName: string;
  readonly screen: TillScreen;
  readonly transport: TerminalTransport;
}

/** Takes in screens, one at a time. */
export interface ScreenDoor {
  /** Decides on one upgrade request and serves the screen behind it. */
  readonly accept: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
  /** Closes every open screen with the code `stopped`. */
  readonly close: () => void;
}

/**
 * The only way to a socket of the terminal.
 *
 * A caller that is not this till's own page gets an HTTP refusal. A page of this till that may not be
 * its screen gets a socket that closes at once, because only the close code reaches a page.
 */
export function createScreenDoor(context: ScreenContext): ScreenDoor {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_FRAME_BYTES,
    perMessageDeflate: false,
  });

  function shakeHands(request: IncomingMessage, raw: Duplex, head: Buffer): Promise<WebSocket> {
    return new Promise((resolve) => {
      server.handleUpgrade(request, raw, head, (socket) => {
        socket.on('error', () => socket.terminate());
        resolve(socket);
      });
    });
  }

  return {
    async accept(request, raw, head) {
      raw.on('error', () => raw.destroy());
      const status = refusedWith(request, context);
      if (status !== undefined) return refuseUpgrade(raw, status);
      const { screen, cookieName, transport } = context;
      const claim = await screen.claim(readCookie(request.headers.cookie, cookieName));
      if (!claim.ok) {
        if (claim.failure === 'session.unknown') return refuseUpgrade(raw, '403 Forbidden');
        const socket = await shakeHands(request, raw, head);
        return socket.close(closeCodeFor(claim.failure), claim.failure);
      }
      if (raw.destroyed) return claim.value.release();
      raw.once('close', claim.value.release);
      const socket = await shakeHands(request, raw, head);
      claim.value.onReplaced(() => {
        socket.close(SCREEN_SOCKET_CLOSE.replaced, 'screen.replaced');
      });
      serveScreenSocket(socket, transport);
    },
    close() {
      for (const socket of server.clients)
        socket.close(SCREEN_SOCKET_CLOSE.stopped, 'till.stopped');
    },
  };
}

function refusedWith(
  request: IncomingMessage,
  { ownHost, cookieName, screen }: ScreenContext,
): string | undefined {
  const { host, origin, cookie } = request.headers;
  const caller = checkSocketCaller({ host, origin }, ownHost);
  if (!caller.ok)
    return caller.failure === 'address.wrong' ? '421 Misdirected Request' : '403 Forbidden';
  if (request.url !== TRANSPORT_PATH) return '404 Not Found';
  const standing = screen.standing(readCookie(cookie, cookieName));
  return standing === 'unknown' ? '403 Forbidden' : undefined;
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function closeCodeFor(refusal: Exclude<PlaceRefusal, 'session.unknown'>): number {
  return refusal === 'screen.replaced'
    ? SCREEN_SOCKET_CLOSE.replaced
    : SCREEN_SOCKET_CLOSE.alreadyOpen;
}
