import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import type { TerminalTransport } from '#main/transport/terminal-transport.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { createScreenDoor } from './accept-screen.ts';
import { answerRequest, type HttpAnswer } from './answer-request.ts';
import { createLaunchTokens } from './launch-tokens.ts';
import { createTillScreen } from './till-screen.ts';

/** What the browser host shows, and what it tells time by. */
export interface BrowserHostOptions {
  readonly transport: TerminalTransport;
  /** The renderer build, with `index.html` at its root. */
  readonly rendererDirectory: string;
  /** Milliseconds that never run backwards; the age of links is measured by it. */
  readonly monotonicMs: () => number;
}

/** The till's screen on a loopback address, behind links that work once. */
export interface BrowserHost {
  /** Where it listens, for example `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** A new link to the till's screen, good once and for `lifetimeMs`. */
  readonly issueLink: (lifetimeMs: number) => string;
  /** Closes every connection and the listener. */
  readonly stop: () => Promise<void>;
}

/** Serves the till on 127.0.0.1, at a port that the system chooses. */
export async function startBrowserHost({
  transport,
  rendererDirectory,
  monotonicMs,
}: BrowserHostOptions): Promise<BrowserHost> {
  const server = createServer();
  const connections = new Set<Socket>();
  server.on('connection', (connection) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  const cutConnections = (): void => {
    for (const connection of connections) connection.destroy();
  };
  const port = await listen(server);
  const ownHost = `127.0.0.1:${port}`;
  const tokens = createLaunchTokens(monotonicMs);
  const screen = createTillScreen();
  /** The port is part of the name because a browser shares cookies between the ports of a host. */
  const cookieName = `counterfoil-till-${port}`;
  const door = createScreenDoor({ ownHost, cookieName, screen, transport });

  server.on('request', async (request, response) => {
    const answer = await answerRequest(request, {
      ownHost,
      cookieName,
      rendererDirectory,
      tokens,
      screen,
    });
    response.writeHead(answer.status, withLength(answer)).end(answer.body);
  });
  server.on('upgrade', door.accept);

  return {
    origin: `http://${ownHost}`,
    issueLink(lifetimeMs) {
      return `http://${ownHost}/enter?token=${tokens.issue('till', lifetimeMs)}`;
    },
    stop() {
      door.close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        setTimeout(cutConnections, GOODBYE_MS);
      });
    },
  };
}

/** How long a screen has to take the close of its socket before the connection is cut. */
const GOODBYE_MS = 250;

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      invariant(address !== null && typeof address === 'object', 'a TCP listener has a port');
      resolve(address.port);
    });
  });
}

function withLength({ headers, body }: HttpAnswer): Readonly<Record<string, string>> {
  return { ...headers, 'content-length': String(Buffer.byteLength(body)) };
}
