import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BrowserHost, startBrowserHost } from '#main/hosts/browser/start-browser-host.ts';
import { type EchoRenderer, writeEchoRenderer } from './fixtures/echo-renderer.ts';
import { createEchoTerminal } from './fixtures/echo-terminal.ts';
import { enter, openScreen, send } from './fixtures/http-client.ts';

const GREETING = { kind: 'request', id: 7, operation: 'echo', input: 'hello' };
const ANSWERED = { kind: 'reply', id: 7, outcome: { ok: true, value: 'hello' } };
const MALFORMED = {
  kind: 'reply',
  id: null,
  outcome: { ok: false, failure: { code: 'frame.malformed', detail: {} } },
};

let renderer: EchoRenderer;
let host: BrowserHost;
let nowMs: number;

beforeEach(async () => {
  nowMs = 0;
  renderer = await writeEchoRenderer();
  host = await startBrowserHost({
    transport: createEchoTerminal().transport,
    rendererDirectory: renderer.directory,
    monotonicMs: () => nowMs,
  });
});

afterEach(async () => {
  await host.stop();
  await renderer.remove();
});

/** What the till's own page sends: its origin and the cookie of its session. */
function ownPage(cookie: string): Record<string, string> {
  return { origin: host.origin, cookie };
}

function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return `${pathname}${search}`;
}

function titleOf(body: string): string | undefined {
  return /<h1>(.*)<\/h1>/.exec(body)?.[1];
}

describe('the entry link', () => {
  test('is exchanged for a strict cookie and leads to an address without the token', async () => {
    const { status, headers } = await send(host.origin, pathOf(host.issueLink(1_000)));
    const { port } = new URL(host.origin);
    expect({ status, location: headers.location, cookie: headers['set-cookie'] }).toEqual({
      status: 303,
      location: '/',
      cookie: [
        expect.stringMatching(
          new RegExp(
            `^counterfoil-till-${port}=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=/$`,
          ),
        ),
      ],
    });
  });

  test('opens the till once', async () => {
    const link = host.issueLink(1_000);
    await enter(link);
    const replay = await send(host.origin, pathOf(link));
    expect({
      status: replay.status,
      title: titleOf(replay.body),
      cookie: replay.headers['set-cookie'],
    }).toEqual({ status: 403, title: 'This link has been used', cookie: undefined });
  });

  test('is refused after its lifetime', async () => {
    const link = host.issueLink(60_000);
    nowMs = 60_000;
    const { status, body } = await send(host.origin, pathOf(link));
    expect({ status, title: titleOf(body) }).toEqual({
      status: 403,
      title: 'This link is too old',
    });
  });

  test.each(['/enter', '/enter?token=', '/enter?token=made-up'])('%s is refused', async (path) => {
    const { status, body } = await send(host.origin, path);
    expect({ status, title: titleOf(body) }).toEqual({
      status: 403,
      title: 'This link does not belong to this till',
    });
  });
});

describe('a page of the till', () => {
  test('is served to its window under a closed policy, and not kept', async () => {
    const cookie = await enter(host.issueLink(1_000));
    const { status, headers, body } = await send(host.origin, '/', { cookie });
    const { host: ownHost } = new URL(host.origin);
    expect({ status, body }).toEqual({ status: 200, body: renderer.page });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'self'; connect-src 'self' ws://${ownHost}; object-src 'none'; frame-src 'none'; worker-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each(['/', '/page.js', '/nothing.js'])('%s is refused without a cookie', async (path) => {
    const { status, body } = await send(host.origin, path);
    expect({ status, title: titleOf(body) }).toEqual({
      status: 403,
      title: 'This window has not been let in to the till',
    });
  });

  test.each([
    '/../outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/./page.js',
    '//page.js',
    '/..\\outside.txt',
    '/.hidden.js',
    '/page.js%00.html',
    '/nothing.js',
    '/page.js/index.html',
  ])('%s is not found', async (path) => {
    const cookie = await enter(host.issueLink(1_000));
    const { status, body } = await send(host.origin, path, { cookie });
    expect({ status, title: titleOf(body) }).toEqual({
      status: 404,
      title: 'The till has no such page',
    });
  });

  test.each(['localhost', 'till.example', '127.0.0.1'])('is not served as %s', async (name) => {
    const cookie = await enter(host.issueLink(1_000));
    const { port } = new URL(host.origin);
    const headers = { cookie, host: name === '127.0.0.1' ? name : `${name}:${port}` };
    const { status, body } = await send(host.origin, '/', headers);
    expect({ status, title: titleOf(body) }).toEqual({
      status: 421,
      title: 'The till does not answer at this address',
    });
  });

  test('cannot be posted to', async () => {
    const cookie = await enter(host.issueLink(1_000));
    const { status } = await send(host.origin, '/', { cookie }, 'POST');
    expect(status).toBe(405);
  });
});

