import { resultToSignal, type SaleResult } from '../stores/result-signal.ts';
import type { Stores } from '../stores/stores.ts';
import { playSaleTone } from './sale-tones.ts';

/** Milliseconds of vibration and rest. */
const VIBRATIONS: Readonly<Record<SaleResult, readonly number[]>> = {
  sold: [80],
  'not-sold': [200, 100, 200, 100, 200],
};

/**
 * Lets the seller feel and hear how each sale ends: vibration where the panel can, and a tone unless it
 * was switched off. The screen says the same; nothing depends on either.
 *
 * Browsers allow both only after the first tap; before it a result is silent.
 */
export function signalResults({ sale, appearance }: Pick<Stores, 'sale' | 'appearance'>): void {
  let speaker: AudioContext | null = null;
  sale.subscribe(({ flow }, before) => {
    const result = resultToSignal(before.flow.step, flow.step);
    if (result === null || !navigator.userActivation.hasBeenActive) return;
    if ('vibrate' in navigator) navigator.vibrate([...VIBRATIONS[result]]);
    if (appearance.getState().sound === 'off') return;
    speaker ??= new AudioContext();
    playSaleTone(speaker, result);
  });
}
