import { describe, expect, test } from 'vitest';
import { createLaunchTokens } from '#main/hosts/browser/launch-tokens.ts';

describe('launch tokens', () => {
  test('open once, at any time before they are too old', () => {
    let nowMs = 100;
    const tokens = createLaunchTokens(() => nowMs);
    const [early, late, tooLate] = [1, 2, 3].map(() => tokens.issue('till', 60_000));
    const first = tokens.redeem(early ?? '');
    nowMs = 60_099;
    const last = tokens.redeem(late ?? '');
    nowMs = 60_100;
    expect([first, last, tokens.redeem(tooLate ?? ''), tokens.redeem(early ?? '')]).toEqual([
      { ok: true, value: 'till' },
      { ok: true, value: 'till' },
      { ok: false, failure: 'link.expired' },
      { ok: false, failure: 'link.used' },
    ]);
  });

  test.each(['', 'guess', 'A'.repeat(43), 'é'.repeat(5_000)])('%j opens nothing', (token) => {
    const tokens = createLaunchTokens(() => 0);
    tokens.issue('till', 60_000);
    expect(tokens.redeem(token)).toEqual({ ok: false, failure: 'link.unknown' });
  });

  test('are 32 bytes that never repeat', () => {
    const tokens = createLaunchTokens(() => 0);
    const issued = Array.from({ length: 500 }, () => tokens.issue('till', 1));
    expect(new Set(issued).size).toBe(500);
    expect(issued.map((token) => Buffer.from(token, 'base64url').length)).toEqual(
      issued.map(() => 32),
    );
  });
});
