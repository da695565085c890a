import { describe, expect, it } from 'vitest';
import { readLaunchArguments } from '../../../scripts/launch/launch-arguments.ts';

describe('readLaunchArguments', () => {
  it('keeps the data in the clone unless told otherwise', () => {
    expect(readLaunchArguments([], '/clone')).toEqual({
      ok: true,
      value: { host: undefined, dataDirectory: '/clone/data' },
    });
    expect(readLaunchArguments(['--host', 'browser', '--data', '/srv/till'], '/clone')).toEqual({
      ok: true,
      value: { host: 'browser', dataDirectory: '/srv/till' },
    });
  });

  it.each([
    [['--host', 'netscape'], '--host is electron or browser, not netscape'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j in words', (argv, words) => {
    const refused = readLaunchArguments(argv, '/clone');
    expect(refused).toEqual({ ok: false, failure: expect.stringContaining(words) });
  });
});
