import path from 'node:path';
import { build as packageApplication } from 'electron-builder';
import { build } from './build.ts';

const root = path.join(import.meta.dirname, '../..');

await build(root, ['renderer', 'main'], console.log);
await packageApplication({ projectDir: root, publish: 'never' });
