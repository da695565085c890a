import { describe, expect, test } from 'vitest';
import { openBareTill, openSellingTill, type TestTill } from '#test/helpers/fakes/open-till.ts';
import { HOME_GAME, PACKAGES } from '#test/helpers/fakes/test-mirror.ts';

/** The code with which a tap on a package is refused; `undefined` if it is not. */
async function refusalOf(till: TestTill): Promise<string | undefined> {
  const filled = await till.fill(PACKAGES.one);
  return filled.ok ? undefined : filled.failure.code;
}

describe('only a till that is enrolled and enabled sells', () => {
  test('a fresh install is neither', async () => {
    using till = await openBareTill();
    expect(await refusalOf(till)).toBe('terminal.not-enrolled');
  });

  test('enabled at the central, but not enrolled here', async () => {
    using till = await openBareTill();
    await till.mirror();
    await till.contact({}, 'enabled');
    expect(till.rows().device()).toBeUndefined();
    expect(await refusalOf(till)).toBe('terminal.not-enrolled');
  });

  test('enrolled, but not enabled', async () => {
    using till = await openBareTill();
    await till.enrol();
    await till.mirror();
    await till.choose(HOME_GAME);
    expect(await refusalOf(till)).toBe('terminal.disabled');
  });

  test('enrolled and enabled, until it is disabled again', async () => {
    using till = await openSellingTill();
    expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
    await till.contact({}, 'disabled');
    expect(await refusalOf(till)).toBe('terminal.disabled');
  });
});
