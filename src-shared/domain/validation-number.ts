import { FF1 } from '@noble/ciphers/ff1.js';
import type { Brand } from '#shared/kernel/brand.ts';
import { utf8 } from '#shared/kernel/bytes.ts';
import { invariant } from '#shared/kernel/invariant.ts';

/**
 * Eighteen digits that prove a ticket: an 8-digit block prefix, 8 encrypted digits, 2 check digits.
 *
 * Unique because prefixes are never dealt twice and encryption is one to one; not predictable from
 * other numbers because the block's key is secret (GLI-31 2.3.2).
 */
export type ValidationNumber = Brand<string, 'ValidationNumber'>;

/** What makes the numbers of one block: its prefix and its secret key of 32 bytes. */
export interface ValidationBlockSecret {
  readonly prefix: string;
  readonly key: Uint8Array;
}

/** Makes and reads back the numbers of one block. */
export interface ValidationNumberMaker {
  /** The number of a sequence. Throws unless it is a whole number from 1 to 99,999,999. */
  make(sequence: number): ValidationNumber;
  /** The sequence a number was made from; `undefined` if it is not a number of this block. */
  sequenceOf(text: string): number | undefined;
}

const RADIX = 10;
const LARGEST_SEQUENCE = 99_999_999;

/** A maker for one block. Keep it while numbers of the block are made: it holds the secret key. */
export function createValidationNumberMaker(block: ValidationBlockSecret): ValidationNumberMaker {
  const { prefix } = block;
  invariant(/^\d{8}$/.test(prefix), `not a block prefix: ${prefix}`);
  invariant(block.key.length === 32, `a block key has 32 bytes, not ${block.key.length}`);
  const cipher = FF1(RADIX, Uint8Array.from(block.key), utf8(prefix));

  return {
    make(sequence) {
      invariant(
        Number.isInteger(sequence) && sequence >= 1 && sequence <= LARGEST_SEQUENCE,
        `not a validation sequence: ${sequence}`,
      );
      const plain = digitsOf(sequence.toString().padStart(8, '0'));
      const body = prefix + cipher.encrypt(plain).join('');
      return (body + checkDigitsOf(body)) as ValidationNumber;
    },

    sequenceOf(text) {
      if (!isWellFormedValidationNumber(text) || !text.startsWith(prefix)) return undefined;
      const sequence = Number(cipher.decrypt(digitsOf(text.slice(8, 16))).join(''));
      return sequence === 0 ? undefined : sequence;
    },
  };
}

/** Whether `text` is eighteen digits whose check digits are right. */
export function isWellFormedValidationNumber(text: string): text is ValidationNumber {
  return /^\d{18}$/.test(text) && remainder97(text) === 1;
}

/** The number in three groups of six, as printed. Sixteen digits in fours would look like a card. */
export function formatValidationNumber(number: string): string {
  return `${number.slice(0, 6)} ${number.slice(6, 12)} ${number.slice(12)}`;
}

/**
 * Reads a number as a person types it or a scanner sends it: spaces and dashes do not matter.
 *
 * `undefined` if it is not eighteen digits, or the check digits show a typing error.
 */
export function parseTypedValidationNumber(typed: string): ValidationNumber | undefined {
  const bare = typed.replaceAll(/[\s\-\u2010-\u2015]/g, '');
  return isWellFormedValidationNumber(bare) ? bare : undefined;
}

/** The two digits that make the whole number leave 1 when divided by 97 (ISO 7064, MOD 97-10). */
function checkDigitsOf(body: string): string {
  return (98 - remainder97(`${body}00`)).toString().padStart(2, '0');
}

/** The remainder by 97 of digits too many for a JavaScript number. */
function remainder97(digits: string): number {
  let remainder = 0;
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder;
}

function digitsOf(text: string): number[] {
  return Array.from(text, Number);
}
