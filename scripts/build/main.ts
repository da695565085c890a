import path from 'node:path';
import { build } from './build.ts';

await build(path.join(import.meta.dirname, '../..'), ['renderer', 'main'], console.log);
