import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createValidationNumberMaker,
  formatValidationNumber,
  isWellFormedValidationNumber,
  parseTypedValidationNumber,
} from '#shared/domain/validation-number.ts';
import { countDistinctNumbers } from '#test/helpers/validation-numbers/count-distinct-numbers.ts';

const block = fc.record({
  prefix: fc.stringMatching(/^\d{8}$/),
  key: fc.uint8Array({ minLength: 32, maxLength: 32 }),
});
const sequence = fc.integer({ min: 1, max: 99_999_999 });
const validationNumber = fc
  .tuple(block, sequence)
  .map(([source, at]) => createValidationNumberMaker(source).make(at));

test('a number carries its prefix, is well formed, and leads back to its sequence', () => {
  fc.assert(
    fc.property(block, sequence, (source, at) => {
      const maker = createValidationNumberMaker(source);
      const number = maker.make(at);
      expect(number.startsWith(source.prefix)).toBe(true);
      expect(parseTypedValidationNumber(formatValidationNumber(number))).toBe(number);
      expect(maker.sequenceOf(number)).toBe(at);
    }),
  );
});

test('no single wrong digit and no swap of neighbours goes unnoticed', () => {
  fc.assert(
    fc.property(validationNumber, (number) => {
      for (let place = 0; place < 18; place += 1) {
        const before = number.slice(0, place);
        for (let step = 1; step < 10; step += 1) {
          const digit = (Number(number[place]) + step) % 10;
          expect(isWellFormedValidationNumber(before + digit + number.slice(place + 1))).toBe(
            false,
          );
        }
        const [first, second] = [number[place], number[place + 1]];
        if (second === undefined || first === second) continue;
        const swapped = `${before}${second}${first}${number.slice(place + 2)}`;
        expect(isWellFormedValidationNumber(swapped)).toBe(false);
      }
    }),
    { numRuns: 50 },
  );
});

// A million of them are in test/full-size. Chance alone would give about twelve pairs among these.
test('fifty thousand numbers of one block have no duplicate', async () => {
  expect(await countDistinctNumbers(50_000)).toBe(50_000);
});

test('numbers of neighbouring sequences say nothing of each other', () => {
  fc.assert(
    fc.property(block, fc.integer({ min: 1, max: 99_999_000 }), (source, first) => {
      const maker = createValidationNumberMaker(source);
      const cores = Array.from({ length: 20 }, (_, offset) =>
        Number(maker.make(first + offset).slice(8, 16)),
      );
      const steps = cores.slice(1).map((core, place) => core - (cores[place] ?? 0));
      expect(new Set(steps).size).toBeGreaterThan(15);
      expect(steps.some((step) => step < 0)).toBe(true);
      expect(steps.some((step) => step > 0)).toBe(true);
    }),
    { numRuns: 30 },
  );
});
