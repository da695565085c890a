import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { buildApp } from '#central/build-app.ts';
import { openMirrorWatch } from '#central/modules/stream/mirror-watch.ts';
import { startTestCentral, type TestCentral } from '#test/helpers/central/test-central.ts';

const TOKEN = 'a-token-of-at-least-thirty-two-characters';

let running: TestCentral;

afterEach(() => running.stop());

async function metricsOf(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/metrics`, { headers });
  return { status: response.status, text: await response.text() };
}

test('tell of requests and of what waits, to programs of this computer', async () => {
  running = await startTestCentral();
  await fetch(`${running.url}/v1/health`);
  const { status, text } = await metricsOf(running.url);
  expect(status).toBe(200);
  for (const line of [
    /^counterfoil_database_up\{version="[^"]+"\} 1$/m,
    /^counterfoil_quarantine_open\{version="[^"]+"\} 0$/m,
    /^counterfoil_rsus_silent\{version="[^"]+"\} 0$/m,
    /^counterfoil_http_request_duration_seconds_count\{.*route="\/v1\/health",status="200"\} 1$/m,
    /^process_cpu_seconds_total/m,
  ]) {
    expect(text).toMatch(line);
  }
  expect(await metricsOf(running.url, { 'x-forwarded-for': '127.0.0.1' })).toMatchObject({
    status: 403,
  });
});

test('open to whoever holds the token, and to nobody else, where there is one', async () => {
  running = await startTestCentral();
  const mirrorWatch = await openMirrorWatch(running.databaseUrl);
  const app = await buildApp(running.central, mirrorWatch, pino({ level: 'silent' }), {
    metricsToken: TOKEN,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const statuses = [
    (await metricsOf(url)).status,
    (await metricsOf(url, { authorization: 'Bearer another' })).status,
    (await metricsOf(url, { authorization: `Bearer ${TOKEN}` })).status,
  ];
  await app.close();
  await mirrorWatch.close();
  expect(statuses).toEqual([401, 401, 200]);
});

test('a process is ready while the database has its schema, and alive without it', async () => {
  running = await startTestCentral();
  const read = async (path: string) => {
    const response = await fetch(running.url + path);
    return [response.status, await response.json()];
  };
  expect([await read('/v1/readiness'), await read('/v1/liveness')]).toEqual([
    [200, { status: 'ready', isDatabaseReady: true }],
    [200, { status: 'alive' }],
  ]);
  await running.query(
    `INSERT INTO schema_migrations (position, name, hash) VALUES (9999, 'newer', 'x')`,
  );
  expect([await read('/v1/readiness'), await read('/v1/liveness')]).toEqual([
    [503, { status: 'not-ready', isDatabaseReady: false }],
    [200, { status: 'alive' }],
  ]);
});
