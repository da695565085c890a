/** The scheme that only this program serves, so that no web page can share the till's origin. */
export const TERMINAL_SCHEME = 'rsu';

/** The till's one page. */
export const TERMINAL_URL = `${TERMINAL_SCHEME}://terminal/`;

/** Whether an address belongs to the till's own origin. */
export function isTerminalAddress(url: string): boolean {
  const address = URL.parse(url);
  return address?.protocol === `${TERMINAL_SCHEME}:` && address.host === 'terminal';
}
