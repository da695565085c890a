import type { CustomScheme, Protocol } from 'electron';
import { type AssetRefusal, readAsset } from '#main/hosts/shared/read-asset.ts';
import { contentSecurityPolicy, securityHeaders } from '#main/hosts/shared/security-headers.ts';
import { isTerminalAddress, TERMINAL_SCHEME } from './terminal-address.ts';

/** How Chromium treats the till's scheme: as an origin of its own, as trustworthy as https. */
export const TERMINAL_SCHEME_PRIVILEGES: CustomScheme = {
  scheme: TERMINAL_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

const STATUS: Readonly<Record<AssetRefusal, number>> = {
  'asset.unknown': 404,
  'asset.unreadable': 500,
};

/** Answers one request to the till's scheme with a file of the renderer build, or with a refusal. */
export async function answerTerminalRequest(
  request: { readonly method: string; readonly url: string },
  rendererDirectory: string,
): Promise<Response> {
  const headers = securityHeaders(contentSecurityPolicy());
  if (request.method !== 'GET') return new Response(null, { status: 405, headers });
  if (!isTerminalAddress(request.url)) return new Response(null, { status: 404, headers });
  const file = await readAsset(rendererDirectory, new URL(request.url).pathname);
  if (!file.ok) return new Response(null, { status: STATUS[file.failure], headers });
  const { body, contentType } = file.value;
  return new Response(body, { status: 200, headers: { ...headers, 'content-type': contentType } });
}

/** Serves the renderer build at the till's scheme. */
export function serveTerminalScheme(protocol: Protocol, rendererDirectory: string): void {
  protocol.handle(TERMINAL_SCHEME, (request) => answerTerminalRequest(request, rendererDirectory));
}
