import { createServer, type ServerResponse } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpExchange, type HttpExchange } from '#main/adapters/central/http-exchange.ts';
import { utf8 } from '#shared/kernel/bytes.ts';

const LIMITS = { connectMs: 200, quietMs: 200, wholeMs: 1_000, silenceMs: 200 };

let server: TcpServer;
let sockets: Set<Socket>;
let exchange: HttpExchange;

async function listen(created: TcpServer): Promise<void> {
  server = created;
  sockets = new Set();
  created.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => created.listen(0, '127.0.0.1', resolve));
  const { port } = created.address() as AddressInfo;
  exchange = createHttpExchange(new URL(`http://127.0.0.1:${port}`), LIMITS);
}

const serve = (answer: (response: ServerResponse, count: number) => void) => {
  let count = 0;
  return listen(
    createServer((request, response) => {
      request.resume();
      request.on('end', () => {
        count += 1;
        answer(response, count);
      });
    }),
  );
};

const get = () => exchange.send({ method: 'GET', path: '/v1/health', headers: {} });

const problem = (detail: string) => ({ ok: false, failure: { kind: 'transport', detail } });

afterEach(async () => {
  exchange.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

describe('an exchange', () => {
  it('returns the whole answer', async () => {
    await serve((response) => response.writeHead(418, { 'retry-after': '3' }).end('short'));
    expect(await get()).toEqual({
      ok: true,
      value: { status: 418, retryAfter: '3', body: utf8('short') },
    });
  });

  it('does not follow a redirect', async () => {
    const paths: string[] = [];
    await listen(
      createServer((request, response) => {
        paths.push(request.url ?? '');
        response.writeHead(302, { location: '/elsewhere' }).end();
      }),
    );
    expect(await get()).toMatchObject({ ok: true, value: { status: 302 } });
    expect(paths).toEqual(['/v1/health']);
  });

  it('gives up on an answer that does not come', async () => {
    await serve(() => undefined);
    expect(await get()).toEqual(problem('TIME_LIMIT'));
  });

  it('gives up on an answer that stops half-way', async () => {
    await serve((response) => response.writeHead(200, { 'content-length': '100' }).write('half'));
    expect(await get()).toEqual(problem('TIME_LIMIT'));
  });

  it('gives up on an answer that goes on and on', async () => {
    await serve((response) => {
      response.writeHead(200, { 'content-length': '1000' });
      const drip = setInterval(() => response.write('.'), 50);
      response.once('close', () => clearInterval(drip));
    });
    expect(await get()).toEqual(problem('TIME_LIMIT'));
  });

  it('notices an answer that is cut off', async () => {
    await serve((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.socket?.destroy());
    });
    expect(await get()).toEqual(problem('ECONNRESET'));
  });

  it('notices that nobody listens', async () => {
    await serve((response) => response.end());
    await new Promise((resolve) => server.close(resolve));
    expect(await get()).toEqual(problem('ECONNREFUSED'));
  });

  it('notices an answer that is not HTTP', async () => {
    await listen(createTcpServer((socket) => socket.end('not HTTP at all\r\n\r\n')));
    expect(await get()).toMatchObject({ ok: false, failure: { kind: 'transport' } });
  });

  it('tries again at once when a kept connection turns out to be dead', async () => {
    await serve((response, count) => {
      if (count === 2) response.socket?.destroy();
      else response.end(`answer ${count}`);
    });
    await get();
    expect(await get()).toMatchObject({ ok: true, value: { body: utf8('answer 3') } });
  });

  it('ends calls in flight when it is closed', async () => {
    await serve(() => exchange.close());
    expect(await get()).toEqual(problem('ABORT_ERR'));
  });

  it('ends a stream that has gone silent', async () => {
    await serve((response) => response.writeHead(200).write('first'));
    const stream = await exchange.open({ method: 'GET', path: '/v1/stream', headers: {} });
    const received: string[] = [];
    const reading = async () => {
      if (!stream.ok) return;
      for await (const chunk of stream.value.body) received.push(Buffer.from(chunk).toString());
    };
    await expect(reading()).rejects.toThrow();
    expect(received).toEqual(['first']);
  });
});
