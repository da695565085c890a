import path from 'node:path';
import { build as packageApplication } from 'electron-builder';
import { build } from './build.ts';
import { MAIN_MODULE, writeProgramManifest } from './program-manifest.ts';

const root = path.join(import.meta.dirname, '../..');

await build(root, ['renderer', 'main'], console.log);
writeProgramManifest(root);
await packageApplication({
  projectDir: root,
  publish: 'never',
  config: { extraMetadata: { main: MAIN_MODULE } },
});
