import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  base64Schema,
  currencySchema,
  idSchema,
  instantSchema,
  minorUnitsSchema,
  moneySchema,
  numberRangeSchema,
  sha256Schema,
  textSchema,
} from '#shared/contract/values.ts';

const uuid = '01900000-0000-7000-8000-00000000abcd';
const hash = '0f'.repeat(32);

describe('value schemas', () => {
  it.each<[string, z.ZodType, unknown[], unknown[]]>([
    ['an id', idSchema(), [uuid], [uuid.toUpperCase(), `${uuid} `, '', 7, null]],
    [
      'an instant',
      instantSchema,
      ['2026-02-28T23:59:59.999Z', '2024-02-29T00:00:00.000Z'],
      ['2026-02-29T00:00:00.000Z', '2026-02-28T24:00:00.000Z', '2026-02-28T23:59:59Z', 1e12],
    ],
    ['a digest', sha256Schema, [hash], [hash.toUpperCase(), hash.slice(1), `${hash}0`]],
    ['a currency', currencySchema, ['CAD'], ['cad', 'CA', 'CADX', '$']],
    ['minor units', minorUnitsSchema, [0, -5, 2 ** 51], [0.5, 2 ** 51 + 1, Number.NaN, '5']],
    [
      'money',
      moneySchema,
      [{ minor: 500, currency: 'CAD' }],
      [{ minor: -1, currency: 'CAD' }, { minor: 500 }, { minor: 500, currency: 'CAD', cents: 0 }],
    ],
    ['text', textSchema(5), ['', 'Zoë', '😀😀'], ['a\u0000', '\ud800', '\udc00a', 'sixsix']],
    ['bytes', base64Schema(), ['', 'AA==', 'AAA='], ['AA', 'AB==', 'A A=', 'a!==']],
    ['two bytes', base64Schema(2), ['AAA='], ['AA==', 'AAAA']],
    [
      'a range',
      numberRangeSchema,
      [
        { from: 0, to: 1 },
        { from: 2_147_483_647, to: 2_147_483_648 },
      ],
      [
        { from: 1, to: 1 },
        { from: 2, to: 1 },
        { from: -1, to: 1 },
        { from: 0, to: 2_147_483_649 },
      ],
    ],
  ])('%s', (_, schema, good, bad) => {
    expect({
      refusedThoughGood: good.filter((value) => !schema.safeParse(value).success),
      takenThoughBad: bad.filter((value) => schema.safeParse(value).success),
    }).toStrictEqual({ refusedThoughGood: [], takenThoughBad: [] });
  });
});
