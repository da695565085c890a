import { expect, test } from 'vitest';
import { drawCode128, drawQrCode } from '#central/documents/draw-code.ts';
import { makePdf } from '#central/documents/make-pdf.ts';
import { countPdfPages, readPdfText } from '#test/helpers/central/read-pdf.ts';

const about = { title: 'Łódź', madeAt: new Date('2026-11-22T19:05:00Z') };

test('a PDF says what was drawn, in every European script, with a footer on each page', async () => {
  const names = ['Zoë Ångström', 'Łukasz Żółć', 'Ştefan Ioniță', 'Ελένη', 'Ольга'];
  const pdf = await makePdf(about, (canvas) => {
    for (const name of names) canvas.text(name);
    canvas.addPage().font('bold').text('The other page');
  });
  expect(countPdfPages(pdf)).toBe(2);
  expect(readPdfText(pdf).split('\n')).toEqual([
    ...names,
    'Łódź · 2026-11-22 19:05 UTC · 1/2',
    'The other page',
    'Łódź · 2026-11-22 19:05 UTC · 2/2',
  ]);
});

test('codes are drawn as black rectangles; what Code 128 cannot hold gets no bars', async () => {
  const place = { x: 40, y: 40, width: 100, height: 40 };
  const [qr, bars, none, empty] = await Promise.all([
    makePdf(about, (canvas) => drawQrCode(canvas, 'S-1', place)),
    makePdf(about, (canvas) => drawCode128(canvas, 'S-1', place)),
    makePdf(about, (canvas) => drawCode128(canvas, 'Ż', place)),
    makePdf(about, () => undefined),
  ]);
  expect(none.length).toBe(empty.length);
  expect(bars.length).toBeGreaterThan(empty.length);
  expect(qr.length).toBeGreaterThan(bars.length);
});
