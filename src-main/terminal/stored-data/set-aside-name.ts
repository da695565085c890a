import type { DataFiles } from './data-files.ts';

/** A name beside `path`, with the same `end`, that tells `time`. One that is taken is never used again. */
export function asideNameOf(
  path: string,
  time: string,
  { exists }: Pick<DataFiles, 'exists'>,
  end = '',
): string {
  const base = `${path}.set-aside-${time.replaceAll(':', '-')}`;
  let name = `${base}${end}`;
  for (let n = 2; exists(name); n += 1) name = `${base}-${n}${end}`;
  return name;
}
