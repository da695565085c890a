import { z } from 'zod';
import { fromBase64 } from '#shared/kernel/bytes.ts';
import { LARGEST_DRAW_NUMBER } from '#shared/kernel/draw-numbers.ts';
import { parseSha256, type Sha256 } from '#shared/kernel/hash.ts';
import { isUuid, type Uuid } from '#shared/kernel/ids.ts';
import { type Instant, parseInstant } from '#shared/kernel/instant.ts';
import type { JsonValue } from '#shared/kernel/json.ts';
import type { CurrencyCode, MinorUnits, Money } from '#shared/kernel/money.ts';

/** The schema of one entity's ids: a lower-case UUID. */
export function idSchema<Id extends Uuid>() {
  return z
    .string()
    .refine((text) => isUuid(text), 'must be a lower-case UUID') as unknown as z.ZodType<
    Id,
    string
  >;
}

/** An instant in its stored form. */
export const instantSchema = z
  .string()
  .refine(
    (text) => parseInstant(text) !== undefined,
    'must be YYYY-MM-DDTHH:mm:ss.sssZ',
  ) as unknown as z.ZodType<Instant, string>;

/** An instant that a person may mean, from 1970 to 2999: databases do not know the year 0. */
export const calendarInstantSchema = instantSchema.refine(
  (instant) => instant >= '1970' && instant < '3000',
  'must be between 1970 and 2999',
);

/** A SHA-256 digest in lower-case hexadecimal. */
export const sha256Schema = z
  .string()
  .refine(
    (text) => parseSha256(text) !== undefined,
    'must be 64 lower-case hexadecimal digits',
  ) as unknown as z.ZodType<Sha256, string>;

/** A three-letter currency code. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/) as unknown as z.ZodType<
  CurrencyCode,
  string
>;

/** A time zone by its IANA name, such as `America/Vancouver`: one that this computer knows. */
export const timeZoneSchema = textSchema(64).refine(isTimeZone, 'must be an IANA time zone');

function isTimeZone(name: string): boolean {
  try {
    return /^[A-Z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** A whole number of minor units; negative only where a field says so. */
export const minorUnitsSchema = z
  .int()
  .min(-(2 ** 51))
  .max(2 ** 51) as unknown as z.ZodType<MinorUnits, number>;

/** An amount of zero or more. */
export const moneySchema = z
  .strictObject({ minor: minorUnitsSchema, currency: currencySchema })
  .refine((amount) => amount.minor >= 0, 'must not be negative') as unknown as z.ZodType<
  Money,
  Money
>;

/**
 * Text that every store in the product can hold: no NUL (PostgreSQL refuses it in JSONB) and no
 * half of a surrogate pair (it has no UTF-8 form).
 */
export function textSchema(maximumLength: number) {
  return z
    .string()
    .max(maximumLength)
    .refine((text) => !text.includes('\u0000'), 'must not contain NUL')
    .refine((text) => text.isWellFormed(), 'must be well-formed Unicode');
}

/** Bytes as canonical Base64. `exactLength` in bytes, if given, is demanded. */
export function base64Schema(exactLength?: number) {
  return z.string().refine((text) => {
    const bytes = fromBase64(text);
    return bytes !== undefined && (exactLength === undefined || bytes.length === exactLength);
  }, 'must be canonical Base64');
}

/** Numbers or indices from `from` up to, but not including, `to`; at least one. */
export const numberRangeSchema = z
  .strictObject({
    from: z.int().min(0).max(LARGEST_DRAW_NUMBER),
    to: z
      .int()
      .min(0)
      .max(LARGEST_DRAW_NUMBER + 1),
  })
  .refine((range) => range.from < range.to, 'must hold at least one number');

/** Anything that JSON can hold. */
export const jsonValueSchema: z.ZodType<JsonValue> = z.json() as z.ZodType<JsonValue>;
