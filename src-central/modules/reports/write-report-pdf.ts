import { setImmediate } from 'node:timers/promises';
import { makePdf, PAGE_MARGIN, type PdfCanvas } from '../../documents/make-pdf.ts';
import { headingOf } from './heading.ts';
import { type Cell, cellText, type FilledReport, type FilledSection } from './read-report.ts';
import type { Column, ReportScope } from './report.ts';

const TEXT_SIZE = 7.5;
const PADDING = 3;

/** After so many rows others get their turn: tills upload to this process too. */
const ROWS_AT_ONCE = 20;

const GAP = 14;
const LINE = '#c3ccd5';
const SHADE = '#f1f4f7';
const INK = '#10161d';
const SOFT = '#4b5966';
const WARNING = '#8a1c12';

/** Where a column stands on the page, in points. */
interface Placed {
  readonly column: Column;
  readonly left: number;
  readonly width: number;
}

/** A report for printing: heading, then each table, whose head is repeated on every page. */
export function writeReportPdf(filled: FilledReport): Promise<Uint8Array> {
  const { report, scope } = filled;
  const about = {
    title: `${report.title} · ${scope.organisationName} · ${scope.eventIdentifier}`,
    madeAt: new Date(scope.generatedAt),
    isWide: report.isWide === true,
  };
  return makePdf(about, async (canvas) => {
    drawHeading(canvas, filled);
    for (const section of filled.sections) await drawSection(canvas, section, scope);
  });
}

function drawHeading(canvas: PdfCanvas, filled: FilledReport): void {
  const [, ...lines] = headingOf(filled);
  canvas.font('bold').fontSize(9).fillColor(SOFT).text(filled.scope.organisationName);
  canvas.fontSize(18).fillColor(INK).text(filled.report.title);
  canvas.moveDown(0.4).fontSize(8.5);
  for (const [name, value] of lines) {
    const top = canvas.y;
    const isWarning = /^(PROVISIONAL|DEMONSTRATION)/.test(value);
    canvas.font('regular').fillColor(SOFT).text(name, PAGE_MARGIN, top, { width: 75 });
    canvas
      .font(isWarning ? 'bold' : 'regular')
      .fillColor(isWarning ? WARNING : INK)
      .text(value, PAGE_MARGIN + 80, top, { width: contentWidth(canvas) - 80 });
  }
}

