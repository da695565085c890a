import bwip from 'bwip-js/node';
import type { PdfCanvas } from './make-pdf.ts';

/** Where something is drawn, in points from the top left. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws `value` as a QR code, as large as the square at `place` lets its modules be. */
export function drawQrCode(canvas: PdfCanvas, value: string, { x, y, width }: Place): void {
  const [symbol] = bwip.raw({ bcid: 'qrcode', text: value });
  if (symbol === undefined || !('pixs' in symbol)) return;
  const size = width / symbol.pixx;
  for (const [index, isBlack] of symbol.pixs.entries()) {
    if (isBlack !== 1) continue;
    const column = index % symbol.pixx;
    const row = Math.floor(index / symbol.pixx);
    canvas.rect(x + column * size, y + row * size, size, size);
  }
  canvas.fill('black');
}

/** Draws printable ASCII as Code 128, which every hand scanner reads. Other text gets no bars. */
export function drawCode128(canvas: PdfCanvas, value: string, place: Place): void {
  if (!/^[\x20-\x7e]+$/.test(value)) return;
  const [symbol] = bwip.raw({ bcid: 'code128', text: value });
  if (symbol === undefined || !('sbs' in symbol)) return;
  const unit = place.width / symbol.sbs.reduce((total, width) => total + width, 0);
  let x = place.x;
  for (const [index, width] of symbol.sbs.entries()) {
    if (index % 2 === 0) canvas.rect(x, place.y, width * unit, place.height);
    x += width * unit;
  }
  canvas.fill('black');
}
