import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'esbuild';

/** Where sources and bundles lie; paths inside are relative to `root`. */
interface Places {
  readonly root: string;
  /** The sources that become bundles of their own, such as workers. */
  readonly entries: readonly string[];
  readonly bundleFolder: string;
}

/**
 * Lets bundled code find its files as it does unbundled: `import.meta.url` and `import.meta.dirname`
 * keep meaning the source's own place, counted from the bundle, and a URL that names another entry
 * means that entry's bundle.
 */
export function sourcePlaces(places: Places): Plugin {
  return {
    name: 'source-places',
    setup: (build) => {
      build.onLoad({ filter: /[\\/]src-(main|shared)[\\/].*\.ts$/ }, async ({ path: file }) => ({
        contents: withSourcePlaces(await readFile(file, 'utf8'), file, places),
        loader: 'ts',
      }));
    },
  };
}

/** The source text of `file` with every mention of its own place rewritten for the bundle. */
export function withSourcePlaces(source: string, file: string, places: Places): string {
  const { root, entries, bundleFolder } = places;
  const own = posix(path.relative(path.join(root, bundleFolder), file));
  return source
    .replaceAll(
      /new URL\(\s*'([^']+)',\s*import\.meta\.url\s*,?\s*\)/g,
      (whole, target: string) => {
        const named = posix(path.relative(root, path.join(path.dirname(file), target)));
        return entries.includes(named)
          ? `new URL('./${path.basename(named, '.ts')}.js', import.meta['url'])`
          : whole;
      },
    )
    .replaceAll('import.meta.url', `new URL('${own}', import.meta['url']).href`)
    .replaceAll(
      'import.meta.dirname',
      `(process.getBuiltinModule('node:path').join(import.meta['dirname'], '${path.posix.dirname(own)}'))`,
    );
}

function posix(file: string): string {
  return file.split(path.sep).join('/');
}
