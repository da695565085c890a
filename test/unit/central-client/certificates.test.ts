import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpExchange } from '#main/adapters/central/http-exchange.ts';

const read = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
const usualAuthorities = getCACertificates('default');

beforeAll(() => setDefaultCACertificates([read('authority.pem')]));

afterAll(() => setDefaultCACertificates(usualAuthorities));

async function callWith(certificate: string) {
  const options = { cert: read(certificate), key: read('server-key.pem') };
  const server: Server = createServer(options, (_, response) => response.end('here'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const exchange = createHttpExchange(new URL(`https://127.0.0.1:${port}`));
  const result = await exchange.send({ method: 'GET', path: '/', headers: {} });
  exchange.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return result.ok ? result.value.status : result.failure;
}

describe('the certificate of a central', () => {
  it('is accepted if a known authority signed it for this address', async () => {
    expect(await callWith('good.pem')).toBe(200);
  });

  it.each(['expired.pem', 'not-yet-valid.pem'])(
    'tells of a wrong clock: %s',
    async (certificate) => {
      expect(await callWith(certificate)).toEqual({ kind: 'certificate-date' });
    },
  );

  it.each([
    ['other-name.pem', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['stranger.pem', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])('is refused if it proves nothing: %s', async (certificate, detail) => {
    expect(await callWith(certificate)).toEqual({ kind: 'transport', detail });
  });
});
