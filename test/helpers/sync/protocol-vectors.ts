import { createPrivateKey } from 'node:crypto';
import { signAssertion } from '#main/adapters/central/device-assertion.ts';
import { createDeviceKey } from '#main/adapters/system/ed25519.ts';
import { centralFingerprint, centralProofBytes } from '#shared/domain/central-proof.ts';
import { entryHash, genesisHash } from '#shared/domain/journal-chain.ts';
import { drawNumbersHash } from '#shared/domain/number-taking.ts';
import { createValidationNumberMaker } from '#shared/domain/validation-number.ts';
import { fromHex, toBase64, toHex, utf8 } from '#shared/kernel/bytes.ts';
import { type ChainId, idOf } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** What precedes the 32 bytes of an Ed25519 key in PKCS 8. */
const PKCS8_PREFIX = fromHex('302e020100300506032b657004220420');

const CHAIN_ID = idOf<ChainId>('0195d0a0-0000-7000-8000-000000000001');
const DEVICE_SEED = countingBytes(0);
const CENTRAL_SEED = countingBytes(32);
const BLOCK_KEY = countingBytes(64);
const CHALLENGE = countingBytes(96);
const NONCE = 'a-nonce-of-the-central';
const SERVER_TIME = '2026-11-22T19:05:00.000Z' as Instant;
const FIRST_BODY = '{"kind":"terminal.stopped","words":"Caf\u00e9"}';
const SECOND_BODY = '{"kind":"terminal.stopped"}';

/** Worked examples of everything that is hashed, signed or encrypted, computed by the product itself. */
export function protocolVectors(): string {
  const device = keyFrom(DEVICE_SEED);
  const central = keyFrom(CENTRAL_SEED);
  const genesis = genesisHash(CHAIN_ID, device.publicKey);
  const first = entryHash({
    chainId: CHAIN_ID,
    seq: 1,
    previousHash: genesis,
    body: utf8(FIRST_BODY),
  });
  const second = entryHash({
    chainId: CHAIN_ID,
    seq: 2,
    previousHash: first,
    body: utf8(SECOND_BODY),
  });
  const proofBytes = centralProofBytes(CHAIN_ID, CHALLENGE);
  const block = { prefix: '10000001', key: BLOCK_KEY };
  return lines([
    ['device private key', toHex(DEVICE_SEED)],
    ['device public key', toHex(device.publicKey)],
    ['chain id', CHAIN_ID],
    ['genesis hash', genesis],
    [],
    ['entry 1, body', FIRST_BODY],
    ['entry 1, body in Base64', toBase64(utf8(FIRST_BODY))],
    ['entry 1, hash', first],
    ['entry 1, signature', toBase64(device.sign(fromHex(first)))],
    ['entry 2, body', SECOND_BODY],
    ['entry 2, hash', second],
    [],
    ['central private key', toHex(CENTRAL_SEED)],
    ['central public key', toHex(central.publicKey)],
    ['central fingerprint', centralFingerprint(central.publicKey)],
    ['challenge', toBase64(CHALLENGE)],
    ['bytes to prove', toHex(proofBytes)],
    ['proof', toBase64(central.sign(proofBytes))],
    [],
    ['nonce', NONCE],
    ['serverTime with the nonce', SERVER_TIME],
    [
      'assertion',
      signAssertion(device, { chainId: CHAIN_ID, nonce: NONCE, serverTime: SERVER_TIME }),
    ],
    [],
    ['draw numbers', '1000,1001,1002'],
    ['drawNumbersHash', drawNumbersHash([1000, 1001, 1002])],
    ['validation block, prefix', block.prefix],
    ['validation block, key', toHex(BLOCK_KEY)],
    ['validation number 1', createValidationNumberMaker(block).make(1)],
    ['validation number 2', createValidationNumberMaker(block).make(2)],
  ]);
}

function lines(pairs: readonly (readonly [string, string] | readonly [])[]): string {
  const text = pairs.map(([name, value]) =>
    name === undefined ? '' : `${`${name}:`.padEnd(28)}${value}`,
  );
  return ['```text', ...text, '```'].join('\n');
}

function countingBytes(from: number): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) => from + index);
}

function keyFrom(seed: Uint8Array) {
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  return createDeviceKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
}
