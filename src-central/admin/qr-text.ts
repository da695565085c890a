import bwip from 'bwip-js/node';
import { invariant } from '#shared/kernel/invariant.ts';

/** What scanners want around a QR code, in modules. */
const QUIET_ZONE = 4;

/** One character for two modules, one above the other. */
const BLOCKS = { 'light,light': ' ', 'dark,light': '▀', 'light,dark': '▄', 'dark,dark': '█' };

/** `text` as a QR code made of block characters: one line of text for two lines of modules. */
export function qrText(text: string): readonly string[] {
  const [symbol] = bwip.raw({ bcid: 'qrcode', text });
  invariant(symbol !== undefined && 'pixs' in symbol, 'a QR code is made of squares');
  const { pixs, pixx: size } = symbol;
  const shade = (x: number, y: number) => {
    const isInside = x >= 0 && x < size && y >= 0 && y < size;
    return isInside && pixs[y * size + x] === 1 ? 'dark' : 'light';
  };
  const lines: string[] = [];
  for (let y = -QUIET_ZONE; y < size + QUIET_ZONE; y += 2) {
    let line = '';
    for (let x = -QUIET_ZONE; x < size + QUIET_ZONE; x += 1) {
      line += BLOCKS[`${shade(x, y)},${shade(x, y + 1)}`];
    }
    lines.push(line);
  }
  return lines;
}
