import { and, eq } from 'drizzle-orm';
import type { SecretKind, SecretVault } from '../secrets/secret-vault.ts';
import type { Queryable } from './database.ts';
import { serverSecrets } from './schema/numbers.ts';

/** Keeps a new secret. A secret that exists already is left alone. */
export async function keepSecret(
  database: Queryable,
  vault: SecretVault,
  kind: SecretKind,
  subjectId: string,
  secret: Uint8Array,
): Promise<void> {
  await database
    .insert(serverSecrets)
    .values({ kind, subjectId, sealed: vault.seal(kind, subjectId, secret) })
    .onConflictDoNothing();
}

/** Reads a kept secret; `undefined` if there is none. */
export async function readSecret(
  database: Queryable,
  vault: SecretVault,
  kind: SecretKind,
  subjectId: string,
): Promise<Uint8Array | undefined> {
  const [row] = await database
    .select({ sealed: serverSecrets.sealed })
    .from(serverSecrets)
    .where(and(eq(serverSecrets.kind, kind), eq(serverSecrets.subjectId, subjectId)));
  return row === undefined ? undefined : vault.open(kind, subjectId, row.sealed);
}
