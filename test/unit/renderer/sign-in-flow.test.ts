import { describe, expect, it } from 'vitest';
import { candidateOf } from '#renderer/stores/candidate-of.ts';
import {
  isPinLongEnough,
  moveSignIn,
  NOBODY,
  type SignInEvent,
  type SignInFlow,
  waitUntil,
} from '#renderer/stores/sign-in-flow.ts';
import { failure } from '#shared/contract/failures.ts';

const candidate = {
  identification: { method: 'number', number: '12' },
  label: 'number 12',
} as const;
const run = (events: readonly SignInEvent[], from: SignInFlow = NOBODY) =>
  events.reduce(moveSignIn, from);
const type = (pin: string): SignInEvent[] =>
  [...pin].map((digit) => ({ kind: 'digit-typed', digit }));
const named: SignInEvent = { kind: 'person-named', candidate };

describe('moveSignIn', () => {
  it('asks who, then for the PIN', () => {
    expect(run([named, ...type('2580'), { kind: 'digit-erased' }])).toEqual({
      step: 'pin',
      candidate,
      pin: '258',
      problem: null,
      isChecking: false,
    });
  });

  it('takes no digit while the PIN is checked, and forgets the PIN when it is wrong', () => {
    const checking = run([named, ...type('2580'), { kind: 'sent' }]);
    expect(run(type('9'), checking)).toEqual(checking);
    const problem = failure('sign-in.wrong');
    expect(run([{ kind: 'refused', failure: problem }], checking)).toEqual({
      step: 'pin',
      candidate,
      pin: '',
      problem,
      isChecking: false,
    });
  });

  it('asks for a new PIN twice where the first one must be changed', () => {
    const mustChange = run([
      named,
      ...type('1234'),
      { kind: 'sent' },
      { kind: 'refused', failure: failure('operator.must-change-pin') },
    ]);
    const again = run([...type('2580'), { kind: 'new-pin-typed' }], mustChange);
    expect(again).toMatchObject({ step: 'new-pin', oldPin: '1234', first: '2580', pin: '' });
    expect(run([...type('2580'), { kind: 'new-pin-typed' }], again)).toMatchObject({
      pin: '2580',
      isChecking: true,
    });
    expect(run([...type('2581'), { kind: 'new-pin-typed' }], again)).toMatchObject({
      first: null,
      pin: '',
      problem: 'not-the-same',
    });
  });

  it('starts again with both when the terminal refuses the new PIN', () => {
    const problem = failure('pin.too-weak', { cause: 'trivial' });
    const flow: SignInFlow = {
      step: 'new-pin',
      candidate,
      oldPin: '1234',
      pin: '1111',
      first: '1111',
      problem: null,
      isChecking: true,
    };
    expect(moveSignIn(flow, { kind: 'refused', failure: problem })).toEqual({
      ...flow,
      pin: '',
      first: null,
      problem,
      isChecking: false,
    });
  });

  it('forgets everything when somebody leaves', () => {
    expect(run([named, ...type('2580'), { kind: 'left' }])).toEqual(NOBODY);
  });
});

describe('isPinLongEnough', () => {
  it('wants four digits', () => {
    expect(['', '258', '2580'].map(isPinLongEnough)).toEqual([false, false, true]);
  });
});

describe('waitUntil', () => {
  it('knows until when a refusal asks to wait', () => {
    const until = '2026-11-22T03:13:00.000Z';
    expect(waitUntil(failure('sign-in.delayed', { until }))).toBe(until);
    expect(waitUntil(failure('sign-in.wrong', { until }))).toBeNull();
    expect(waitUntil('not-the-same')).toBeNull();
    expect(waitUntil(null)).toBeNull();
  });
});

describe('candidateOf', () => {
  it('tells a number from a badge', () => {
    expect(candidateOf('12')?.identification).toEqual({ method: 'number', number: '12' });
    expect(candidateOf('HAWKS-0042')?.identification).toEqual({
      method: 'badge',
      badge: 'HAWKS-0042',
    });
    expect(candidateOf('1234567')?.identification.method).toBe('badge');
    expect(candidateOf('')).toBeNull();
  });
});
