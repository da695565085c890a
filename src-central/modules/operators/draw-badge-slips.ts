import type { Operator } from '#shared/contract/central/people/operators.ts';
import { drawCode128, drawQrCode, type Place } from '../../documents/draw-code.ts';
import { makePdf, PAGE_MARGIN, type PdfCanvas } from '../../documents/make-pdf.ts';

/** Slips as large as a bank card, two beside each other and five above each other. */
const SLIP = { width: 243, height: 143 };
const COLUMNS = 2;
const ROWS = 5;
const INSET = 12;
const QR_SIZE = 62;

/**
 * A sheet of slips to cut out: who it is, what they do, and the badge as QR code and Code 128.
 *
 * A badge only says who somebody is; the PIN is on no paper.
 */
export function drawBadgeSlips(
  organisation: string,
  operators: readonly Operator[],
  madeAt: Date,
): Promise<Uint8Array> {
  return makePdf({ title: `${organisation} · badges`, madeAt }, (canvas) => {
    for (const [index, operator] of operators.entries()) {
      const position = index % (COLUMNS * ROWS);
      if (index > 0 && position === 0) canvas.addPage();
      drawSlip(canvas, organisation, operator, {
        ...SLIP,
        x: PAGE_MARGIN + (position % COLUMNS) * (SLIP.width + INSET),
        y: PAGE_MARGIN + Math.floor(position / COLUMNS) * (SLIP.height + 6),
      });
    }
  });
}

function drawSlip(
  canvas: PdfCanvas,
  organisation: string,
  { displayName, number, role, badge, spareName }: Operator,
  { x, y, width, height }: Place,
): void {
  canvas.rect(x, y, width, height).lineWidth(0.5).strokeColor('#888888').stroke();
  const line = { width: width - 3 * INSET - QR_SIZE, height: 34, ellipsis: true };
  const left = x + INSET;
  canvas.fillColor('black');
  canvas
    .font('regular')
    .fontSize(8)
    .text(organisation, left, y + INSET, { ...line, height: 10 });
  canvas
    .font('bold')
    .fontSize(13)
    .text(displayName, left, y + INSET + 14, line);
  const roleLine = spareName === null ? role : `${role} · ${spareName}`;
  canvas
    .font('regular')
    .fontSize(9)
    .text(roleLine, left, y + INSET + 52, { ...line, height: 12 });
  canvas
    .font('bold')
    .fontSize(11)
    .text(`No. ${number}`, left, y + INSET + 66, line);
  if (badge === null) return;
  const right = x + width - INSET - QR_SIZE;
  drawQrCode(canvas, badge, { x: right, y: y + INSET, width: QR_SIZE, height: QR_SIZE });
  const bars = { x: left, y: y + height - INSET - 32, width: width - 2 * INSET, height: 22 };
  drawCode128(canvas, badge, bars);
  canvas
    .font('regular')
    .fontSize(7)
    .text(badge, left, bars.y + bars.height + 1, { width: bars.width, height: 9, ellipsis: true });
}
