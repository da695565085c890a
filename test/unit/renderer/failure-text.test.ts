import { describe, expect, it } from 'vitest';
import { failureText } from '#renderer/text/failure-text.ts';
import { LINK_LOST } from '#renderer/transport/screen-failure.ts';
import { FAILURE_CODES, failure } from '#shared/contract/failures.ts';

const setting = { timeZone: 'America/Phoenix' };

describe('failureText', () => {
  it.each(FAILURE_CODES)('says what happened, why and what to do about %s', (code) => {
    const { what, why, action } = failureText(failure(code), setting);
    for (const words of [what, why, action]) {
      expect(words).toMatch(/^[A-Z]/);
      expect(words).not.toContain(code);
      expect(words).not.toMatch(/undefined|null|NaN|\w+\.\w+-\w+/);
    }
    expect(what).not.toMatch(/\.$/);
    expect(why).toMatch(/[.!]$/);
    expect(action).toMatch(/[.!]$/);
  });

  it('words a lost link', () => {
    expect(failureText(LINK_LOST, setting).what).toBe('Till stopped');
  });

  it('tells times in the venue’s time zone', () => {
    const delayed = failure('sign-in.delayed', { until: '2026-11-22T03:13:00.000Z' });
    expect(failureText(delayed, setting).why).toBe('You can try again at 20:13.');
  });

  it('tells how much is missing', () => {
    const tooLittle = failure('payment.too-little', { missingMinor: 1050, currency: 'CAD' });
    expect(failureText(tooLittle, setting).why).toBe('$10.50 is missing.');
  });

  it('does without facts that it does not get', () => {
    expect(failureText(failure('payment.too-little'), setting).why).toBe(
      'It does not cover the total.',
    );
    expect(failureText(failure('raffle-event.not-open-yet'), setting).why).toBe('They open later.');
  });

  it.each([
    ['short', 'Your PIN needs at least 6 digits.'],
    ['unchanged', 'It is the same as before.'],
    ['trivial', 'It is too easy to guess.'],
  ])('says why a PIN is too weak: %s', (cause, why) => {
    expect(failureText(failure('pin.too-weak', { cause, fewestDigits: 6 }), setting).why).toBe(why);
  });
});
