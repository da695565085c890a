import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { centralFailureSchema } from '#shared/contract/central/control.ts';
import { CENTRAL_ROUTES, rsuPath } from '#shared/contract/central/routes.ts';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  type TestCentral,
} from '#test/helpers/central/test-central.ts';
import { enrolledDevice, type TestDevice } from '#test/helpers/central/test-device.ts';

let running: TestCentral;
let device: TestDevice;

beforeAll(async () => {
  running = await startTestCentral();
  const organisation = await createTestOrganisation(running);
  const { code } = await createTestRsu(running, organisation);
  device = await enrolledDevice(running.url, code);
});

afterAll(() => running.stop());

async function post(path: string, body: Buffer | string, headers: Record<string, string> = {}) {
  const response = await fetch(running.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${device.token}`,
      ...headers,
    },
    body,
  });
  const failure = centralFailureSchema.parse(await response.json());
  return { status: response.status, code: failure.code };
}

const JOURNAL = CENTRAL_ROUTES.journal;

describe('a request that does not fit is refused in a typed way', () => {
  test.each<[string, string, Record<string, string>?]>([
    ['no JSON', '{'],
    ['not an object', '[]'],
    ['nothing', ''],
    ['an unknown field', '{"chainId":"x","entries":[],"more":1}'],
    ['a wrong type', '{"chainId":7,"entries":[]}'],
    ['a poisoned prototype', '{"__proto__":{"chainId":"x"}}'],
    ['NUL and half of a surrogate pair', '{"chainId":"\\u0000\\ud800","entries":[]}'],
    ['what says it is gzip', '{}', { 'content-encoding': 'gzip' }],
    ['an unknown encoding', '{}', { 'content-encoding': 'br' }],
    ['another content type', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('%s', async (_name, body, headers) => {
    expect(await post(rsuPath(JOURNAL, device.rsuId), body, headers)).toEqual({
      status: 400,
      code: 'request.invalid',
    });
  });

  test('an RSU that is not an id, and a call that does not exist', async () => {
    expect(await post('/v1/rsus/..%2f..%2fetc/journal', '{}')).toEqual({
      status: 404,
      code: 'rsu.unknown',
    });
    expect(await post('/v1/nothing', '{}')).toEqual({ status: 400, code: 'request.invalid' });
  });

  test('too many bytes, also when they are hidden in few', async () => {
    const path = rsuPath(JOURNAL, device.rsuId);
    const huge = Buffer.alloc(5 * 1024 * 1024, 0x20);
    expect(await post(path, huge)).toEqual({ status: 413, code: 'request.too-large' });
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20));
    expect(await post(path, bomb, { 'content-encoding': 'gzip' })).toEqual({
      status: 413,
      code: 'request.too-large',
    });
  });

  test('entries that are too large, one by one or together', async () => {
    const entry = (seq: number, size: number) => ({
      chainId: device.chainId,
      seq,
      previousHash: 'a'.repeat(64),
      hash: 'b'.repeat(64),
      body: Buffer.alloc(size).toString('base64'),
      signature: null,
    });
    const upload = (...sizes: number[]) =>
      post(
        rsuPath(JOURNAL, device.rsuId),
        JSON.stringify({
          chainId: device.chainId,
          entries: sizes.map((size, index) => entry(index + 1, size)),
        }),
      );
    const refused = { status: 413, code: 'request.too-large' };
    expect(await upload(300_000)).toEqual(refused);
    expect(await upload(250_000, 250_000, 250_000, 250_001)).toEqual(refused);
  });

  test('changes nothing', async () => {
    expect(await running.query('SELECT count(*)::INT AS entries FROM journal_entries')).toEqual([
      { entries: 0 },
    ]);
  });
});

test('a fault is answered without a word about its cause', async () => {
  await running.query('ALTER TABLE mirror_versions RENAME TO hidden');
  const { status, body } = await device.mirror();
  await running.query('ALTER TABLE hidden RENAME TO mirror_versions');
  expect({ status, body }).toEqual({
    status: 500,
    body: {
      code: 'central.fault',
      detail: 'the central has a fault',
      serverTime: expect.any(String),
    },
  });
});

test('the OpenAPI document lists every call of the contract', async () => {
  const response = await fetch(`${running.url}/v1/openapi.json`);
  const { paths } = (await response.json()) as { paths: Record<string, unknown> };
  const documented = Object.keys(paths).sort();
  const promised = [...new Set(running.calls.map((call) => call.split(' ')[1] ?? ''))]
    .filter((path) => path !== '/v1/openapi.json')
    .map((path) => path.replace(/:(\w+)/g, '{$1}'))
    .sort();
  expect(documented).toEqual(promised);
});

test('health is open to everybody', async () => {
  const response = await fetch(running.url + CENTRAL_ROUTES.health);
  expect(await response.json()).toEqual({ status: 'up', version: expect.any(String), epoch: 1 });
});
