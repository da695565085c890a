import type { TerminalClient } from '../transport/terminal-client.ts';
import { type AppearanceStore, createAppearanceStore } from './appearance-store.ts';
import { createNavigationStore, type NavigationStore } from './navigation-store.ts';
import { createSaleStore, type SaleStore } from './sale-store.ts';
import { createSignInStore, type SignInStore } from './sign-in-store.ts';
import { createTerminalStore, type TerminalStore } from './terminal-store.ts';

/** Everything the screen remembers. None of it outlives the page, except its looks. */
export interface Stores {
  readonly client: TerminalClient;
  readonly terminal: TerminalStore;
  readonly sale: SaleStore;
  readonly signIn: SignInStore;
  readonly navigation: NavigationStore;
  readonly appearance: AppearanceStore;
}

/**
 * Builds the stores of one page over `client`, and asks the terminal for its first snapshot. Whoever
 * signs in, locks or unlocks starts with selling.
 */
export function createStores(dependencies: {
  readonly client: TerminalClient;
  readonly monotonicMs: () => number;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
}): Stores {
  const { client, storage } = dependencies;
  const terminal = createTerminalStore(dependencies);
  const stores: Stores = {
    client,
    terminal,
    sale: createSaleStore({ ...dependencies, terminal }),
    signIn: createSignInStore({ client, terminal }),
    navigation: createNavigationStore(),
    appearance: createAppearanceStore(storage),
  };
  terminal.subscribe(({ snapshot }, before) => {
    const isSameSession = snapshot?.session.kind === before.snapshot?.session.kind;
    if (!isSameSession) stores.navigation.setState({ page: { kind: 'sell' } });
  });
  client.start();
  return stores;
}
