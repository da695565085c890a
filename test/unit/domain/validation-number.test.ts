import { FF1 } from '@noble/ciphers/ff1.js';
import { describe, expect, test } from 'vitest';
import {
  createValidationNumberMaker,
  formatValidationNumber,
  isWellFormedValidationNumber,
  parseTypedValidationNumber,
} from '#shared/domain/validation-number.ts';
import { fromHex } from '#shared/kernel/bytes.ts';

const KEY_128 = '2b7e151628aed2a6abf7158809cf4f3c';
const KEY_192 = `${KEY_128}ef4359d8d580aa4f`;
const KEY_256 = `${KEY_192}7f036d6f04fc6a94`;
const TWEAK = '39383736353433323130';

const BLOCK = { prefix: '40718205', key: fromHex(KEY_256) };

describe('the cipher', () => {
  test.each([
    ['sample 1', KEY_128, '', '2433477484'],
    ['sample 2', KEY_128, TWEAK, '6124200773'],
    ['sample 4', KEY_192, '', '2830668132'],
    ['sample 5', KEY_192, TWEAK, '2496655549'],
    ['sample 7', KEY_256, '', '6657667009'],
    ['sample 8', KEY_256, TWEAK, '1001623463'],
  ])('gives the published FF1 result of NIST %s', (_name, key, tweak, expected) => {
    const cipher = FF1(10, fromHex(key), fromHex(tweak));
    const plain = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(cipher.encrypt(plain).join('')).toBe(expected);
    expect(cipher.decrypt(Array.from(expected, Number))).toEqual(plain);
  });
});

describe('a validation number', () => {
  test('stays what it is for a prefix, key and sequence', () => {
    expect(
      [1, 2, 3, 99_999_999].map((sequence) => createValidationNumberMaker(BLOCK).make(sequence)),
    ).toEqual([
      '407182058793029228',
      '407182051864822367',
      '407182055083881148',
      '407182056497633547',
    ]);
  });

  test('gives its sequence back to who has the key', () => {
    const maker = createValidationNumberMaker(BLOCK);
    for (const sequence of [1, 2, 1_000, 99_999_999]) {
      expect(maker.sequenceOf(maker.make(sequence))).toBe(sequence);
    }
  });

  test('means nothing to another block', () => {
    const number = createValidationNumberMaker(BLOCK).make(7);
    expect(
      createValidationNumberMaker({ ...BLOCK, prefix: '40718206' }).sequenceOf(number),
    ).toBeUndefined();
    const otherKey = fromHex(KEY_256).map((byte) => byte ^ 1);
    expect(createValidationNumberMaker({ ...BLOCK, key: otherKey }).sequenceOf(number)).not.toBe(7);
  });

  test('follows the key it was given, not what becomes of the bytes', () => {
    const key = fromHex(KEY_256);
    const maker = createValidationNumberMaker({ ...BLOCK, key });
    key.fill(0);
    expect(maker.make(7)).toBe(createValidationNumberMaker(BLOCK).make(7));
  });

  test('is refused its sequence when it has no right check digits', () => {
    const number = createValidationNumberMaker(BLOCK).make(7);
    const wrong = `${number.slice(0, 17)}${(Number(number[17]) + 1) % 10}`;
    expect(createValidationNumberMaker(BLOCK).sequenceOf(wrong)).toBeUndefined();
  });

  test.each([0, -1, 1.5, 100_000_000, Number.NaN])('throws on sequence %s', (sequence) => {
    expect(() => createValidationNumberMaker(BLOCK).make(sequence)).toThrow(
      'not a validation sequence',
    );
  });

  test('throws on a block that is none', () => {
    expect(() => createValidationNumberMaker({ ...BLOCK, prefix: '123' })).toThrow('prefix');
    expect(() => createValidationNumberMaker({ ...BLOCK, key: BLOCK.key.slice(1) })).toThrow(
      'a block key has 32 bytes, not 31',
    );
  });
});

describe('typing a validation number', () => {
  const number = createValidationNumberMaker(BLOCK).make(12_345);

  test('works as printed, with dashes, and bare', () => {
    const printed = formatValidationNumber(number);
    expect(printed).toMatch(/^407182 05\d{4} \d{6}$/);
    for (const typed of [printed, printed.replaceAll(' ', '-'), ` ${number}\r\n`, `${number}`]) {
      expect(parseTypedValidationNumber(typed)).toBe(number);
    }
  });

  test.each([
    '',
    '123',
    `${number}0`,
    'no number',
    number.replace(/.$/, 'x'),
    `١${number.slice(1)}`,
  ])('refuses %j', (typed) => {
    expect(parseTypedValidationNumber(typed)).toBeUndefined();
  });

  test('notices every wrong digit', () => {
    for (let place = 0; place < 18; place += 1) {
      for (let step = 1; step < 10; step += 1) {
        const digit = (Number(number[place]) + step) % 10;
        const wrong = number.slice(0, place) + digit + number.slice(place + 1);
        expect(isWellFormedValidationNumber(wrong)).toBe(false);
      }
    }
  });
});
