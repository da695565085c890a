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

/** The program's migrations in order. Throws if a file is misnamed or two have the same number. */
export function readMigrations(): Migration[] {
  const numbers = new Set<string>();
  return readdirSync(FOLDER)
    .sort()
    .map((name) => {
      const number = FORM.exec(name)?.[1];
      invariant(number !== undefined && !numbers.has(number), `misnumbered migration ${name}`);
      numbers.add(number);
      const bytes = readFileSync(new URL(name, FOLDER));
      return { name, hash: hashBytes(bytes), sql: bytes.toString('utf8') };
    });
}
