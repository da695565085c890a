import bwip from 'bwip-js/browser';

/** Black squares and bars as one SVG path, in modules: multiply to taste. */
export interface BarcodeShape {
  readonly width: number;
  readonly height: number;
  readonly path: string;
}

/** How high the bars of a linear code are drawn, in modules. */
const BAR_HEIGHT = 40;

/** The shape of `value` as Code 128 or as a QR code. */
export function barcodeShape(kind: 'code128' | 'qr', value: string): BarcodeShape {
  const [symbol] = bwip.raw({ bcid: kind === 'qr' ? 'qrcode' : 'code128', text: value });
  if (symbol === undefined) return { width: 0, height: 0, path: '' };
  return 'pixs' in symbol ? squares(symbol) : bars(symbol.sbs);
}

function squares(symbol: { pixs: number[]; pixx: number; pixy: number }): BarcodeShape {
  const path = symbol.pixs
    .map((isBlack, index) =>
      isBlack === 1 ? `M${index % symbol.pixx} ${Math.floor(index / symbol.pixx)}h1v1h-1z` : '',
    )
    .join('');
  return { width: symbol.pixx, height: symbol.pixy, path };
}

function bars(widths: readonly number[]): BarcodeShape {
  let x = 0;
  let path = '';
  for (const [index, width] of widths.entries()) {
    if (index % 2 === 0) path += `M${x} 0h${width}v${BAR_HEIGHT}h-${width}z`;
    x += width;
  }
  return { width: x, height: BAR_HEIGHT, path };
}
