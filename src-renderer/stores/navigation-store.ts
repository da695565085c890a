import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OrderId } from '#shared/kernel/ids.ts';

/** What a signed-in person is looking at. */
export type Page =
  | { readonly kind: 'sell' }
  | { readonly kind: 'orders'; readonly search: string }
  | { readonly kind: 'order'; readonly orderId: OrderId; readonly from: OrderOrigin }
  | { readonly kind: 'last-tickets' }
  | { readonly kind: 'parked-tickets' }
  | { readonly kind: 'status' }
  /** Asked for after sales have ended, when the closing screen stands in front. */
  | { readonly kind: 'sign-in' };

/** Where "back" leads from the details of one order. */
export type OrderOrigin = 'sell' | 'last-tickets' | 'parked-tickets' | { readonly search: string };

export interface NavigationState {
  readonly page: Page;
}

export type NavigationStore = StoreApi<NavigationState>;

/** The page in front. It starts with selling, and leads back there. */
export function createNavigationStore(): NavigationStore {
  return createStore<NavigationState>(() => ({ page: { kind: 'sell' } }));
}

/** The page that "back" on the details of one order leads to. */
export function pageBefore(origin: OrderOrigin): Page {
  return typeof origin === 'string' ? { kind: origin } : { kind: 'orders', search: origin.search };
}
