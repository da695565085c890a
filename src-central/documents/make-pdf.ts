import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import PdfDocument from 'pdfkit';

/** A document that is being drawn. Its fonts are `regular` and `bold`; lengths are points (1/72 inch). */
export type PdfCanvas = InstanceType<typeof PdfDocument>;

/** The edge around a page's content, in points. */
export const PAGE_MARGIN = 40;

/** Noto Sans knows Latin with every accent, Greek and Cyrillic; the fonts built into PDF do not. */
const FONTS = {
  regular: fontFile('400Regular/NotoSans_400Regular.ttf'),
  bold: fontFile('700Bold/NotoSans_700Bold.ttf'),
} as const;

/**
 * A printable A4 document: `draw` fills it, and every page gets a footer with the title, the time
 * at which it was made (UTC), and its number.
 */
export async function makePdf(
  about: {
    readonly title: string;
    readonly madeAt: Date;
    /** Pages lie on their long side. */
    readonly isWide?: boolean;
  },
  draw: (canvas: PdfCanvas) => Promise<void> | void,
): Promise<Uint8Array> {
  const canvas = new PdfDocument({
    size: 'A4',
    layout: about.isWide === true ? 'landscape' : 'portrait',
    margin: PAGE_MARGIN,
    bufferPages: true,
    font: FONTS.regular,
    info: { Title: about.title, CreationDate: about.madeAt, Producer: 'Counterfoil' },
  });
  for (const [name, file] of Object.entries(FONTS)) canvas.registerFont(name, file);
  const chunks: Uint8Array[] = [];
  canvas.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = once(canvas, 'end');
  canvas.font('regular').fontSize(10);
  await draw(canvas);
  drawFooters(canvas, about);
  canvas.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

function drawFooters(
  canvas: PdfCanvas,
  { title, madeAt }: { readonly title: string; readonly madeAt: Date },
): void {
  const made = madeAt.toISOString().slice(0, 16).replace('T', ' ');
  const { start, count } = canvas.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    canvas.switchToPage(page);
    // Text below the margin would begin a new page.
    canvas.page.margins.bottom = 0;
    canvas
      .font('regular')
      .fontSize(7)
      .fillColor('black')
      .text(
        `${title} · ${made} UTC · ${page - start + 1}/${count}`,
        PAGE_MARGIN,
        canvas.page.height - PAGE_MARGIN / 2,
        { width: canvas.page.width - 2 * PAGE_MARGIN, lineBreak: false, ellipsis: true },
      );
  }
}

function fontFile(path: string): string {
  return fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans/${path}`));
}
