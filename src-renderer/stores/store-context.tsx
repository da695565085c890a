import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { SaleState } from './sale-store.ts';
import type { Stores } from './stores.ts';

const StoreContext = createContext<Stores | null>(null);

/** Gives the stores to everything below. */
export function StoreProvider(props: {
  readonly stores: Stores;
  readonly children: ReactNode;
}): ReactNode {
  return <StoreContext value={props.stores}>{props.children}</StoreContext>;
}

/** The stores of this page. */
export function useStores(): Stores {
  const stores = useContext(StoreContext);
  invariant(stores, 'a component outside StoreProvider');
  return stores;
}

/** The last snapshot. Only for components that are shown once there is one. */
export function useSnapshot(): Snapshot {
  const snapshot = useStore(useStores().terminal, (state) => state.snapshot);
  invariant(snapshot, 'a component that needs a snapshot before the first one');
  return snapshot;
}

/** What the seller is doing. */
export function useSale(): SaleState {
  return useStore(useStores().sale);
}
