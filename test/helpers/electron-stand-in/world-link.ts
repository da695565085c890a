/**
 * Code that runs inside the page, as text: `linkWorlds` and `runPreload` are sent to Chromium with
 * `toString()`, so neither may use anything from outside its own body.
 */

/** What the two worlds of a page have in common: one window, on which events can be sent. */
interface World {
  addEventListener(name: string, listener: (event: { readonly detail: string }) => void): void;
  dispatchEvent(event: object): boolean;
  readonly CustomEvent: new (name: string, init: { readonly detail: string }) => object;
  readonly top: unknown;
}

type Callable = (...args: readonly unknown[]) => unknown;

type Encoded =
  | { readonly kind: 'value'; readonly value?: unknown }
  | { readonly kind: 'function'; readonly id: number }
  | { readonly kind: 'promise'; readonly id: number }
  | { readonly kind: 'error'; readonly message: string };

type Message =
  | { readonly kind: 'call'; readonly id: number; readonly args: readonly Encoded[] }
  | { readonly kind: 'return'; readonly value: Encoded }
  | { readonly kind: 'settle'; readonly id: number; readonly value: Encoded }
  | {
      readonly kind: 'expose';
      readonly key: string;
      readonly members: Readonly<Record<string, Encoded>>;
    };

/** One end of the link between a page's own world and the preload's. */
export interface WorldLink {
  /** Gives the other world a frozen object whose members call back into this one. */
  readonly expose: (key: string, api: Readonly<Record<string, unknown>>) => void;
}

/**
 * Links this world with the other one over events on their common window: functions become functions
 * that call across, promises become promises, everything else is copied as JSON.
 */
export function linkWorlds(ownName: string, otherName: string): WorldLink {
  const world = globalThis as unknown as World;
  const functions: Callable[] = [];
  const promises = new Map<number, (value: Encoded) => void>();
  let promiseCount = 0;
  let lastReturn: Encoded = { kind: 'value' };

  const post = (message: Message): void => {
    world.dispatchEvent(new world.CustomEvent(otherName, { detail: JSON.stringify(message) }));
  };
  const encode = (value: unknown): Encoded => {
    if (typeof value === 'function') {
      return { kind: 'function', id: functions.push(value as Callable) - 1 };
    }
    if (!(value instanceof Promise)) return { kind: 'value', value };
    promiseCount += 1;
    const id = promiseCount;
    value.then(
      (settled: unknown) => post({ kind: 'settle', id, value: encode(settled) }),
      (error: unknown) => {
        post({ kind: 'settle', id, value: { kind: 'error', message: String(error) } });
      },
    );
    return { kind: 'promise', id };
  };
  const decode = (encoded: Encoded): unknown => {
    if (encoded.kind === 'value') return encoded.value;
    if (encoded.kind === 'error') throw new Error(encoded.message);
    const { id } = encoded;
    if (encoded.kind === 'function') return (...args: readonly unknown[]) => call(id, args);
    return new Promise((resolve, reject) => {
      promises.set(id, (value) => {
        promises.delete(id);
        try {
          resolve(decode(value));
        } catch (error) {
          reject(error);
        }
      });
    });
  };
  const call = (id: number, args: readonly unknown[]): unknown => {
    post({ kind: 'call', id, args: args.map(encode) });
    return decode(lastReturn);
  };
  const run = (id: number, args: readonly Encoded[]): Encoded => {
    try {
      return encode(functions[id]?.(...args.map(decode)));
    } catch (error) {
      return { kind: 'error', message: String(error) };
    }
  };

  world.addEventListener(ownName, ({ detail }) => {
    const message: Message = JSON.parse(detail);
    if (message.kind === 'call') post({ kind: 'return', value: run(message.id, message.args) });
    if (message.kind === 'return') lastReturn = message.value;
    if (message.kind === 'settle') promises.get(message.id)?.(message.value);
    if (message.kind === 'expose') {
      const members = Object.entries(message.members).map(([name, value]) => [name, decode(value)]);
      const value = Object.freeze(Object.fromEntries(members));
      Object.defineProperty(world, message.key, { value, enumerable: true });
    }
  });

  return {
    expose(key, api) {
      const members = Object.entries(api).map(([name, value]) => [name, encode(value)]);
      post({ kind: 'expose', key, members: Object.fromEntries(members) });
    },
  };
}
