import path from 'node:path';
import type { BuildPart } from './build-part.ts';

/** The screen, as `vite.config.ts` says. */
export function rendererPart(root: string): BuildPart {
  return {
    name: 'renderer',
    inputs: ['src-renderer', 'src-shared', 'vite.config.ts', 'package.json', 'package-lock.json'],
    buildInto: async (folder) => {
      // Loaded only now: a start that builds nothing should not wait for it.
      const { build } = await import('vite');
      await build({
        configFile: path.join(root, 'vite.config.ts'),
        logLevel: 'warn',
        build: { outDir: folder },
      });
    },
  };
}
