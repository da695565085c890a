import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveAsset } from '#main/hosts/shared/resolve-asset.ts';

describe('resolveAsset', () => {
  test.each([
    ['/', ['index.html'], 'text/html; charset=utf-8'],
    ['/index.html', ['index.html'], 'text/html; charset=utf-8'],
    ['/assets/index-B3x_9.js', ['assets', 'index-B3x_9.js'], 'text/javascript; charset=utf-8'],
    ['/assets/index-B3x_9.css', ['assets', 'index-B3x_9.css'], 'text/css; charset=utf-8'],
    ['/assets/inter.woff2', ['assets', 'inter.woff2'], 'font/woff2'],
    ['/icon.svg', ['icon.svg'], 'image/svg+xml'],
  ])('%s is a file of the renderer', (pathname, segments, contentType) => {
    expect(resolveAsset(pathname)).toEqual({ ok: true, value: { segments, contentType } });
  });

  test.each([
    '',
    'index.html',
    '//index.html',
    '/assets/',
    '/..',
    '/../index.html',
    '/assets/../../secret.js',
    '/./index.html',
    '/%2e%2e/index.html',
    '/..%2findex.html',
    '/..\\index.html',
    'C:\\index.html',
    '/C:/index.html',
    '/index.html\0.js',
    '/.env.js',
    '/assets/.hidden/a.js',
    '/index',
    '/server.ts',
    '/data.db',
    '/index.js.map',
    '/a.constructor',
    '/a.__proto__',
    '/página.html',
  ])('%j is refused', (pathname) => {
    expect(resolveAsset(pathname)).toEqual({ ok: false, failure: 'asset.unknown' });
  });

  test('never leaves the folder of the renderer, whatever the path', () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', '%2e', '%2f', 'a', '.js', '\0', ':', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const asset = resolveAsset(`/${pieces.join('')}`);
        if (!asset.ok) return;
        for (const segment of asset.value.segments) {
          expect(segment).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/);
        }
      }),
    );
  });
});
