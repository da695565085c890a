import fc from 'fast-check';

/** The part of JSON Schema that the API's document uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

/** What strings that the document only calls strings may be, by the name of their field. */
export type Texts = (name: string) => fc.Arbitrary<string> | undefined;

const DEEPEST = 8;
const MOST_ITEMS = 3;
const LONGEST_TEXT = 60;

/** Values that fit a schema, as far as the schema says what fits. */
export function fittingValues(
  schema: JsonSchema,
  named: Readonly<Record<string, JsonSchema>>,
  texts: Texts,
): fc.Arbitrary<unknown> {
  return valuesOf(schema, '', 0);

  function valuesOf(part: JsonSchema, name: string, depth: number): fc.Arbitrary<unknown> {
    if (depth > DEEPEST) return fc.constant(null);
    if (part.$ref !== undefined) {
      return valuesOf(named[part.$ref.split('/').at(-1) ?? ''] ?? {}, name, depth + 1);
    }
    if ('const' in part) return fc.constant(part.const);
    if (part.enum !== undefined) return fc.constantFrom(...part.enum);
    const choices = part.anyOf ?? part.oneOf;
    if (choices !== undefined) {
      return fc.oneof(...choices.map((choice) => valuesOf(choice, name, depth + 1)));
    }
    if (part.allOf !== undefined) {
      return fc
        .tuple(...part.allOf.map((each) => valuesOf(each, name, depth + 1)))
        .map((values) => Object.assign({}, ...values) as unknown);
    }
    const types = typeof part.type === 'string' ? [part.type] : (part.type ?? ['unknown']);
    return fc.oneof(...types.map((type) => valuesOfType(type, part, name, depth)));
  }

  function valuesOfType(
    type: string,
    part: JsonSchema,
    name: string,
    depth: number,
  ): fc.Arbitrary<unknown> {
    switch (type) {
      case 'object':
        return objects(part, depth);
      case 'array':
        return fc.array(valuesOf(part.items ?? {}, name.replace(/s$/, ''), depth + 1), {
          minLength: part.minItems ?? 0,
          maxLength: Math.max(
            part.minItems ?? 0,
            Math.min(part.maxItems ?? MOST_ITEMS, MOST_ITEMS),
          ),
        });
      case 'string':
        return textsOf(part, name);
      case 'integer':
        return fc.integer(bounds(part));
      case 'number':
        return fc.oneof(fc.integer(bounds(part)), fc.double({ noNaN: true, min: 0, max: 100 }));
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  }

  function objects({ properties = {}, required = [] }: JsonSchema, depth: number) {
    return fc.record(
      Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, valuesOf(value, key, depth + 1)]),
      ),
      { requiredKeys: [...required], noNullPrototype: true },
    );
  }

  function textsOf(part: JsonSchema, name: string): fc.Arbitrary<string> {
    if (part.pattern !== undefined) return matching(part.pattern);
    const lengths = {
      minLength: part.minLength ?? 0,
      maxLength: Math.max(
        part.minLength ?? 0,
        Math.min(part.maxLength ?? LONGEST_TEXT, LONGEST_TEXT),
      ),
    };
    return texts(name) ?? fc.string({ ...lengths, unit: 'grapheme' });
  }
}

/** Text of a pattern. What it looks ahead for is left to chance, because the library cannot. */
function matching(pattern: string): fc.Arbitrary<string> {
  const whole = new RegExp(pattern);
  return fc
    .stringMatching(new RegExp(pattern.replaceAll(/\(\?[=!][^)]*\)/g, '')))
    .filter((text) => whole.test(text));
}

function bounds(part: JsonSchema): { readonly min: number; readonly max: number } {
  const min = Math.max(part.minimum ?? part.exclusiveMinimum ?? 0, -(2 ** 31));
  return { min, max: Math.max(min, Math.min(part.maximum ?? min + 10_000, 2 ** 31 - 1)) };
}

/** What nobody sends who means well. */
const JUNK: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  2 ** 53,
  1e308,
  '',
  ' ',
  '\u0000',
  '\ud800',
  "'; DROP TABLE orders; --",
  '9'.repeat(400),
  '\u202e\ufeff𝒳'.repeat(40),
  '2026-02-30T25:61:61.000Z',
  '+275760-09-13T00:00:00.001Z',
  [],
  {},
  [[[[[[]]]]]],
  Array.from({ length: 300 }, () => 'x'),
  JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":1}}'),
];

/** The same values with one place of each spoilt: replaced by junk, left out, or joined by a stranger. */
export function spoiltValues(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(values, fc.nat(), fc.constantFrom(...JUNK), fc.constantFrom('replace', 'remove', 'add'))
    .map(([value, place, junk, how]) => {
      const copy = structuredClone(value);
      const places = placesIn(copy);
      const target = places[place % Math.max(1, places.length)];
      if (target === undefined) return junk;
      const holder = target.holder as Record<string, unknown>;
      if (how === 'remove') delete holder[target.key];
      else holder[how === 'add' ? 'stranger' : target.key] = junk;
      return copy;
    });
}

function placesIn(value: unknown): { readonly holder: object; readonly key: string }[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, part]) => [
    { holder: value, key },
    ...placesIn(part),
  ]);
}
