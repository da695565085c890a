/**
 * Chromium cannot be taught a new scheme over the DevTools protocol, so `rsu://terminal/…` is an
 * https address that never leaves the browser. The host under test sees only its own addresses.
 */
const SUFFIX = '.electron-stand-in.test';

/** Every intercepted address, as a pattern. */
export const MAPPED_ADDRESSES = new RegExp(`^https://[^/]+${SUFFIX.replaceAll('.', '\\.')}/`);

/** The address that Chromium loads for one of the host's. Web addresses stay as they are. */
export function toChromium(url: string): string {
  const custom = /^(?!https?:|about:|data:|blob:|javascript:)([a-z]+):\/\/([^/]+)(.*)$/.exec(url);
  return custom === null ? url : `https://${custom[2]}.${custom[1]}${SUFFIX}${custom[3]}`;
}

/** The address that the host knows for one of Chromium's. */
export function toElectron(url: string): string {
  if (!MAPPED_ADDRESSES.test(url)) return url;
  const { hostname, pathname, search, hash } = new URL(url);
  const [host, scheme] = hostname.slice(0, -SUFFIX.length).split('.');
  return `${scheme}://${host}${pathname}${search}${hash}`;
}
