import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { z } from 'zod';
import type { PeopleIssuer } from '../secrets/person-tokens.ts';

/** The audience of the local issuer's tokens. */
export const LOCAL_AUDIENCE = 'counterfoil-local';

const TOKEN_SECONDS = 3_600;
const KEY_ID = 'local';

/** The local issuer's people. */
export const LOCAL_PEOPLE = ['platform', 'admin', 'supervisor', 'operator', 'regulator'] as const;

const tokenRequestSchema = z.object({ username: z.enum(LOCAL_PEOPLE) });

/** What a token of the local issuer says besides its times. */
export interface LocalClaims {
  readonly sub: string;
  readonly [claim: string]: unknown;
}

/** A running issuer. */
export interface LocalIssuer extends PeopleIssuer {
  /** Signs any claims. `header` and the times may be set, to make tokens that must be refused. */
  sign(
    claims: LocalClaims,
    token?: { readonly issuedAt?: Date; readonly expiresAt?: Date; readonly type?: string },
  ): Promise<string>;
  close(): Promise<void>;
}

/**
 * An identity provider for development and tests, on a loopback port of its own.
 *
 * It gives tokens to whoever asks, and its key lives as long as the process. The program starts it
 * only beside its own built-in database, and believes no provider without HTTPS beside any other.
 */
export async function startLocalIssuer(): Promise<LocalIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'ES256', use: 'sig' };
  const server = createServer((request, response) => {
    answer(issuer, key, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const issuer: LocalIssuer = {
    issuer: `http://127.0.0.1:${port}`,
    audience: LOCAL_AUDIENCE,
    sign: (claims, { issuedAt = new Date(), expiresAt, type = 'at+jwt' } = {}) => {
      const seconds = Math.floor(issuedAt.getTime() / 1000);
      const end =
        expiresAt === undefined ? seconds + TOKEN_SECONDS : Math.floor(expiresAt.getTime() / 1000);
      return new SignJWT({
        iss: issuer.issuer,
        aud: LOCAL_AUDIENCE,
        sid: randomUUID(),
        iat: seconds,
        exp: end,
        ...claims,
      })
        .setProtectedHeader({ alg: 'ES256', kid: KEY_ID, typ: type })
        .sign(privateKey);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return issuer;
}

async function answer(
  issuer: LocalIssuer,
  key: JWK,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url } = request;
  if (method === 'GET' && url === '/.well-known/openid-configuration') {
    return send(response, 200, {
      issuer: issuer.issuer,
      jwks_uri: `${issuer.issuer}/keys`,
      token_endpoint: `${issuer.issuer}/token`,
      grant_types_supported: ['password'],
      id_token_signing_alg_values_supported: ['ES256'],
    });
  }
  if (method === 'GET' && url === '/keys') return send(response, 200, { keys: [key] });
  if (method === 'POST' && url === '/token') return giveToken(issuer, request, response);
  return send(response, 404, { error: 'not_found' });
}

async function giveToken(
  issuer: LocalIssuer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = tokenRequestSchema.safeParse(await readForm(request));
  if (!asked.success) return send(response, 400, { error: 'invalid_grant' });
  const { username } = asked.data;
  return send(response, 200, {
    access_token: await issuer.sign({ sub: localSubject(username), preferred_username: username }),
    token_type: 'Bearer',
    expires_in: TOKEN_SECONDS,
  });
}

/** The subject of one of the local issuer's people. */
export function localSubject(username: (typeof LOCAL_PEOPLE)[number]): string {
  return `local:${username}`;
}

async function readForm(request: IncomingMessage): Promise<Record<string, string>> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 10_000) break;
  }
  return Object.fromEntries(new URLSearchParams(text));
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
