import { describe, expect, test } from 'vitest';
import { layOutTicket } from '#shared/domain/lay-out-ticket.ts';
import { renderTicketText } from '#shared/domain/render-ticket-text.ts';
import type { TicketElement, TicketText } from '#shared/domain/ticket-document.ts';

function text(words: string, format: Partial<TicketText> = {}): TicketText {
  return { kind: 'text', text: words, align: 'left', size: 'normal', isBold: false, ...format };
}

function rendered(...elements: readonly TicketElement[]): string[] {
  return renderTicketText({ elements }, 32).split('\n').slice(0, -1);
}

function scales(...elements: readonly TicketElement[]): string[] {
  return layOutTicket({ elements }, 32).map((line) =>
    line.kind === 'text' ? `${line.scale.width}x${line.scale.height} ${line.text}` : line.kind,
  );
}

describe('text', () => {
  test('breaks between words and keeps blank lines', () => {
    expect(rendered(text('a\n\nThe quick brown fox jumps over the lazy dog'))).toEqual([
      'a',
      '',
      'The quick brown fox jumps over',
      'the lazy dog',
    ]);
  });

  test('breaks inside a word only where the word is longer than a line', () => {
    expect(rendered(text(`to ${'x'.repeat(40)} end`))).toEqual([
      'to',
      'x'.repeat(32),
      'xxxxxxxx end',
    ]);
  });

  test('is aligned', () => {
    expect(rendered(text('mid', { align: 'centre' }), text('end', { align: 'right' }))).toEqual([
      '              mid',
      '                             end',
    ]);
  });

  test('becomes smaller before it breaks', () => {
    const large = (words: string) => text(words, { size: 'large' });
    const huge = (words: string) => text(words, { size: 'huge' });
    expect(
      scales(large('x'.repeat(16)), large('x'.repeat(17)), huge('REPRINT 2'), huge('REPRINT 1234')),
    ).toEqual([
      '2x2 xxxxxxxxxxxxxxxx',
      '1x2 xxxxxxxxxxxxxxxxx',
      '3x3 REPRINT 2',
      '2x2 REPRINT 1234',
    ]);
    expect(scales(large('The quick brown fox jumps over the dog'))).toEqual([
      '1x2 The quick brown fox jumps over',
      '1x2 the dog',
    ]);
  });
});

describe('a pair', () => {
  test('stands at both edges', () => {
    expect(rendered({ kind: 'pair', label: 'Till', value: '07' })).toEqual([
      'Till                          07',
    ]);
  });

  test('goes on further lines where it does not fit one', () => {
    const value = 'a value that is a good deal longer than the line';
    expect(rendered({ kind: 'pair', label: 'Place', value })).toEqual([
      'Place',
      '     a value that is a good deal',
      '            longer than the line',
    ]);
  });
});

describe('numbers', () => {
  test('stand in columns', () => {
    const values = ['000 001', '000 003', '000 005', '000 007'];
    expect(rendered({ kind: 'numbers', values, size: 'normal' })).toEqual([
      '   000 001  000 003  000 005',
      '   000 007',
    ]);
    expect(scales({ kind: 'numbers', values, size: 'large' })).toEqual([
      '2x2 000 001  000 003',
      '2x2 000 005  000 007',
    ]);
  });

  test('in a run too long for a line break after the dash', () => {
    const values = ['1 000 000 001 - 1 000 000 999 (999)'];
    expect(rendered({ kind: 'numbers', values, size: 'normal' })).toEqual([
      '      1 000 000 001 -',
      '      1 000 000 999 (999)',
    ]);
  });
});

test('paper that is too narrow for anything is a bug', () => {
  expect(() => layOutTicket({ elements: [] }, 15)).toThrow('paper of 15 columns');
});
