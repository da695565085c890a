import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Listener, listenTo } from '#central/db/listener.ts';
import {
  createTestDatabase,
  queryDatabase,
  type TestDatabase,
} from '#test/helpers/central/test-database.ts';

let database: TestDatabase;
let listener: Listener | undefined;

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(async () => {
  await listener?.close();
  await database.drop();
});

test('one connection comes back after the database was away, however often it was tried', async () => {
  const door = await openDoor(database.url);
  const heard: string[] = [];
  const gaps = Promise.withResolvers<void>();
  listener = await listenTo(door.url, 'news', {
    onNotification: (payload) => heard.push(payload),
    onGap: () => gaps.resolve(),
  });
  door.shut();
  await sleep(4_500);
  expect(door.attempts()).toBeLessThanOrEqual(5);
  door.open();
  await gaps.promise;
  await sleep(1_500);
  await queryDatabase(database.url, `NOTIFY news, 'once'`);
  await expect.poll(() => heard).toEqual(['once']);
  expect(door.connections()).toBe(1);
  await listener.close();
  door.close();
});

/** A way to the database that can be shut. */
async function openDoor(databaseUrl: string) {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isOpen = true;
  let refused = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (!isOpen) {
      refused += 1;
      socket.destroy();
      return;
    }
    const onward = connect(Number(port), hostname);
    onward.on('error', () => socket.destroy());
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      onward.destroy();
    });
    onward.once('close', () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = new URL(databaseUrl);
  url.port = String(address.port);
  return {
    url: url.href,
    attempts: () => refused,
    connections: () => sockets.size,
    shut() {
      isOpen = false;
      for (const socket of sockets) socket.destroy();
    },
    open() {
      isOpen = true;
    },
    close: () => server.close(),
  };
}
