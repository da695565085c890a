/**
 * What a page of the till may load and do: its own files and nothing else.
 *
 * `socketOrigin` is the one other address it may connect to (`ws://127.0.0.1:PORT`), needed where
 * the screen speaks over a WebSocket.
 */
export function contentSecurityPolicy(socketOrigin?: string): string {
  const connectTo = socketOrigin === undefined ? "'self'" : `'self' ${socketOrigin}`;
  return [
    "default-src 'self'",
    `connect-src ${connectTo}`,
    "object-src 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * The headers of every answer of a host.
 *
 * Nothing is cached: after an update of the program the screen must never show an older one.
 */
export function securityHeaders(policy: string): Readonly<Record<string, string>> {
  return {
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
