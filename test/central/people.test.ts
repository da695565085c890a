import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCAL_AUDIENCE } from '#central/development/local-issuer.ts';
import { startCentral } from '#central/start-central.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { type PeopleCentral, startPeopleCentral } from '#test/helpers/central/people.ts';
import {
  createTestOrganisation,
  type TestOrganisation,
} from '#test/helpers/central/test-central.ts';

const MINUTE_MS = 60_000;

let running: PeopleCentral;
let organisation: TestOrganisation;

beforeAll(async () => {
  running = await startPeopleCentral();
  organisation = await createTestOrganisation(running);
});

afterAll(() => running.stop());

async function me(token: string): Promise<{ status: number; code?: unknown }> {
  const response = await fetch(running.url + PEOPLE_ROUTES.me, {
    headers: { authorization: `Bearer ${token}` },
  });
  const body = (await response.json()) as { code?: unknown };
  return 'code' in body
    ? { status: response.status, code: body.code }
    : { status: response.status };
}

const refused = { status: 401, code: 'token.invalid' };

describe('a person’s token', () => {
  test('makes the person known at first sight, once, also when two requests come at once', async () => {
    const token = await running.issuer.sign({ sub: 'new', name: 'New Person' });
    expect(await Promise.all([me(token), me(token), me(token)])).toEqual(
      [200, 200, 200].map((status) => ({ status })),
    );
    expect(
      await running.query(
        `SELECT display_name, is_active, last_login IS NOT NULL AS "wasHere",
           (SELECT count(*)::INT FROM person_sessions WHERE user_id = users.id) AS sessions
         FROM users WHERE cognito_sub = 'new'`,
      ),
    ).toEqual([{ display_name: 'New Person', is_active: true, wasHere: true, sessions: 1 }]);
  });

  test('is refused for another audience, another issuer, another type, and another use', async () => {
    const { issuer } = running;
    const answers = await Promise.all(
      [
        issuer.sign({ sub: 'x', aud: 'somebody-else' }),
        issuer.sign({ sub: 'x', aud: undefined }),
        issuer.sign({ sub: 'x', iss: 'https://elsewhere.example' }),
        issuer.sign({ sub: 'x' }, { type: 'logout+jwt' }),
        issuer.sign({ sub: 'x', token_use: 'id' }),
        issuer.sign({ sub: '' }),
        issuer.sign({ sub: 'a\u0000b' }),
      ].map(async (token) => me(await token)),
    );
    expect(answers).toEqual(answers.map(() => refused));
  });

  test('of Cognito names its client instead of an audience', async () => {
    const token = await running.issuer.sign({
      sub: 'cognito',
      aud: undefined,
      client_id: LOCAL_AUDIENCE,
      token_use: 'access',
    });
    expect(await me(token)).toEqual({ status: 200 });
  });

  test('is refused when it has expired, is not valid yet, or lives for too long', async () => {
    const { issuer } = running;
    const at = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS);
    const tokens = await Promise.all([
      issuer.sign({ sub: 'x' }, { issuedAt: at(-62) }),
      issuer.sign({ sub: 'x' }, { issuedAt: at(5) }),
      issuer.sign({ sub: 'x' }, { issuedAt: at(-25 * 60), expiresAt: at(60) }),
    ]);
    expect(await Promise.all(tokens.map(me))).toEqual(tokens.map(() => refused));
  });

  test('is refused when another key signed it, or no key at all, or a shared secret', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const claims = () =>
      new SignJWT({ sub: 'x' })
        .setIssuer(running.issuer.issuer)
        .setAudience(LOCAL_AUDIENCE)
        .setIssuedAt()
        .setExpirationTime('1h');
    const forged = await claims()
      .setProtectedHeader({ alg: 'ES256', kid: 'local', typ: 'at+jwt' })
      .sign(privateKey);
    const shared = await claims()
      .setProtectedHeader({ alg: 'HS256', kid: 'local' })
      .sign(new Uint8Array(32));
    const [, payload = ''] = forged.split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    expect(await Promise.all([forged, shared, unsigned, 'a.b.c', 'rubbish'].map(me))).toEqual(
      [1, 2, 3, 4, 5].map(() => refused),
    );
  });

  test('of somebody who was switched off opens nothing', async () => {
    const person = await running.asPerson(organisation.organisationId, 'admin');
    expect((await person.get(PEOPLE_ROUTES.me)).status).toBe(200);
    await running.query('UPDATE users SET is_active = FALSE WHERE cognito_sub = $1', [
      person.subject,
    ]);
    expect(await person.get(PEOPLE_ROUTES.me)).toMatchObject({
      status: 403,
      body: { code: 'person.inactive' },
    });
  });

  test('cannot be judged while the provider is away, and no provider means no sign-in', async () => {
    const options = {
      databaseUrl: running.databaseUrl,
      serverKey: new Uint8Array(32).fill(7),
      isDemo: false,
      port: 0,
      logger: pino({ level: 'silent' }),
    };
    const token = await running.issuer.sign({ sub: 'x' });
    const codeAt = async (peopleIssuer?: { issuer: string; audience: string }) => {
      const another = await startCentral({ ...options, peopleIssuer });
      const response = await fetch(another.url + PEOPLE_ROUTES.me, {
        headers: { authorization: `Bearer ${token}` },
      });
      const { code } = (await response.json()) as { code: string };
      await another.stop();
      return [response.status, code];
    };
    expect(await codeAt({ issuer: 'http://127.0.0.1:9', audience: LOCAL_AUDIENCE })).toEqual([
      503,
      'sign-in.unavailable',
    ]);
    expect(await codeAt()).toEqual([503, 'sign-in.not-configured']);
  });
});

describe('a refusal', () => {
  test('is a problem document (RFC 9457)', async () => {
    const person = await running.asStranger();
    const { status, body, headers } = await person.get(
      `/v1/organisations/${organisation.organisationId}/members?limit=3`,
    );
    expect({ status, body, type: headers.get('content-type') }).toEqual({
      status: 404,
      type: 'application/problem+json; charset=utf-8',
      body: {
        type: 'urn:counterfoil:problem:organisation.unknown',
        title: 'No such organisation',
        status: 404,
        detail: 'no such organisation',
        code: 'organisation.unknown',
        instance: `/v1/organisations/${organisation.organisationId}/members`,
        serverTime: expect.any(String),
      },
    });
  });
});
