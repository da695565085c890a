import type { RawData, WebSocket } from 'ws';
import type { TerminalTransport } from '#main/transport/terminal-transport.ts';

/**
 * Joins one screen's socket to the terminal: text frames in, replies and events out.
 *
 * What is not JSON text goes in as `undefined`, so that the terminal, which judges every frame, also
 * words the refusal of this one. A socket that is being closed is not listened to any more.
 */
export function serveScreenSocket(socket: WebSocket, transport: TerminalTransport): void {
  const send = (frame: unknown): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  };
  const unsubscribe = transport.subscribe(send);
  socket.once('close', unsubscribe);
  socket.on('message', async (data, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    send(await transport.handle(isBinary ? undefined : parseJson(data)));
  });
}

function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined;
  }
}
