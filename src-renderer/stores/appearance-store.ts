import { createStore, type StoreApi } from 'zustand/vanilla';

/** How the screen looks and sounds on this panel. It has nothing to do with what is sold. */
export interface Appearance {
  readonly theme: 'dark' | 'light';
  /** Targets of 88 px suit a 10-inch panel; an 8-inch one needs 112 px for the same 15 mm. */
  readonly panel: 'ten-inch' | 'eight-inch';
  /** Whether a tone tells how each sale ends. A quiet room, or a headset at the desk, wants none. */
  readonly sound: 'on' | 'off';
}

export type AppearanceStore = StoreApi<Appearance>;

const STORAGE_KEY = 'appearance';

/** The looks of this panel, kept by the browser between starts where `storage` allows. */
export function createAppearanceStore(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): AppearanceStore {
  const store = createStore<Appearance>(() => readAppearance(storage.getItem(STORAGE_KEY)));
  store.subscribe((appearance) => storage.setItem(STORAGE_KEY, JSON.stringify(appearance)));
  return store;
}

/** Reads what was kept; anything unknown in it falls back to dark on a 10-inch panel, with sound. */
function readAppearance(text: string | null): Appearance {
  return {
    theme: text?.includes('"theme":"light"') ? 'light' : 'dark',
    panel: text?.includes('"panel":"eight-inch"') ? 'eight-inch' : 'ten-inch',
    sound: text?.includes('"sound":"off"') ? 'off' : 'on',
  };
}
