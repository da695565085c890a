import { expect, test } from 'vitest';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { assertNever, InvariantViolation, invariant } from '#shared/kernel/invariant.ts';
import { ok, refuse } from '#shared/kernel/result.ts';

test('an invariant that holds passes, and one that does not throws its message', () => {
  expect(() => invariant(1, 'not thrown')).not.toThrow();
  expect(() => invariant(0, 'broken')).toThrow(new InvariantViolation('broken'));
});

test('a branch that cannot be reached says what reached it', () => {
  expect(() => assertNever('surprise' as never)).toThrow('unexpected value: "surprise"');
});

test('damaged memory and a bug are told apart by name', () => {
  expect(new IntegrityFault('chain').name).toBe('IntegrityFault');
  expect(new InvariantViolation('bug').name).toBe('InvariantViolation');
});

test('a result is a value or a reason', () => {
  expect(ok(1)).toEqual({ ok: true, value: 1 });
  expect(refuse('no')).toEqual({ ok: false, failure: 'no' });
});