describe('a screen', () => {
  test('asks and is answered', async () => {
    const cookie = await enter(host.issueLink(1_000));
    const screen = await openScreen(host.origin, ownPage(cookie));
    expect(await screen.ask(GREETING)).toEqual(ANSWERED);
  });

  test('is refused to a page of another origin, although its browser sends the cookie', async () => {
    const cookie = await enter(host.issueLink(1_000));
    await expect(openScreen(host.origin, { origin: 'http://127.0.0.1:1', cookie })).rejects.toThrow(
      'refused with 403',
    );
  });

  test('is refused to a page that made its own name point here', async () => {
    const cookie = await enter(host.issueLink(1_000));
    const { port } = new URL(host.origin);
    const rebound = `till.example:${port}`;
    await expect(
      openScreen(host.origin, { origin: `http://${rebound}`, host: rebound, cookie }),
    ).rejects.toThrow('refused with 421');
  });

  test('is refused without a cookie, with a wrong one, and at another path', async () => {
    const cookie = await enter(host.issueLink(1_000));
    const { origin } = host;
    const name = cookie.slice(0, cookie.indexOf('='));
    await expect(openScreen(origin, { origin })).rejects.toThrow('refused with 403');
    await expect(openScreen(origin, ownPage(`${name}=guess`))).rejects.toThrow('refused with 403');
    await expect(openScreen(origin, { cookie })).rejects.toThrow('refused with 403');
    await expect(openScreen(origin, ownPage(cookie), '/other')).rejects.toThrow('refused with 404');
  });

  test('gets a typed refusal for a frame that is not JSON, and goes on', async () => {
    const cookie = await enter(host.issueLink(1_000));
    const screen = await openScreen(host.origin, ownPage(cookie));
    expect(await screen.ask('{"kind":')).toEqual(MALFORMED);
    expect(await screen.ask(Buffer.from(JSON.stringify(GREETING)))).toEqual(MALFORMED);
    expect(await screen.ask('[]')).toEqual(MALFORMED);
    expect(await screen.ask(GREETING)).toEqual(ANSWERED);
  });

  test('is closed when it sends a frame that is too large', async () => {
    const cookie = await enter(host.issueLink(1_000));
    const screen = await openScreen(host.origin, ownPage(cookie));
    screen.socket.send('x'.repeat(65_537));
    expect(await screen.closed).toMatchObject({ code: 1009 });
    const next = await openScreen(host.origin, ownPage(cookie));
    expect(await next.ask(GREETING)).toEqual(ANSWERED);
  });

  test('is told when the till stops', async () => {
    const cookie = await enter(host.issueLink(1_000));
    const screen = await openScreen(host.origin, ownPage(cookie));
    await host.stop();
    expect(await screen.closed).toEqual({ code: 1001, reason: 'till.stopped' });
  });
});

describe('a second window', () => {
  test('of the same session is refused while the first is open', async () => {
    const cookie = await enter(host.issueLink(1_000));
    const first = await openScreen(host.origin, ownPage(cookie));
    const second = await openScreen(host.origin, ownPage(cookie));
    expect(await second.closed).toEqual({ code: 4002, reason: 'screen.already-open' });
    expect(await first.ask(GREETING)).toEqual(ANSWERED);
  });

  test('of the same session takes over when the first goes away, as in a reload', async () => {
    const cookie = await enter(host.issueLink(1_000));
    const first = await openScreen(host.origin, ownPage(cookie));
    const opening = openScreen(host.origin, ownPage(cookie));
    first.socket.terminate();
    const second = await opening;
    expect(await second.ask(GREETING)).toEqual(ANSWERED);
  });

  test('with a fresh link takes over at once, and the first is told so', async () => {
    const oldCookie = await enter(host.issueLink(1_000));
    const first = await openScreen(host.origin, ownPage(oldCookie));
    const cookie = await enter(host.issueLink(1_000));
    const second = await openScreen(host.origin, ownPage(cookie));
    expect(await first.closed).toEqual({ code: 4001, reason: 'screen.replaced' });
    expect(await second.ask(GREETING)).toEqual(ANSWERED);

    const page = await send(host.origin, '/', { cookie: oldCookie });
    expect({ status: page.status, title: titleOf(page.body) }).toEqual({
      status: 403,
      title: 'The till is open in another window',
    });
    const back = await openScreen(host.origin, ownPage(oldCookie));
    expect(await back.closed).toEqual({ code: 4001, reason: 'screen.replaced' });
  });

  test('with a fresh link silences the first even while its socket is still closing', async () => {
    const oldCookie = await enter(host.issueLink(1_000));
    const first = await openScreen(host.origin, ownPage(oldCookie));
    const entering = enter(host.issueLink(1_000));
    await entering;
    first.socket.send(JSON.stringify(GREETING));
    await first.closed;
    expect(first.frames).toEqual([]);
  });
});
