import { playSaleTone } from '#renderer/signals/sale-tones.ts';
import type { SaleResult } from '#renderer/stores/result-signal.ts';
import type { HeardTone } from './heard-tone.ts';

const RATE = 44_100;
const SECONDS = 2;
const AUDIBLE = 0.01;
const TENTH = RATE / 10;

/** Renders the tone of a result as a speaker would get it, and listens. */
export async function hearTone(result: SaleResult): Promise<HeardTone> {
  const context = new OfflineAudioContext(1, RATE * SECONDS, RATE);
  playSaleTone(context, result);
  const samples = (await context.startRendering()).getChannelData(0);
  const end = samples.findLastIndex((sample) => Math.abs(sample) > AUDIBLE);
  return {
    lastsMs: Math.round((end / RATE) * 1_000),
    peak: samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
    firstPitch: crossings(samples.subarray(0, TENTH)),
    lastPitch: crossings(samples.subarray(end - TENTH, end)),
  };
}

function crossings(samples: Float32Array): number {
  let count = 0;
  for (let place = 1; place < samples.length; place += 1) {
    if ((samples[place - 1] ?? 0) <= 0 && (samples[place] ?? 0) > 0) count += 1;
  }
  return count * 10;
}
