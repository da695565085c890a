import { ok, type Result, refuse } from '#shared/kernel/result.ts';

/** A file of the renderer build, named from the root of that build. */
export interface Asset {
  readonly segments: readonly string[];
  readonly contentType: string;
}

/** The kinds of file that a renderer build holds. A file of any other kind is never served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  webp: 'image/webp',
  woff2: 'font/woff2',
};

/** Starts with a letter, digit, dash or underscore, so neither `..` nor a hidden file is a name. */
const PLAIN_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/**
 * Which file of the renderer build a URL path means; `/` means `index.html`.
 *
 * Refuses (`asset.unknown`) whatever is not a plain path to a known kind of file: empty, dotted or
 * encoded segments, backslashes, hidden files. Nothing is decoded, so nothing can be smuggled in.
 */
export function resolveAsset(pathname: string): Result<Asset, 'asset.unknown'> {
  if (!pathname.startsWith('/')) return refuse('asset.unknown');
  const segments = pathname === '/' ? ['index.html'] : pathname.slice(1).split('/');
  if (!segments.every((segment) => PLAIN_NAME.test(segment))) return refuse('asset.unknown');
  const contentType = contentTypeOf(segments.at(-1) ?? '');
  return contentType === undefined ? refuse('asset.unknown') : ok({ segments, contentType });
}

function contentTypeOf(fileName: string): string | undefined {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1);
  return Object.hasOwn(CONTENT_TYPES, extension) ? CONTENT_TYPES[extension] : undefined;
}