async function drawSection(
  canvas: PdfCanvas,
  filled: FilledSection,
  scope: ReportScope,
): Promise<void> {
  const { section, rows, totals } = filled;
  const placed = placeColumns(canvas, section.columns);
  // A title at the foot of a page, with its table on the next, would be lost.
  if (canvas.y + 90 > bottomOf(canvas)) canvas.addPage();
  else canvas.y += GAP;
  canvas.font('bold').fontSize(11).fillColor(INK).text(section.title, PAGE_MARGIN, canvas.y);
  canvas.y += 3;
  drawHead(canvas, placed);
  if (rows.length === 0) {
    canvas
      .font('regular')
      .fontSize(TEXT_SIZE + 0.5)
      .fillColor(SOFT);
    canvas.text('None.', PAGE_MARGIN + PADDING, canvas.y + PADDING);
    return;
  }
  for (const [place, row] of rows.entries()) {
    drawRow(canvas, placed, textsOf(row, placed, scope), { isShaded: place % 2 === 1 });
    if (place % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate();
  }
  if (totals.some((total) => total !== null)) {
    const [first = '', ...others] = textsOf(totals, placed, scope);
    drawRow(canvas, placed, [first === '' ? 'Total' : first, ...others], { isTotal: true });
  }
}

function textsOf(cells: readonly Cell[], placed: readonly Placed[], scope: ReportScope): string[] {
  return placed.map(({ column }, place) => cellText(cells[place] ?? null, column, scope));
}

function placeColumns(canvas: PdfCanvas, columns: readonly Column[]): Placed[] {
  const shares = columns.reduce((sum, { width = 1 }) => sum + width, 0);
  const unit = contentWidth(canvas) / shares;
  let left = PAGE_MARGIN;
  return columns.map((column) => {
    const width = (column.width ?? 1) * unit;
    const placed = { column, left, width };
    left += width;
    return placed;
  });
}

function drawHead(canvas: PdfCanvas, placed: readonly Placed[]): void {
  const headers = placed.map(({ column }) => column.header);
  const { cells, height } = measure(canvas, placed, headers, 'bold');
  drawCells(canvas, cells, height, SOFT);
  canvas.moveTo(PAGE_MARGIN, canvas.y).lineTo(PAGE_MARGIN + contentWidth(canvas), canvas.y);
  canvas.lineWidth(0.8).strokeColor(INK).stroke();
}

function drawRow(
  canvas: PdfCanvas,
  placed: readonly Placed[],
  texts: readonly string[],
  {
    isShaded = false,
    isTotal = false,
  }: { readonly isShaded?: boolean; readonly isTotal?: boolean },
): void {
  const font = isTotal ? 'bold' : 'regular';
  const { cells, height } = measure(canvas, placed, texts, font);
  if (canvas.y + height > bottomOf(canvas)) {
    canvas.addPage();
    drawHead(canvas, placed);
    canvas.font(font);
  }
  const width = contentWidth(canvas);
  if (isShaded) canvas.rect(PAGE_MARGIN, canvas.y, width, height).fill(SHADE);
  if (isTotal) {
    canvas.moveTo(PAGE_MARGIN, canvas.y).lineTo(PAGE_MARGIN + width, canvas.y);
    canvas.lineWidth(0.8).strokeColor(LINE).stroke();
  }
  drawCells(canvas, cells, height, INK);
}

function drawCells(
  canvas: PdfCanvas,
  lines: readonly MeasuredCell[],
  height: number,
  colour: string,
): void {
  const top = canvas.y;
  canvas.fillColor(colour);
  for (const { text, placed, textWidth } of lines) {
    const { column, left, width } = placed;
    const room = width - 2 * PADDING;
    if (textWidth > room) {
      canvas.text(text, left + PADDING, top + PADDING, { width: room });
      continue;
    }
    // Whoever knows that a line fits need not have it wrapped: most of the time went there.
    const start = isNumeric(column) ? left + PADDING + room - textWidth : left + PADDING;
    canvas.text(text, start, top + PADDING, { lineBreak: false });
  }
  canvas.x = PAGE_MARGIN;
  canvas.y = top + height;
}

/** A cell's text with its width on one line, in points. */
interface MeasuredCell {
  readonly text: string;
  readonly placed: Placed;
  readonly textWidth: number;
}

/** Leaves the canvas with the font that it measured in. */
function measure(
  canvas: PdfCanvas,
  placed: readonly Placed[],
  texts: readonly string[],
  font: 'regular' | 'bold',
): { readonly cells: readonly MeasuredCell[]; readonly height: number } {
  canvas.font(font).fontSize(TEXT_SIZE);
  const cells = placed.map((each, place) => {
    const text = texts[place] ?? '';
    return { text, placed: each, textWidth: canvas.widthOfString(text) };
  });
  const heights = cells.map(({ text, textWidth, placed: { width } }) =>
    textWidth <= width - 2 * PADDING
      ? canvas.currentLineHeight()
      : canvas.heightOfString(text, { width: width - 2 * PADDING }),
  );
  return { cells, height: Math.max(...heights) + 2 * PADDING };
}

function isNumeric({ kind }: Column): boolean {
  return kind === 'count' || kind === 'money' || kind === 'drawNumber';
}

function contentWidth({ page }: PdfCanvas): number {
  return page.width - 2 * PAGE_MARGIN;
}

function bottomOf({ page }: PdfCanvas): number {
  return page.height - PAGE_MARGIN;
}
