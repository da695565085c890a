import { createHash } from 'node:crypto';

/** Crockford's alphabet: no letter that reads like a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An enrolment code of 60 unpredictable bits, such as `7K2M-Q0XA-93TD`. Takes 12 random bytes. */
export function formatEnrolmentCode(random: Uint8Array): string {
  const characters = Array.from(random.subarray(0, 12), (byte) => ALPHABET.charAt(byte % 32));
  return (characters.join('').match(/.{4}/g) ?? []).join('-');
}

/**
 * What is kept of a code: its hash, over the code as it would be printed, so that lower case,
 * missing dashes and the letters O, I and L typed for digits do not matter.
 */
export function enrolmentCodeHash(typed: string): Uint8Array {
  const normal = typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return createHash('sha256').update(`counterfoil.enrolment-code.1/${normal}`).digest();
}
