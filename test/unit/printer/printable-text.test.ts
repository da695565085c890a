import { describe, expect, test, vi } from 'vitest';
import { encodeTicket } from '#main/adapters/printer/encode-ticket.ts';
import { printableDocument, printableText } from '#main/adapters/printer/printable-text.ts';

const CODES_AT_ONCE = 0x1000;

describe('printable text', () => {
  test.each([
    ['Zoë 5 €', 'Zoë 5 €'],
    ['Zoe\u0308', 'Zoë'],
    ['Łódź, Đặng', 'Lódz, Dang'],
    ['Ŵŵ Ğğ Şş', 'Ww Gg Ss'],
    ['“quoted” – it’s…', '"quoted" - it\'s...'],
    ['10\u00a0000', '10 000'],
    ['№ 1™', 'No 1TM'],
    ['ﬁne ½', 'fine ½'],
    ['日本 🎟', '?? ?'],
    ['tab\there\r\nnext', 'tabhere\nnext'],
    ['\u0000\u001b\u007f\u0085', ''],
    ['\u202eright\u202c to\u200d left', 'right to left'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(printableText(text)).toBe(expected);
  });

  test('stays on its line in pairs and numbers', () => {
    const document = printableDocument({
      elements: [
        { kind: 'pair', label: 'Pla\nce', value: 'A\nB' },
        { kind: 'numbers', values: ['1\n2'], size: 'normal' },
      ],
    });
    expect(document.elements).toEqual([
      { kind: 'pair', label: 'Pla ce', value: 'A B' },
      { kind: 'numbers', values: ['1 2'], size: 'normal' },
    ]);
  });

  test('never makes the printer change its code page: every character there is', () => {
    const errors = vi.spyOn(console, 'error');
    const results = new Set<string>();
    for (let first = 0; first <= 0x10ffff; first += CODES_AT_ONCE) {
      const codes = Array.from({ length: CODES_AT_ONCE }, (_, offset) => first + offset);
      for (const character of printableText(String.fromCodePoint(...codes))) results.add(character);
    }
    const text = [...results].join('');
    const { body } = encodeTicket(
      { elements: [{ kind: 'text', text, align: 'left', size: 'normal', isBold: false }] },
      48,
    );
    const afterHeader = Array.from(body.slice(5));
    expect(afterHeader.filter((byte) => byte < 0x20 && byte !== 0x0a)).toEqual([]);
    const spaces = afterHeader.filter((byte) => byte === 0x20).length;
    const lines = afterHeader.filter((byte) => byte === 0x0a).length;
    expect(afterHeader.length - spaces - lines).toBe(text.replaceAll(/[ \n]/g, '').length);
    expect(errors).not.toHaveBeenCalled();
  });
});
