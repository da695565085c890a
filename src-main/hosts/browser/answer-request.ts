import type { IncomingMessage } from 'node:http';
import { readAsset } from '#main/hosts/shared/read-asset.ts';
import { contentSecurityPolicy, securityHeaders } from '#main/hosts/shared/security-headers.ts';
import { checkHost, readCookie } from './check-caller.ts';
import type { LaunchTokens } from './launch-tokens.ts';
import { type PageRefusal, refusalPage } from './refusal-page.ts';
import type { TillScreen } from './till-screen.ts';

/** An answer to one HTTP request, before it is written. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** What the browser host needs to answer a request. */
export interface RequestContext {
  readonly ownHost: string;
  readonly cookieName: string;
  readonly rendererDirectory: string;
  readonly tokens: LaunchTokens;
  readonly screen: TillScreen;
}

/**
 * Answers one HTTP request: the entry link, or a file of the renderer for the window that was let in.
 *
 * Everything else is refused with a page in words. There is no cross-origin access to anything.
 */
export async function answerRequest(
  request: IncomingMessage,
  context: RequestContext,
): Promise<HttpAnswer> {
  const host = checkHost(
    { host: request.headers.host, origin: request.headers.origin },
    context.ownHost,
  );
  if (!host.ok) return refusal(host.failure);
  if (request.method !== 'GET') return refusal('method.not-allowed');
  const address = URL.parse(`http://${context.ownHost}${request.url ?? ''}`);
  if (address === null || address.host !== context.ownHost) return refusal('asset.unknown');
  if (address.pathname === '/enter') return enter(address, context);
  return asset(request, context);
}

function enter(address: URL, { tokens, screen, cookieName }: RequestContext): HttpAnswer {
  const redeemed = tokens.redeem(address.searchParams.get('token') ?? '');
  if (!redeemed.ok) return refusal(redeemed.failure);
  const cookie = `${cookieName}=${screen.begin()}; HttpOnly; SameSite=Strict; Path=/`;
  return {
    status: 303,
    headers: {
      ...securityHeaders(contentSecurityPolicy()),
      location: '/',
      'set-cookie': cookie,
    },
    body: '',
  };
}

async function asset(request: IncomingMessage, context: RequestContext): Promise<HttpAnswer> {
  const standing = context.screen.standing(readCookie(request.headers.cookie, context.cookieName));
  if (standing === 'unknown') return refusal('session.unknown');
  if (standing === 'replaced') return refusal('screen.replaced');
  const file = await readAsset(context.rendererDirectory, pathAsWritten(request.url ?? ''));
  if (!file.ok) return refusal(file.failure);
  const policy = contentSecurityPolicy(`ws://${context.ownHost}`);
  return {
    status: 200,
    headers: { ...securityHeaders(policy), 'content-type': file.value.contentType },
    body: file.value.body,
  };
}

/** The path before a URL parser tidied `..` away, so that such a path is refused and not repaired. */
function pathAsWritten(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

function refusal(reason: PageRefusal): HttpAnswer {
  const { status, html, policy } = refusalPage(reason);
  return {
    status,
    headers: { ...securityHeaders(policy), 'content-type': 'text/html; charset=utf-8' },
    body: html,
  };
}
