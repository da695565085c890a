import { get } from 'node:http';
import pg from 'pg';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { buildApp } from '#central/build-app.ts';
import { CENTRAL_ROUTES, rsuPath } from '#shared/contract/central/routes.ts';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
} from '#test/helpers/central/test-central.ts';
import { enrolledDevice } from '#test/helpers/central/test-device.ts';

test('a till that is gone before its stream begins leaves nothing behind', async () => {
  const running = await startTestCentral();
  const organisation = await createTestOrganisation(running);
  const { code } = await createTestRsu(running, organisation);
  const device = await enrolledDevice(running.url, code);
  const watching = new Set<() => void>();
  const app = await buildApp(
    running.central,
    {
      watch(_rsuId, onChange) {
        watching.add(onChange);
        return () => watching.delete(onChange);
      },
      close: async () => undefined,
    },
    pino({ level: 'silent' }),
  );
  let arrived = 0;
  let gone = 0;
  let authenticated = 0;
  app.addHook('onRequest', async (_request, reply) => {
    arrived += 1;
    reply.raw.once('close', () => {
      gone += 1;
    });
  });
  app.addHook('preHandler', async () => {
    authenticated += 1;
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const slow = new pg.Client({ connectionString: running.databaseUrl });
  await slow.connect();
  await slow.query('BEGIN; LOCK TABLE chains');

  const request = get(url + rsuPath(CENTRAL_ROUTES.stream, device.rsuId), {
    headers: { authorization: `Bearer ${device.token}` },
  });
  request.on('error', () => undefined);
  await expect.poll(() => arrived).toBe(1);
  request.destroy();
  await expect.poll(() => gone).toBe(1);
  await slow.query('COMMIT');
  await expect.poll(() => authenticated).toBe(1);
  await app.close();
  expect([...watching]).toEqual([]);

  await slow.end();
  await running.stop();
});
