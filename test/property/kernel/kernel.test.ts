import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, fromHex, toBase64, toHex } from '#shared/kernel/bytes.ts';
import { numbersOf, rangesOf } from '#shared/kernel/draw-numbers.ts';
import { hashFields } from '#shared/kernel/hash.ts';
import { isUuid, uuidV7 } from '#shared/kernel/ids.ts';
import { epochOf, instantFromEpoch, parseInstant } from '#shared/kernel/instant.ts';
import { canonicalJson, type JsonValue } from '#shared/kernel/json.ts';
import { type CurrencyCode, formatMoney, money, parseCurrencyCode } from '#shared/kernel/money.ts';
import { venueTimeOf } from '#shared/kernel/venue-time.ts';

const YEAR_9999 = 253_402_300_799_999;

test('bytes survive hexadecimal and Base64', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromHex(toHex(bytes))).toEqual(bytes);
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
});

test('Base64 that is read is the one spelling of its bytes', () => {
  fc.assert(
    fc.property(fc.base64String(), fc.string(), (encoded, text) => {
      for (const candidate of [encoded, text]) {
        const bytes = fromBase64(candidate);
        if (bytes !== undefined) expect(toBase64(bytes)).toBe(candidate);
      }
    }),
  );
});

test('ranges hold exactly the numbers that they were made of', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(200)), (numbers) => {
      const ascending = numbers.toSorted((left, right) => left - right);
      expect(rangesOf(ascending).flatMap(numbersOf)).toEqual(ascending);
    }),
  );
});

test('two different lists of fields have different hashes', () => {
  const fields = fc.array(fc.string({ maxLength: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(fields, fields, (left, right) => {
      const isSame = JSON.stringify(left) === JSON.stringify(right);
      expect(hashFields(...left) === hashFields(...right)).toBe(isSame);
    }),
  );
});

test('ids sort by the time they were made', () => {
  const time = fc.nat({ max: 2 ** 48 - 1 });
  const random = fc.uint8Array({ minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(time, time, random, random, (first, second, some, other) => {
      const [left, right] = [uuidV7(first, some), uuidV7(second, other)];
      expect([isUuid(left), isUuid(right)]).toEqual([true, true]);
      if (first !== second) expect(left < right).toBe(first < second);
    }),
  );
});

test('instants sort as text, and survive being read', () => {
  const epoch = fc.integer({ min: 0, max: YEAR_9999 });
  fc.assert(
    fc.property(epoch, epoch, (first, second) => {
      const [left, right] = [instantFromEpoch(first), instantFromEpoch(second)];
      expect(parseInstant(left)).toBe(left);
      expect(epochOf(left)).toBe(first);
      expect(left < right).toBe(first < second);
    }),
  );
});

test('canonical JSON keeps the value and forgets the order of keys', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const plain = JSON.parse(JSON.stringify(value)) as JsonValue;
      const text = canonicalJson(plain);
      expect(JSON.parse(text)).toEqual(plain);
      expect(canonicalJson(reversed(plain))).toBe(text);
    }),
  );
});

test('an amount in words is the amount', () => {
  const currency = fc.constantFrom('CAD', 'JPY', 'KWD').map((code) => parseCurrencyCode(code));
  const digits: Readonly<Record<string, number>> = { CAD: 2, JPY: 0, KWD: 3 };
  fc.assert(
    fc.property(fc.integer(), currency, (minor, code) => {
      const text = formatMoney(money(minor, code as CurrencyCode));
      const [name = '', amount = ''] = text.split(' ');
      expect(amount.split('.')[1]?.length ?? 0).toBe(digits[name]);
      expect(Number(amount.replace('.', ''))).toBe(minor);
    }),
  );
});

test('the time at a venue is its offset away from UTC', () => {
  const epoch = fc.integer({ min: 0, max: 4_102_444_800_000 });
  const zone = fc.constantFrom('Asia/Kathmandu', 'Europe/Berlin', 'America/Sao_Paulo', 'UTC');
  fc.assert(
    fc.property(epoch, zone, (milliseconds, timeZone) => {
      const time = venueTimeOf(instantFromEpoch(milliseconds), timeZone);
      const shown = Date.UTC(
        time.year,
        time.month - 1,
        time.day,
        time.hour,
        time.minute,
        time.second,
      );
      const offset = /^UTC(?:([+-])(\d\d):(\d\d))?$/.exec(time.zoneName);
      const [, sign, hours = '0', minutes = '0'] = offset ?? [];
      const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
      expect(shown - ahead).toBe(milliseconds - (milliseconds % 1_000));
    }),
  );
});

function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value as Readonly<Record<string, JsonValue>>).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)]));
}
