import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { LINK_LOST } from '#renderer/transport/screen-failure.ts';
import { createSocketLink } from '#renderer/transport/socket-link.ts';
import { createTerminalClient } from '#renderer/transport/terminal-client.ts';
import type { LinkState, TerminalLink } from '#renderer/transport/terminal-link.ts';
import type { RequestFrame } from '#shared/contract/terminal/frames.ts';
import { SCREEN_SOCKET_CLOSE } from '#shared/contract/terminal/screen-socket.ts';
import { ok, refuse } from '#shared/kernel/result.ts';

let server: WebSocketServer;
let port: number;
let sockets: ServerSocket[];
let received: RequestFrame[];

beforeEach(async () => {
  sockets = [];
  received = [];
  server = await listen(0);
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  // The last word of a terminal, so that no link of these tests goes on trying.
  for (const socket of sockets) socket.close(SCREEN_SOCKET_CLOSE.replaced);
  await close(server);
});

function listen(wanted: number): Promise<WebSocketServer> {
  return new Promise((resolve) => {
    const opened: WebSocketServer = new WebSocketServer({ host: '127.0.0.1', port: wanted }, () =>
      resolve(opened),
    );
    opened.on('connection', (socket) => {
      sockets.push(socket);
      socket.on('message', (data) => received.push(JSON.parse(String(data)) as RequestFrame));
    });
  });
}

function close(closing: WebSocketServer): Promise<void> {
  return new Promise((resolve) => {
    closing.close(() => resolve());
  });
}

function reach(link: TerminalLink, wanted: LinkState): Promise<void> {
  if (link.state() === wanted) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = link.onStateChanged((state) => {
      if (state !== wanted) return;
      stop();
      resolve();
    });
  });
}

async function connect(): Promise<{ link: TerminalLink; socket: ServerSocket }> {
  const link = createSocketLink(() => new WebSocket(`ws://127.0.0.1:${port}/transport`));
  await reach(link, 'connected');
  const socket = sockets.at(-1);
  if (socket === undefined) throw new Error('the server has no socket');
  return { link, socket };
}

async function receive(count: number): Promise<void> {
  await expect.poll(() => received.length).toBe(count);
}

describe('the link over a WebSocket', () => {
  it('gives every request an id of its own, and each reply to its request', async () => {
    const { link, socket } = await connect();
    const first = link.request('order.list', { search: '' });
    const second = link.request('terminal.show', {});
    await receive(2);
    expect(received).toEqual([
      { kind: 'request', id: 0, operation: 'order.list', input: { search: '' } },
      { kind: 'request', id: 1, operation: 'terminal.show', input: {} },
    ]);
    socket.send(JSON.stringify({ kind: 'reply', id: 1, outcome: ok('second') }));
    socket.send('not a frame');
    socket.send(JSON.stringify({ kind: 'reply', id: null, outcome: refuse('nobody asked') }));
    socket.send(JSON.stringify({ kind: 'reply', id: 0, outcome: ok('first') }));
    expect(await Promise.all([first, second])).toEqual([ok('first'), ok('second')]);
  });

  it('answers what was on its way with "link lost" when the terminal goes', async () => {
    const { link, socket } = await connect();
    const request = link.request('sale.complete', {});
    await receive(1);
    socket.terminate();
    expect(await request).toEqual(refuse(LINK_LOST));
    expect(link.state()).toBe('lost');
    expect(await link.request('terminal.show', {})).toEqual(refuse(LINK_LOST));
  });

  it('comes back by itself, and asks for the snapshot again', async () => {
    const { link, socket } = await connect();
    const revisions: number[] = [];
    createTerminalClient(link).onSnapshot(({ revision }) => revisions.push(revision));
    socket.terminate();
    await reach(link, 'lost');
    await reach(link, 'connected');
    await receive(1);
    const [asked] = received;
    expect(asked).toMatchObject({ operation: 'terminal.show' });
    sockets
      .at(-1)
      ?.send(JSON.stringify({ kind: 'reply', id: asked?.id, outcome: ok({ revision: 7 }) }));
    await expect.poll(() => revisions).toEqual([7]);
    const event = { kind: 'event', name: 'snapshot.changed', payload: { revision: 8 } };
    sockets.at(-1)?.send(JSON.stringify(event));
    await expect.poll(() => revisions).toEqual([7, 8]);
  });

  it('comes back when the terminal was away for longer', async () => {
    const { link, socket } = await connect();
    socket.terminate();
    await close(server);
    await reach(link, 'lost');
    server = await listen(port);
    await reach(link, 'connected');
  });

  it('does not come back once another window has taken over', async () => {
    const { link, socket } = await connect();
    socket.close(SCREEN_SOCKET_CLOSE.replaced);
    await reach(link, 'replaced');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(sockets).toHaveLength(1);
  });

  it('says that the till is open elsewhere, and tries again', async () => {
    const { link, socket } = await connect();
    socket.close(SCREEN_SOCKET_CLOSE.alreadyOpen);
    await reach(link, 'open-elsewhere');
    await reach(link, 'connected');
  });
});
