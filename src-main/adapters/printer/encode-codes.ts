import { concatBytes, utf8 } from '#shared/kernel/bytes.ts';
import { invariant } from '#shared/kernel/invariant.ts';

/** Dots across one character of normal size. */
const DOTS_PER_COLUMN = 12;

/** Blank modules on both sides that a scanner needs, together. */
const QUIET_MODULES = 20;

const BARCODE_HEIGHT_DOTS = 80;
const QR_MODULE_DOTS = 6;
const MEDIUM_ERROR_CORRECTION = 0x31;

const SUBSET_B = utf8('{B');
const SUBSET_C = utf8('{C');

/**
 * The bytes that print `value` as Code 128, as wide as scanners like and paper of `columns` allows.
 *
 * An even count of digits is packed two to a symbol, so that it fits paper of 58 mm. Throws on
 * anything but 1 to 48 characters of printable ASCII.
 */
export function encodeCode128(value: string, columns: number): Uint8Array {
  invariant(/^[\x20-\x7e]{1,48}$/.test(value), `not a Code 128 value: ${value}`);
  const { data, symbols } = code128Data(value);
  const modules = symbols * 11 + 2 + QUIET_MODULES;
  const moduleDots = columns * DOTS_PER_COLUMN >= modules * 3 ? 3 : 2;
  return concatBytes(
    Uint8Array.of(0x1d, 0x48, 0x00),
    Uint8Array.of(0x1d, 0x77, moduleDots),
    Uint8Array.of(0x1d, 0x68, BARCODE_HEIGHT_DOTS),
    Uint8Array.of(0x1d, 0x6b, 0x49, data.length),
    data,
  );
}

/**
 * The bytes that print `value` as a QR code, its length counted in bytes of UTF-8.
 *
 * Throws on control characters: printers act on some of them even inside other data.
 */
export function encodeQr(value: string): Uint8Array {
  invariant(!/\p{Cc}/u.test(value), 'a QR code with control characters');
  const data = utf8(value);
  const length = data.length + 3;
  return concatBytes(
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00),
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, QR_MODULE_DOTS),
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, MEDIUM_ERROR_CORRECTION),
    Uint8Array.of(0x1d, 0x28, 0x6b, length % 256, Math.floor(length / 256), 0x31, 0x50, 0x30),
    data,
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30),
  );
}

interface Code128Data {
  readonly data: Uint8Array;
  /** Start, data, check and stop: what the printed width depends on. */
  readonly symbols: number;
}

/**
 * The shortest spelling without a byte pair that a printer acts on even inside other data.
 *
 * Packed digits are bytes from 0 to 99, and DLE is 16: `1604` would reset some printers. Then the
 * pairs are shifted by one digit, and if that does not help either, digits are sent as letters are.
 */
function code128Data(value: string): Code128Data {
  const spellings = isEvenDigits(value) ? [packed(value), shifted(value)] : [];
  return spellings.find(({ data }) => !holdsRealTimeCommand(data)) ?? lettered(value);
}

function isEvenDigits(value: string): boolean {
  return /^(\d\d){2,}$/.test(value);
}

function packed(value: string): Code128Data {
  const pairs = pairsOf(value);
  return { data: concatBytes(SUBSET_C, pairs), symbols: pairs.length + 3 };
}

function shifted(value: string): Code128Data {
  const pairs = pairsOf(value.slice(1, -1));
  const [first, last] = [utf8(value.slice(0, 1)), utf8(value.slice(-1))];
  return {
    data: concatBytes(SUBSET_B, first, SUBSET_C, pairs, SUBSET_B, last),
    symbols: pairs.length + 7,
  };
}

/** A brace is doubled: alone it switches subsets. */
function lettered(value: string): Code128Data {
  return {
    data: concatBytes(SUBSET_B, utf8(value.replaceAll('{', '{{'))),
    symbols: value.length + 3,
  };
}

function pairsOf(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], Number);
}

/** DLE followed by EOT, ENQ or DC4. */
function holdsRealTimeCommand(data: Uint8Array): boolean {
  return data.some(
    (byte, place) => byte === 0x10 && [0x04, 0x05, 0x14].includes(data[place + 1] ?? 0),
  );
}
