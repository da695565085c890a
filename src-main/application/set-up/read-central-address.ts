const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The central's origin as a person typed it; `undefined` if it is no address, or one over which
 * secrets would travel in the clear: only a central on this computer may go without TLS.
 */
export function readCentralAddress(typed: string): string | undefined {
  const trimmed = typed.trim();
  const text = trimmed.includes('://') ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, origin, username, password } = new URL(text);
  if (username !== '' || password !== '') return undefined;
  const isEncrypted = protocol === 'https:';
  const isHere = protocol === 'http:' && LOOPBACK_HOSTS.includes(hostname);
  return isEncrypted || isHere ? origin : undefined;
}
