import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawNumberTexts } from '#shared/domain/draw-number-text.ts';
import { layOutTicket } from '#shared/domain/lay-out-ticket.ts';
import type { TicketElement } from '#shared/domain/ticket-document.ts';

const columns = fc.constantFrom(32, 42, 48);
const text = fc.string({ maxLength: 200, unit: 'grapheme' });

const element: fc.Arbitrary<TicketElement> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text,
    align: fc.constantFrom('left', 'centre', 'right'),
    size: fc.constantFrom('normal', 'large', 'huge'),
    isBold: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('pair' as const), label: text, value: text }),
  fc.constant({ kind: 'rule' } as const),
  fc.constant({ kind: 'blank' } as const),
);

function bare(characters: string): string {
  return characters.replaceAll(/[ \n]/g, '');
}

test('no line is wider than the paper', () => {
  fc.assert(
    fc.property(fc.array(element), columns, (elements, width) => {
      for (const line of layOutTicket({ elements }, width)) {
        if (line.kind !== 'text') continue;
        expect(Array.from(line.text).length * line.scale.width).toBeLessThanOrEqual(width);
      }
    }),
  );
});

test('no character of a text is lost or moved', () => {
  fc.assert(
    fc.property(
      text,
      fc.constantFrom('normal', 'large', 'huge'),
      columns,
      (wanted, size, width) => {
        const elements = [
          { kind: 'text', text: wanted, align: 'left', size, isBold: false } as const,
        ];
        const lines = layOutTicket({ elements }, width);
        const printed = lines.map((line) => (line.kind === 'text' ? line.text : '')).join('');
        expect(bare(printed)).toBe(bare(wanted));
      },
    ),
  );
});

test('every draw number is on paper: as itself, or inside the run that covers it', () => {
  const space = { from: 0, to: 1_000_000 };
  const runs = fc.uniqueArray(
    fc.record({ place: fc.nat(999), size: fc.integer({ min: 1, max: 900 }) }),
    { minLength: 1, maxLength: 20, selector: ({ place }) => place },
  );
  fc.assert(
    fc.property(runs, columns, fc.constantFrom('normal', 'large'), (parts, width, size) => {
      const numbers = parts.flatMap(({ place, size: count }) =>
        Array.from({ length: count }, (_, offset) => place * 1_000 + offset),
      );
      const values = drawNumberTexts(numbers, space, false);
      const lines = layOutTicket({ elements: [{ kind: 'numbers', values, size }] }, width);
      const printed = lines.map((line) => (line.kind === 'text' ? line.text : '')).join(' ');
      const matches = printed
        .replaceAll(/(\d{3}) (\d{3})/g, '$1$2')
        .replaceAll(/\s+/g, ' ')
        .matchAll(/(\d{6})(?: - (\d{6}) \((\d+)\))?/g);
      const read = Array.from(matches).flatMap(([, from, to, count]) => {
        const length = Number(to ?? from) - Number(from) + 1;
        expect(length).toBe(Number(count ?? 1));
        return Array.from({ length }, (_, offset) => Number(from) + offset);
      });
      expect(read).toEqual(numbers);
    }),
  );
});
