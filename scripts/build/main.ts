import path from 'node:path';
import { build } from './build.ts';

const PARTS = ['renderer', 'main'] as const;

const named = PARTS.filter((part) => process.argv.includes(part));
const root = path.join(import.meta.dirname, '../..');
await build(root, named.length > 0 ? named : PARTS, console.log);
