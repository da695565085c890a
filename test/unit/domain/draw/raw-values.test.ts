import { createCipheriv } from 'node:crypto';
import { expect, test } from 'vitest';
import { createRawValues } from '#shared/domain/draw/raw-values.ts';

const SEED = Uint8Array.from({ length: 32 }, (_, index) => index);

test('raw values are the key stream of ChaCha20, whoever computes it', () => {
  const count = 1_000;
  const stream = createCipheriv('chacha20', SEED, Buffer.alloc(16)).update(Buffer.alloc(8 * count));
  const values = createRawValues(SEED);
  expect(Array.from({ length: count }, () => values.next())).toStrictEqual(
    Array.from({ length: count }, (_, index) => stream.readBigUInt64BE(8 * index)),
  );
});

test('the first values of a seed of zeros are those of RFC 8439, appendix A.1', () => {
  const values = createRawValues(new Uint8Array(32));
  expect([values.next(), values.next(), values.next()]).toStrictEqual([
    0x76b8e0ada0f13d90n,
    0x405d6ae55386bd28n,
    0xbdd219b8a08ded1an,
  ]);
});

test('a seed of another length is a bug', () => {
  expect(() => createRawValues(new Uint8Array(31))).toThrow('a seed has 32 bytes, not 31');
});
