import type { SaleResult } from '../stores/result-signal.ts';

/** One note: when it starts, how long it lasts, in seconds, and its pitch in hertz. */
interface Note {
  readonly startsAt: number;
  readonly lasts: number;
  readonly pitch: number;
}

/** SOLD rises, a bright fifth; NOT SOLD falls, low and longer, so that the two cannot be confused. */
const TONES: Readonly<Record<SaleResult, readonly Note[]>> = {
  sold: [
    { startsAt: 0, lasts: 0.11, pitch: 880 },
    { startsAt: 0.09, lasts: 0.2, pitch: 1318.5 },
  ],
  'not-sold': [
    { startsAt: 0, lasts: 0.22, pitch: 311.1 },
    { startsAt: 0.24, lasts: 0.36, pitch: 233.1 },
  ],
};

/** Loud enough for a small speaker beside a crowd, and far from distortion. */
const PEAK = 0.3;

/** A note swells this long, in seconds, so that it does not click. */
const SWELL = 0.012;

/** What an envelope fades to: it cannot reach zero. */
const SILENCE = 0.0001;

/** Plays the tone of a result on `context`, starting now. */
export function playSaleTone(context: BaseAudioContext, result: SaleResult): void {
  for (const note of TONES[result]) playNote(context, note);
}

function playNote(context: BaseAudioContext, { startsAt, lasts, pitch }: Note): void {
  const start = context.currentTime + startsAt;
  const oscillator = new OscillatorNode(context, { type: 'sine', frequency: pitch });
  const volume = new GainNode(context, { gain: SILENCE });
  volume.gain.setValueAtTime(SILENCE, start);
  volume.gain.exponentialRampToValueAtTime(PEAK, start + SWELL);
  volume.gain.exponentialRampToValueAtTime(SILENCE, start + lasts);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + lasts);
}
