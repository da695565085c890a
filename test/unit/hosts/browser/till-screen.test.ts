import { describe, expect, test } from 'vitest';
import { createTillScreen } from '#main/hosts/browser/till-screen.ts';

const PATIENCE_MS = 20;

describe('the till screen', () => {
  test('is opened by nobody without a session', async () => {
    const screen = createTillScreen(PATIENCE_MS);
    expect([screen.standing(undefined), screen.standing('guess')]).toEqual(['unknown', 'unknown']);
    expect(await screen.claim('guess')).toEqual({ ok: false, failure: 'session.unknown' });
  });

  test('belongs to one window of its session', async () => {
    const screen = createTillScreen(PATIENCE_MS);
    const session = screen.begin();
    const first = await screen.claim(session);
    const second = await screen.claim(session);
    expect([first.ok, second]).toEqual([true, { ok: false, failure: 'screen.already-open' }]);
  });

  test('passes to a waiting window when the first lets go, and to one only', async () => {
    const screen = createTillScreen(PATIENCE_MS);
    const session = screen.begin();
    const first = await screen.claim(session);
    const waiting = Promise.all([screen.claim(session), screen.claim(session)]);
    if (first.ok) first.value.release();
    expect((await waiting).map((claim) => claim.ok || claim.failure)).toEqual([
      true,
      'screen.already-open',
    ]);
  });

  test('passes to a fresh session at once, and tells the window that had it', async () => {
    const screen = createTillScreen(PATIENCE_MS);
    const old = screen.begin();
    const first = await screen.claim(old);
    let replaced = 0;
    if (first.ok) {
      first.value.onReplaced(() => {
        replaced += 1;
      });
    }
    const fresh = screen.begin();
    const second = await screen.claim(fresh);
    if (first.ok) first.value.release();
    const third = await screen.claim(fresh);
    expect({
      replaced,
      standing: [screen.standing(old), screen.standing(fresh)],
      old: await screen.claim(old),
      second: second.ok,
      third,
    }).toEqual({
      replaced: 1,
      standing: ['replaced', 'current'],
      old: { ok: false, failure: 'screen.replaced' },
      second: true,
      third: { ok: false, failure: 'screen.already-open' },
    });
  });

  test('does not pass to a window whose session ended while it waited', async () => {
    const screen = createTillScreen(1_000);
    const old = screen.begin();
    await screen.claim(old);
    const waiting = screen.claim(old);
    screen.begin();
    expect(await waiting).toEqual({ ok: false, failure: 'screen.replaced' });
  });
});
