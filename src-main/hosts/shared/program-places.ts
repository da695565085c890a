import { join } from 'node:path';

/** The folder of the whole program, with `package.json`, `migrations` and `dist`. */
export const PROGRAM_DIRECTORY = join(import.meta.dirname, '..', '..', '..');

/** Where the build puts the renderer. */
export const BUILT_RENDERER = join(PROGRAM_DIRECTORY, 'dist', 'renderer');

/** Where the build puts the preload. */
export const BUILT_PRELOAD = join(PROGRAM_DIRECTORY, 'dist', 'main', 'preload.cjs');
