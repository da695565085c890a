import { ok, type Result, refuse } from '#shared/kernel/result.ts';

/** What a request says about where it comes from. */
export interface Caller {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/**
 * Whether a request was addressed to this till by its one exact name.
 *
 * A page of another site that made its own name point here (DNS rebinding) is told by its `Host`.
 */
export function checkHost(caller: Caller, ownHost: string): Result<undefined, 'address.wrong'> {
  return caller.host === ownHost ? ok(undefined) : refuse('address.wrong');
}

/**
 * Whether a socket is opened by this till's own page. Browsers let every page open a socket to any
 * address and send its cookies along; only `Origin`, which a page cannot choose, tells them apart.
 */
export function checkSocketCaller(
  caller: Caller,
  ownHost: string,
): Result<undefined, 'address.wrong' | 'origin.foreign'> {
  const host = checkHost(caller, ownHost);
  if (!host.ok) return host;
  return caller.origin === `http://${ownHost}` ? ok(undefined) : refuse('origin.foreign');
}

/** The value of one cookie of a `Cookie` header; `undefined` if it is not there exactly once. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}
