import { readdirSync, readFileSync } from 'node:fs';
import { hashBytes, type Sha256 } from '#shared/kernel/hash.ts';
import { invariant } from '#shared/kernel/invariant.ts';

/** One step of the schema, from a file of `migrations/central`. */
export interface Migration {
  readonly name: string;
  readonly hash: Sha256;
  readonly sql: string;
}

const FOLDER = new URL('../../migrations/central/', import.meta.url);
const FORM = /^(\d{4})_[a-z0-9_]+\.sql$/;

/** The program's migrations in order. Throws if a file is misnamed or a number is missing. */
export function readMigrations(): Migration[] {
  return readdirSync(FOLDER)
    .sort()
    .map((name, index) => {
      invariant(Number(FORM.exec(name)?.[1]) === index + 1, `misnumbered migration ${name}`);
      const bytes = readFileSync(new URL(name, FOLDER));
      return { name, hash: hashBytes(bytes), sql: bytes.toString('utf8') };
    });
}
