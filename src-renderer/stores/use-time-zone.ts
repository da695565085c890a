import { useStore } from 'zustand';
import { useStores } from './store-context.tsx';

/** The venue's time zone; UTC until the till knows its venue. */
export function useTimeZone(): string {
  return useStore(useStores().terminal, ({ snapshot }) => snapshot?.terminal?.timeZone ?? 'UTC');
}
