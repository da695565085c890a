import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  type TestCentral,
} from '#test/helpers/central/test-central.ts';
import { createTestDevice, type TestDevice } from '#test/helpers/central/test-device.ts';

let running: TestCentral;
let device: TestDevice;
let code: string;

beforeEach(async () => {
  running = await startTestCentral();
  const organisation = await createTestOrganisation(running);
  ({ code } = await createTestRsu(running, organisation));
  device = createTestDevice(running.url);
});

afterEach(() => running.stop());

/** Does the same again and again until the answer is 429; gives the answers before that. */
async function untilRefused(attempt: () => Promise<{ status: number }>): Promise<number[]> {
  const statuses: number[] = [];
  for (;;) {
    const { status } = await attempt();
    if (status === 429) return statuses;
    statuses.push(status);
    if (statuses.length > 1_000) throw new Error('nothing is limited');
  }
}

function noted(type: string) {
  return running.query(
    `SELECT severity, rsu_id AS "rsuId" FROM critical_events WHERE event_type = $1`,
    [type],
  );
}

/** An assertion that the device signs, over a live nonce, for somebody else. */
async function strayAssertion(): Promise<string> {
  return new SignJWT({ nonce: await device.nonce() })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer(device.chainId)
    .setSubject(device.chainId)
    .setAudience('another-central')
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(device.privateKey);
}

describe('whoever proves nothing', () => {
  test('guesses a few codes a minute and is noted; the right code still works from there', async () => {
    const guess = () => createTestDevice(running.url).enrol('0000-0000-0000');
    const answered = await untilRefused(guess);
    expect(new Set(answered)).toEqual(new Set([404]));
    expect(await noted('enrolment.code-unknown')).toHaveLength(answered.length);
    expect((await device.enrol(code)).status).toBe(200);
  });

  test('asks for a few nonces a minute; an enrolled till beside it signs in', async () => {
    await device.enrol(code);
    const stranger = createTestDevice(running.url);
    await untilRefused(() =>
      stranger.call('POST', CENTRAL_ROUTES.nonces, { chainId: stranger.chainId }),
    );
    const refused = await fetch(running.url + CENTRAL_ROUTES.nonces, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chainId: stranger.chainId }),
    });
    expect({
      status: refused.status,
      seconds: Number(refused.headers.get('retry-after')) > 0,
      body: await refused.json(),
    }).toMatchObject({ status: 429, seconds: true, body: { code: 'request.too-many' } });
    expect((await device.signIn()).status).toBe(200);
  });

  test('signs with another key a few times a minute: alerts, and the till sells on', async () => {
    await device.enrol(code);
    const { privateKey: key } = generateKeyPairSync('ed25519');
    const assertion = await device.assertion(await device.nonce(), { key });
    const answered = await untilRefused(() => device.signIn(assertion));
    expect(new Set(answered)).toEqual(new Set([401]));
    expect(await noted('device.signature-wrong')).toEqual(
      answered.map(() => ({ severity: 'WARN', rsuId: device.rsuId })),
    );
    expect((await device.signIn()).body).toMatchObject({
      scope: 'full',
      control: { deviceState: 'enabled' },
    });
  });
});

describe('failed validations by whoever holds the key', () => {
  beforeEach(async () => {
    await device.enrol(code);
    await running.query(
      `WITH ended AS (UPDATE system_configurations SET effective_to = now())
       INSERT INTO system_configurations (version, effective_from, settings)
       VALUES ('2', now(), '{"failedValidationsBeforeDisabling": 3}')`,
    );
  });

  test('disable the RSU at the threshold of the system configuration', async () => {
    for (let count = 0; count < 2; count += 1) await device.signIn(await strayAssertion());
    expect((await device.signIn()).body).toMatchObject({ scope: 'full' });
    for (let count = 0; count < 2; count += 1) await device.signIn(await strayAssertion());
    expect(await running.query('SELECT is_active FROM rsus')).toEqual([{ is_active: true }]);
    await device.signIn(await strayAssertion());
    expect(await running.query('SELECT is_active FROM rsus')).toEqual([{ is_active: false }]);
    expect(await noted('device.validation-failed')).toHaveLength(5);
    expect(await noted('rsu.disabled-after-failures')).toEqual([
      { severity: 'ERROR', rsuId: device.rsuId },
    ]);
    expect((await device.signIn()).body).toMatchObject({ scope: 'upload-only' });
  });

  test('count once each: who repeats one that was overheard does not hold the key', async () => {
    const overheard = await strayAssertion();
    for (let count = 0; count < 5; count += 1) await device.signIn(overheard);
    expect(await noted('device.validation-failed')).toHaveLength(1);
    expect(await running.query('SELECT is_active FROM rsus')).toEqual([{ is_active: true }]);
  });
});
