import { ok, type Result, refuse } from '#shared/kernel/result.ts';

/** Where the data is: in a folder with a database of our own, or in somebody's PostgreSQL. */
export type CentralStore =
  | { readonly kind: 'embedded'; readonly dataDirectory: string }
  | { readonly kind: 'external'; readonly databaseUrl: string };

/** The part of a command line that says where the data is. */
export interface StoreValues {
  readonly data?: string | undefined;
  readonly 'database-url'?: string | undefined;
}

/** Reads where the data is. Refuses both places, none, and what is no place. */
export function readStore({
  data,
  'database-url': databaseUrl,
}: StoreValues): Result<CentralStore, string> {
  if ((data === undefined) === (databaseUrl === undefined)) {
    return refuse('give either --data or --database-url');
  }
  if (data !== undefined) {
    return data === ''
      ? refuse('--data must name a folder')
      : ok({ kind: 'embedded', dataDirectory: data });
  }
  return databaseUrl !== undefined && isPostgresUrl(databaseUrl)
    ? ok({ kind: 'external', databaseUrl })
    : refuse('--database-url must begin with postgresql://');
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? '');
}
