import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { issueEnrolmentCode, setRsuEnabled } from '#central/modules/administration/rsus.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import { centralProofBytes } from '#shared/domain/central-proof.ts';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  type TestCentral,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';
import {
  createTestDevice,
  enrolledDevice,
  type TestDevice,
} from '#test/helpers/central/test-device.ts';

let running: TestCentral;
let organisation: TestOrganisation;
let code: string;
let device: TestDevice;

beforeEach(async () => {
  running = await startTestCentral();
  organisation = await createTestOrganisation(running);
  ({ code } = await createTestRsu(running, organisation));
  device = createTestDevice(running.url);
});

afterEach(() => running.stop());

describe('enrolment', () => {
  test('answers the same code and key with the same RSU, also after the code has expired', async () => {
    const first = await device.enrol(code);
    running.advance(100 * 3_600_000);
    const again = await device.enrol(code);
    const stable = ({ rsuId, rsuName, organisationName, epoch }: Record<string, unknown>) => ({
      rsuId,
      rsuName,
      organisationName,
      epoch,
    });
    expect(stable(again.body)).toEqual(stable(first.body));
    expect(await running.query('SELECT count(*)::INT AS chains FROM chains')).toEqual([
      { chains: 1 },
    ]);
  });

  test('takes a code however it is typed', async () => {
    const { status } = await device.enrol(
      code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o'),
    );
    expect(status).toBe(200);
  });

  test.each([
    ['an unknown code', 'AAAA-BBBB-CCCC', 0, 404, 'enrolment.code-unknown'],
    ['an expired code', '', 2 * 3_600_000, 410, 'enrolment.code-expired'],
  ])('refuses %s', async (_name, given, later, status, refusal) => {
    running.advance(later);
    expect(await device.enrol(given === '' ? code : given)).toMatchObject({
      status,
      body: { code: refusal },
    });
  });

  test('refuses a used code from another device, also when both come at once', async () => {
    const others = [createTestDevice(running.url), createTestDevice(running.url)];
    const answers = await Promise.all(others.map((other) => other.enrol(code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('proves that the central is the one whose key was compared', async () => {
    const identity = await (await fetch(running.url + CENTRAL_ROUTES.identity)).json();
    const key = createPublicKey({
      key: {
        kty: 'OKP',
        crv: 'Ed25519',
        x: Buffer.from((identity as { publicKey: string }).publicKey, 'base64').toString(
          'base64url',
        ),
      },
      format: 'jwk',
    });
    const challenge = Buffer.alloc(32, 3);
    const response = await fetch(running.url + CENTRAL_ROUTES.enrolments, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        code,
        chainId: device.chainId,
        devicePublicKey: Buffer.from(device.publicKey).toString('base64'),
        machineFingerprint: 'a'.repeat(64),
        software: { version: '1', checksum: 'b'.repeat(64) },
        challenge: challenge.toString('base64'),
      }),
    });
    const { proof } = (await response.json()) as { proof: string };
    expect(
      verify(null, centralProofBytes(device.chainId, challenge), key, Buffer.from(proof, 'base64')),
    ).toBe(true);
  });

  test('ends the journal of the device that was this RSU before', async () => {
    await device.enrol(code);
    await device.signIn();
    const { rsuId } = device;
    const next = await issueEnrolmentCode(
      running.central,
      'test',
      rsuId,
      new Date(Date.now() + 60_000),
    );
    const replacement = await enrolledDevice(running.url, next);
    expect(replacement.rsuId).toBe(rsuId);
    expect((await device.signIn()).body).toMatchObject({
      scope: 'upload-only',
      control: { deviceState: 'revoked' },
    });
  });
});

describe('a device token', () => {
  beforeEach(async () => {
    await device.enrol(code);
  });

  test('is given for a signed nonce, and opens the device’s own calls only', async () => {
    expect((await device.signIn()).body).toMatchObject({
      scope: 'full',
      control: { deviceState: 'enabled', raffleEvents: [{ state: 'active' }] },
    });
    expect((await device.mirror()).status).toBe(200);
    const other = await createTestRsu(running, organisation, 'Till 2');
    device.rsuId = other.rsuId;
    expect(await device.mirror()).toMatchObject({ status: 404, body: { code: 'rsu.unknown' } });
  });

  test('is refused for a signature by another key', async () => {
    const { privateKey: key } = generateKeyPairSync('ed25519');
    const answer = await device.signIn(await device.assertion(await device.nonce(), { key }));
    expect(answer).toMatchObject({ status: 401, body: { code: 'assertion.invalid' } });
  });

  test('is refused for a replayed, an invented and an expired nonce', async () => {
    const assertion = await device.assertion(await device.nonce());
    expect((await device.signIn(assertion)).status).toBe(200);
    const refused = { status: 401, body: { code: 'nonce.unknown' } };
    expect(await device.signIn(assertion)).toMatchObject(refused);
    expect(await device.signIn(await device.assertion('invented-nonce-0001'))).toMatchObject(
      refused,
    );
    const old = await device.nonce();
    running.advance(121_000);
    expect((await device.signIn(await device.assertion(old))).status).toBe(401);
  });

  test('for a chain that nobody enrolled is refused', async () => {
    const stranger = createTestDevice(running.url);
    expect(await stranger.signIn()).toMatchObject({ status: 404, body: { code: 'chain.unknown' } });
  });

  test('tells the time, so that a wrong clock locks nobody out', async () => {
    running.advance(30 * 24 * 3_600_000);
    const { body } = await device.signIn();
    expect(body).toMatchObject({ code: 'assertion.invalid' });
    expect(
      Math.abs(Date.parse(String(body['serverTime'])) - running.central.now().getTime()),
    ).toBeLessThan(5_000);
  });

  test('of a disabled device is for uploading only, from its very next request', async () => {
    await device.signIn();
    await setRsuEnabled(running.central, 'test', device.rsuId, false);
    expect(await device.mirror()).toMatchObject({ status: 403, body: { code: 'rsu.disabled' } });
    expect((await device.call('GET', CENTRAL_ROUTES.journalHead)).status).toBe(200);
    expect((await device.signIn()).body).toMatchObject({ scope: 'upload-only' });
    await setRsuEnabled(running.central, 'test', device.rsuId, true);
    expect(await device.mirror()).toMatchObject({
      status: 403,
      body: { code: 'token.upload-only' },
    });
    await device.signIn();
    expect((await device.mirror()).status).toBe(200);
  });

  test('ends', async () => {
    await device.signIn();
    running.advance(601_000);
    expect(await device.mirror()).toMatchObject({ status: 401, body: { code: 'token.invalid' } });
  });

  test('that is missing or changed opens nothing', async () => {
    await device.signIn();
    device.token = `${device.token.slice(0, -3)}abc`;
    expect(await device.mirror()).toMatchObject({ status: 401, body: { code: 'token.invalid' } });
    device.token = '';
    expect(await device.mirror()).toMatchObject({ status: 401, body: { code: 'token.missing' } });
  });
});
