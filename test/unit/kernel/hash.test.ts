import { expect, test } from 'vitest';
import { utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes, hashFields, parseSha256 } from '#shared/kernel/hash.ts';

const OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('the hash of bytes is the published SHA-256', () => {
  expect(hashBytes(utf8('abc'))).toBe(OF_ABC);
});

test('the hash of fields covers the length of each', () => {
  expect(hashFields('abc')).toBe(hashBytes(Uint8Array.of(0, 0, 0, 3, 0x61, 0x62, 0x63)));
  expect(hashFields('ab', 'c')).not.toBe(hashFields('a', 'bc'));
  expect(hashFields('abc', '')).not.toBe(hashFields('abc'));
  expect(hashFields(utf8('abc'))).toBe(hashFields('abc'));
});

test('a digest is 64 lower-case hexadecimal digits', () => {
  expect(parseSha256(OF_ABC)).toBe(OF_ABC);
  for (const text of ['', OF_ABC.toUpperCase(), OF_ABC.slice(1), `${OF_ABC}0`, `${OF_ABC}\n`]) {
    expect(parseSha256(text)).toBeUndefined();
  }
});
