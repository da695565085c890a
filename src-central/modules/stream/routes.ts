import type { ServerResponse } from 'node:http';
import { STREAM_EVENT } from '#shared/contract/central/mirror.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Central } from '../../central.ts';
import {
  type Authenticated,
  authenticateDevice,
  authenticatedBy,
} from '../../plugins/authenticate-device.ts';
import { rsuParams, type TypedApp } from '../../typed-app.ts';
import { answerFields } from '../devices/control.ts';
import { findDevice } from '../devices/device.ts';
import type { MirrorWatch } from './mirror-watch.ts';

/** Often enough that no proxy takes the connection for dead. */
const KEEP_ALIVE_MS = 20_000;

/**
 * Server-sent events that wake a till: the control as it is now, and again after every change.
 *
 * The stream ends with the token, so that a till proves who it is again.
 */
export function registerStream(app: TypedApp, central: Central, mirrorWatch: MirrorWatch): void {
  const open = new Set<ServerResponse>();

  app.get(
    CENTRAL_ROUTES.stream,
    { onRequest: authenticateDevice(central, 'full'), schema: { params: rsuParams } },
    async (request, reply) => {
      reply.hijack();
      // Gone while it was being authenticated: its `close` has come already, and would never come again.
      if (reply.raw.destroyed) return;
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      open.add(reply.raw);
      reply.raw.once('close', () => open.delete(reply.raw));
      serveStream(central, mirrorWatch, reply.raw, authenticatedBy(request), (error) =>
        request.log.error({ err: error }, 'central.fault'),
      );
    },
  );

  app.addHook('preClose', () => {
    for (const response of open) response.end();
  });
}

function serveStream(
  central: Central,
  mirrorWatch: MirrorWatch,
  response: ServerResponse,
  { device, expiresAt }: Authenticated,
  onFault: (error: unknown) => void,
): void {
  let sending = Promise.resolve();
  const send = () => {
    sending = sending.then(sendControl).catch((error: unknown) => {
      onFault(error);
      response.end();
    });
  };
  const sendControl = async () => {
    if (response.writableEnded) return;
    const now = await findDevice(central.database, device.chainId);
    invariant(now !== undefined, 'a device is never removed');
    const { control } = await answerFields(central, central.database, now);
    response.write(`event: ${STREAM_EVENT}\ndata: ${JSON.stringify(control)}\n\n`);
  };
  const unwatch = mirrorWatch.watch(device.rsuId, send);
  const keepAlive = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS);
  const expiry = setTimeout(
    () => response.end(),
    Math.max(0, expiresAt.getTime() - central.now().getTime()),
  );
  response.once('close', () => {
    unwatch();
    clearInterval(keepAlive);
    clearTimeout(expiry);
  });
  send();
}
