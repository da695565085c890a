import { describe, expect, it } from 'vitest';
import { withSourcePlaces } from '../../../scripts/build/source-places.ts';

const places = {
  root: '/clone',
  entries: ['src-main/workers/sync-worker.ts'],
  bundleFolder: 'dist/main',
};
const file = '/clone/src-main/terminal/start-terminal.ts';

describe('withSourcePlaces', () => {
  it("points at another entry's bundle", () => {
    const source = "new Worker(new URL('../workers/sync-worker.ts', import.meta.url))";
    expect(withSourcePlaces(source, file, places)).toBe(
      "new Worker(new URL('./sync-worker.js', import.meta['url']))",
    );
  });

  it('keeps the place of any other file', () => {
    const source = "new URL('../../migrations/terminal', import.meta.url)";
    expect(withSourcePlaces(source, file, places)).toBe(
      "new URL('../../migrations/terminal', new URL('../../src-main/terminal/start-terminal.ts', import.meta['url']).href)",
    );
  });

  it('keeps the folder of the source', () => {
    expect(withSourcePlaces('import.meta.dirname', file, places)).toBe(
      "(process.getBuiltinModule('node:path').join(import.meta['dirname'], '../../src-main/terminal'))",
    );
  });
});
