import { describe, expect, test } from 'vitest';
import {
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  toBase64,
  toHex,
  utf8,
} from '#shared/kernel/bytes.ts';

describe('hexadecimal', () => {
  test('is two lower-case digits a byte', () => {
    expect(toHex(Uint8Array.of(0, 10, 255))).toBe('000aff');
    expect(fromHex('000AfF')).toEqual(Uint8Array.of(0, 10, 255));
  });

  test.each(['0', 'zz', '0x00', ' 00'])('throws on %j', (text) => {
    expect(() => fromHex(text)).toThrow();
  });
});

describe('Base64', () => {
  test.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foobar', 'Zm9vYmFy'],
  ])('of %j is %j', (text, encoded) => {
    expect(toBase64(utf8(text))).toBe(encoded);
    expect(fromBase64(encoded)).toEqual(utf8(text));
  });

  test.each(['Zg', 'Zg=', 'Zh==', 'Zm9v\n', ' Zm9v', 'Zm9-', '*'])('is not %j', (text) => {
    expect(fromBase64(text)).toBeUndefined();
  });
});

test('bytes join in order', () => {
  expect(concatBytes(Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(3))).toEqual(
    Uint8Array.of(1, 2, 3),
  );
  expect(concatBytes()).toEqual(Uint8Array.of());
});

test('bytes are equal when length and every byte are', () => {
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 3))).toBe(false);
});

test('UTF-8 takes as many bytes as a character needs', () => {
  expect(toHex(utf8('aé€🎟'))).toBe('61c3a9e282acf09f8e9f');
});
