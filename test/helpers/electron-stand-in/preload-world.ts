import type { WorldLink } from './world-link.ts';

/** What the preload's world and the stand-in say to each other. */
export interface PreloadCall {
  readonly id: number;
  readonly channel: string;
  readonly args: readonly unknown[];
}

/** What the stand-in tells the preload's world. */
export type PreloadMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'event'; readonly channel: string; readonly args: readonly unknown[] };

type Listener = (event: object, ...args: readonly unknown[]) => void;

/**
 * The `electron` module as a preload sees it. Runs inside the page, as text, so it may not use
 * anything from outside its own body.
 */
export function createPreloadRequire(
  link: WorldLink,
  bindingName: string,
  receiverName: string,
): (name: string) => unknown {
  const world = globalThis as unknown as Record<string, (value: string) => void>;
  const pending = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Map<string, Set<Listener>>();
  let lastId = 0;

  world[receiverName] = (text) => {
    const message: PreloadMessage = JSON.parse(text);
    if (message.kind === 'event') {
      for (const listener of [...(listeners.get(message.channel) ?? [])]) {
        listener({}, ...message.args);
      }
      return;
    }
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.kind === 'answer') call?.resolve(message.value);
    else call?.reject(new Error(message.message));
  };

  const ipcRenderer = {
    invoke(channel: string, ...args: readonly unknown[]): Promise<unknown> {
      lastId += 1;
      const call = Promise.withResolvers<unknown>();
      pending.set(lastId, call);
      world[bindingName]?.(JSON.stringify({ id: lastId, channel, args }));
      return call.promise;
    },
    on(channel: string, listener: Listener): void {
      const known = listeners.get(channel) ?? new Set();
      listeners.set(channel, known.add(listener));
    },
    removeListener(channel: string, listener: Listener): void {
      listeners.get(channel)?.delete(listener);
    },
  };
  const contextBridge = { exposeInMainWorld: link.expose };

  return (name) => {
    if (name !== 'electron') throw new Error(`a sandboxed preload cannot require ${name}`);
    return { contextBridge, ipcRenderer };
  };
}
