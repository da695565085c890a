import { globSync } from 'node:fs';
import type { BuildOptions } from 'esbuild';
import type { BuildPart } from './build-part.ts';
import { sourcePlaces } from './source-places.ts';

const MAIN = 'src-main/hosts/electron/main.ts';
const PRELOAD = 'src-main/hosts/electron/preload.ts';
const WORKERS = 'src-main/workers/*-worker.ts';

/**
 * What Electron runs: `main.js` and one file per worker thread beside it, and `preload.cjs`, which
 * has to be CommonJS because a sandboxed preload cannot be a module. Packages stay in node_modules.
 */
export function mainProcessPart(root: string): BuildPart {
  return {
    name: 'main',
    inputs: ['src-main', 'src-shared', 'scripts/build', 'package.json', 'package-lock.json'],
    buildInto: async (folder) => {
      // Loaded only now: a start that builds nothing should not wait for it.
      const { build } = await import('esbuild');
      const shared: BuildOptions = {
        absWorkingDir: root,
        outdir: folder,
        entryNames: '[name]',
        bundle: true,
        platform: 'node',
        target: 'node24',
        sourcemap: 'linked',
        logLevel: 'warning',
      };
      const modules = [MAIN, ...globSync(WORKERS, { cwd: root })];
      await build({
        ...shared,
        entryPoints: modules,
        format: 'esm',
        packages: 'external',
        plugins: [sourcePlaces({ root, entries: modules, bundleFolder: 'dist/main' })],
      });
      await build({
        ...shared,
        entryPoints: [PRELOAD],
        format: 'cjs',
        outExtension: { '.js': '.cjs' },
        external: ['electron'],
      });
    },
  };
}
