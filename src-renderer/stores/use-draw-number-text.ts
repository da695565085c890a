import { useStore } from 'zustand';
import { formatDrawNumber } from '#shared/domain/draw-number-text.ts';
import { useStores } from './store-context.tsx';

/** Until the till knows its raffle: six digits. */
const USUAL_SPACE = { from: 0, to: 1_000_000 };

/** Writes draw numbers as they stand on the ticket: `012 345`. */
export function useDrawNumberText(): (drawNumber: number) => string {
  const space = useStore(
    useStores().terminal,
    ({ snapshot }) => snapshot?.selling?.numberSpace ?? USUAL_SPACE,
  );
  return (drawNumber) => formatDrawNumber(drawNumber, space);
}
