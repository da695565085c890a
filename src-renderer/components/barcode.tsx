import { type ReactNode, useMemo } from 'react';
import { barcodeShape } from './barcode-shape.ts';

/** A barcode as the printer makes it, with the white around it that a reader needs. */
export function Barcode(props: {
  readonly kind: 'code128' | 'qr';
  readonly value: string;
}): ReactNode {
  const { kind, value } = props;
  const shape = useMemo(() => barcodeShape(kind, value), [kind, value]);
  const quiet = kind === 'qr' ? 4 : 10;
  return (
    <svg
      className={`barcode barcode-${kind}`}
      role="img"
      aria-label={kind === 'qr' ? 'QR code' : `Barcode ${value}`}
      viewBox={`${-quiet} ${-2} ${shape.width + 2 * quiet} ${shape.height + 4}`}
      shapeRendering="crispEdges"
    >
      <path d={shape.path} />
    </svg>
  );
}
