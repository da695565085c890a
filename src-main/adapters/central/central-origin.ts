const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The one origin that a client of this central talks to (GLI-31 3.2.5a).
 *
 * `undefined` for what is no address, and for plain HTTP to anything but this computer, because
 * numbers and sales travel encrypted (GLI-31 6.1.2c).
 */
export function readCentralOrigin(centralUrl: string): URL | undefined {
  if (!URL.canParse(centralUrl)) return undefined;
  const { protocol, hostname, origin } = new URL(centralUrl);
  const isHere = LOOPBACK_HOSTS.includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere) ? new URL(origin) : undefined;
}
