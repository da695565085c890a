type SchemeHandler = (request: Request) => Response | Promise<Response>;

const privileged = new Set<string>();
const handlers = new Map<string, SchemeHandler>();

/** Stands in for Electron's `protocol`. */
export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string }[]): void {
    for (const { scheme } of schemes) privileged.add(scheme);
  },
  handle(scheme: string, handler: SchemeHandler): void {
    if (!privileged.has(scheme)) throw new Error(`${scheme} was not registered as privileged`);
    handlers.set(scheme, handler);
  },
};

/** The answer of the handler for this address; `undefined` if its scheme has none. */
export async function answerFor(url: string, method: string): Promise<Response | undefined> {
  const handler = handlers.get(url.slice(0, url.indexOf(':')));
  return handler === undefined ? undefined : await handler(new Request(url, { method }));
}
