import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEnrolmentClient } from '#main/adapters/central/enrolment-client.ts';
import type { EnrolmentRequest } from '#shared/contract/central/enrolment.ts';
import { centralProofBytes } from '#shared/domain/central-proof.ts';
import { fromBase64, toBase64, utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes } from '#shared/kernel/hash.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { CHAIN_ID } from '#test/helpers/sync/journal-in-memory.ts';
import { createKeyPair, verifier } from '#test/helpers/sync/key-pair.ts';
import { clock, random, SOFTWARE } from '#test/helpers/sync/running-till.ts';

const centralKey = createKeyPair();
const client = createEnrolmentClient({ clock, random, verifier });
const REQUEST: Omit<EnrolmentRequest, 'challenge'> = {
  code: '7K2M-Q0XA-93TD',
  chainId: CHAIN_ID,
  devicePublicKey: toBase64(createKeyPair().publicKey),
  machineFingerprint: hashBytes(utf8('machine')),
  software: SOFTWARE,
};
const ENROLMENT = {
  rsuId: '0195d0a0-0000-7000-8000-000000000002',
  rsuName: 'Till 1',
  organisationId: '0195d0a0-0000-7000-8000-000000000003',
  organisationName: 'Harbour Hospice',
  serverTime: '2026-11-22T19:05:00.000Z',
  epoch: 1,
};

let server: Server;
let url: string;
let prover: typeof centralKey;
let refusal: string | undefined;
let challenges: string[];

beforeEach(async () => {
  prover = centralKey;
  refusal = undefined;
  challenges = [];
  server = createServer(async (request, response) => {
    const answer = request.method === 'GET' ? identity() : enrolment(await json(request));
    response.writeHead(refusal === undefined ? 200 : 404).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const identity = () => ({
  publicKey: toBase64(centralKey.publicKey),
  serverTime: ENROLMENT.serverTime,
});

function enrolment(content: unknown) {
  if (refusal !== undefined) {
    return { code: refusal, detail: 'no', serverTime: ENROLMENT.serverTime };
  }
  const { challenge } = content as EnrolmentRequest;
  challenges.push(challenge);
  const bytes = fromBase64(challenge);
  invariant(bytes !== undefined, 'a challenge is Base64');
  return { ...ENROLMENT, proof: toBase64(prover.sign(centralProofBytes(CHAIN_ID, bytes))) };
}

describe('enrolling', () => {
  it('asks the central who it is', async () => {
    expect(await client.identify(url)).toEqual({ ok: true, value: centralKey.publicKey });
  });

  it('takes the answer of a central that proves who it is, over a new challenge each time', async () => {
    const first = await client.enrol(url, centralKey.publicKey, REQUEST);
    const second = await client.enrol(url, centralKey.publicKey, REQUEST);
    expect([first, second]).toMatchObject([
      { ok: true, value: ENROLMENT },
      { ok: true, value: ENROLMENT },
    ]);
    expect(new Set(challenges).size).toBe(2);
  });

  it('takes nothing from a central that does not', async () => {
    prover = createKeyPair();
    expect(await client.enrol(url, centralKey.publicKey, REQUEST)).toEqual({
      ok: false,
      failure: { kind: 'not-our-central' },
    });
  });

  it.each(['enrolment.code-unknown', 'enrolment.code-expired', 'enrolment.code-used'])(
    'passes on the refusal %s',
    async (code) => {
      refusal = code;
      expect(await client.enrol(url, centralKey.publicKey, REQUEST)).toEqual({
        ok: false,
        failure: { kind: 'refused', code, detail: 'no' },
      });
    },
  );

  it.each(['http://central.example', 'not an address'])('goes nowhere for %s', async (address) => {
    expect(await client.identify(address)).toEqual({
      ok: false,
      failure: { kind: 'transport', detail: 'not the address of a central' },
    });
  });
});
