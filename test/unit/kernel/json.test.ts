import { expect, test } from 'vitest';
import { canonicalJson } from '#shared/kernel/json.ts';

test('the order in which an object was made does not show', () => {
  const one = { b: [1, { d: null, c: 'x' }], a: true };
  const other = { a: true, b: [1, { c: 'x', d: null }] };
  expect(canonicalJson(one)).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
  expect(canonicalJson(other)).toBe(canonicalJson(one));
});

test('the order of a list does show', () => {
  expect(canonicalJson([2, 1])).toBe('[2,1]');
});

test('keys are in code-unit order', () => {
  expect(canonicalJson({ é: 1, z: 2, Z: 3, '10': 4, '9': 5 })).toBe(
    '{"9":5,"10":4,"Z":3,"z":2,"é":1}',
  );
});

test.each([null, true, 0.5, 'text', [], {}])('%j stands for itself', (value) => {
  expect(canonicalJson(value)).toBe(JSON.stringify(value));
});
