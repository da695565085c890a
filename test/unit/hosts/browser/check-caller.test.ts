import { describe, expect, test } from 'vitest';
import { checkHost, checkSocketCaller, readCookie } from '#main/hosts/browser/check-caller.ts';

const OWN = '127.0.0.1:4000';

describe('checkHost', () => {
  test.each([
    [OWN, true],
    ['localhost:4000', false],
    ['127.0.0.1', false],
    ['127.0.0.1:40000', false],
    ['127.0.0.1:4000.example', false],
    [' 127.0.0.1:4000', false],
    ['', false],
    [undefined, false],
  ])('%j: %s', (host, isAccepted) => {
    expect(checkHost({ host, origin: undefined }, OWN).ok).toBe(isAccepted);
  });
});

describe('checkSocketCaller', () => {
  test.each([
    [`http://${OWN}`, undefined],
    [`https://${OWN}`, 'origin.foreign'],
    [`http://${OWN}/`, 'origin.foreign'],
    [`http://${OWN}.example`, 'origin.foreign'],
    ['http://127.0.0.1:4001', 'origin.foreign'],
    ['http://localhost:4000', 'origin.foreign'],
    ['null', 'origin.foreign'],
    [undefined, 'origin.foreign'],
  ])('origin %j: %s', (origin, refusal) => {
    const checked = checkSocketCaller({ host: OWN, origin }, OWN);
    expect(checked.ok ? undefined : checked.failure).toBe(refusal);
  });

  test('looks at the host first', () => {
    const caller = { host: 'till.example:4000', origin: 'http://till.example:4000' };
    expect(checkSocketCaller(caller, OWN)).toEqual({ ok: false, failure: 'address.wrong' });
  });
});

describe('readCookie', () => {
  test.each([
    ['till=abc', 'abc'],
    ['other=1; till=abc; more=2', 'abc'],
    ['till=', ''],
    ['Till=abc', undefined],
    ['xtill=abc', undefined],
    ['till=abc; till=def', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j: %j', (header, value) => {
    expect(readCookie(header, 'till')).toBe(value);
  });
});
