import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { PUBLIC_ROUTES, publicRaffleEventParams } from '#shared/contract/central/public.ts';
import { handleProblems, sendProblem } from '../../api/problems.ts';
import { refuseTooMany } from '../../api/public-route.ts';
import type { Central } from '../../central.ts';
import { type SourceLimit, sourceOf } from '../../plugins/source-limits.ts';
import type { TypedApp } from '../../typed-app.ts';
import { createPictureWatch, type PictureWatch } from './picture-watch.ts';

/** More displays than any venue has; whoever opens streams must not use the process up. */
const MOST_STREAMS = 500;
const MOST_STREAMS_OF_ONE_SOURCE = 25;

/** Whoever leaves this much unread is not a display any more. */
const MOST_UNREAD_BYTES = 256 * 1024;

/** What the page may load and do: its own files, and the central's stream. */
const HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

const FONT = '@fontsource-variable/inter/files';

/** The files of the page by the name they are served under: where they lie, and what they are. */
const FILES: Readonly<Record<string, readonly [address: string, mediaType: string]>> = {
  'display.css': [here('page/display.css'), 'text/css; charset=utf-8'],
  'display.js': [here('page/display.js'), 'text/javascript; charset=utf-8'],
  'words.js': [here('page/words.js'), 'text/javascript; charset=utf-8'],
  'inter-latin.woff2': [import.meta.resolve(`${FONT}/inter-latin-wght-normal.woff2`), 'font/woff2'],
  'inter-latin-ext.woff2': [
    import.meta.resolve(`${FONT}/inter-latin-ext-wght-normal.woff2`),
    'font/woff2',
  ],
};

/** A full-screen page that shows the prizes growing and then the winning numbers (GLI-31 2.5.1). */
export function registerDisplay(routes: TypedApp, central: Central, limit: SourceLimit): void {
  const watch = createPictureWatch(central, (error) =>
    routes.log.error({ err: error }, 'central.fault'),
  );
  servePage(routes, central, watch, limit);
  serveStream(routes, central, watch, limit);
}

function servePage(
  routes: TypedApp,
  central: Central,
  watch: PictureWatch,
  limit: SourceLimit,
): void {
  const open = { errorHandler: handleProblems(central), onRequest: refuseTooMany(central, limit) };
  const page = read(here('page/display.html'));

  routes.get(
    PUBLIC_ROUTES.display,
    {
      ...open,
      schema: {
        summary: 'A full-screen page for a display at the venue',
        tags: ['public'],
        params: publicRaffleEventParams,
      },
    },
    async (request, reply) => {
      const picture = await watch.read(request.params.eventIdentifier);
      return reply
        .code(picture === undefined ? 404 : 200)
        .headers(HEADERS)
        .header('cache-control', 'no-cache')
        .type('text/html; charset=utf-8')
        .send(page);
    },
  );

  const files = new Map(
    Object.entries(FILES).map(([name, [address, mediaType]]) => [
      name,
      { content: read(address), mediaType },
    ]),
  );
  routes.get(
    PUBLIC_ROUTES.displayFile,
    {
      ...open,
      schema: {
        summary: 'A file of the display’s page',
        tags: ['public'],
        params: z.object({ fileName: z.string() }),
      },
    },
    async (request, reply) => {
      const file = files.get(request.params.fileName);
      if (file === undefined) {
        const problem = { code: 'thing.unknown', detail: 'no such file' } as const;
        return sendProblem(central, request, reply, problem);
      }
      return reply
        .headers(HEADERS)
        .header('cache-control', 'public, max-age=300')
        .type(file.mediaType)
        .send(file.content);
    },
  );
}

function serveStream(
  routes: TypedApp,
  central: Central,
  watch: PictureWatch,
  limit: SourceLimit,
): void {
  const open = new Map<ServerResponse, string>();

  routes.get(
    PUBLIC_ROUTES.stream,
    {
      errorHandler: handleProblems(central),
      onRequest: refuseTooMany(central, limit),
      schema: {
        summary: 'Server-sent events: jackpot, facts and results as soon as they change',
        description: 'For everybody, without signing in.',
        tags: ['public'],
        params: publicRaffleEventParams,
      },
    },
    async (request, reply) => {
      const { eventIdentifier } = request.params;
      const refuse = (code: 'thing.unknown' | 'request.too-many', detail: string) =>
        sendProblem(central, request, reply, { code, detail });
      const source = sourceOf(request);
      const ofSource = [...open.values()].filter((each) => each === source).length;
      if (open.size >= MOST_STREAMS || ofSource >= MOST_STREAMS_OF_ONE_SOURCE) {
        return refuse('request.too-many', 'too many open streams');
      }
      if ((await watch.read(eventIdentifier)) === undefined) {
        return refuse('thing.unknown', 'no such raffle event');
      }
      reply.hijack();
      const response = reply.raw;
      // Gone while the raffle event was looked up: its `close` has come already.
      if (response.destroyed) return undefined;
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      open.set(response, source);
      const unwatch = watch.watch(eventIdentifier, (picture) => {
        response.write(`event: picture\ndata: ${JSON.stringify(picture)}\n\n`);
        if (response.writableLength > MOST_UNREAD_BYTES) response.destroy();
      });
      response.once('close', () => {
        open.delete(response);
        unwatch();
      });
      return undefined;
    },
  );

  routes.addHook('preClose', () => {
    for (const response of open.keys()) response.end();
  });
}

function here(path: string): string {
  return new URL(path, import.meta.url).href;
}

function read(address: string): Buffer {
  return readFileSync(fileURLToPath(address));
}
