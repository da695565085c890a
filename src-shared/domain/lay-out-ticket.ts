import { invariant } from '#shared/kernel/invariant.ts';
import type {
  TicketDocument,
  TicketElement,
  TicketNumbers,
  TicketPair,
  TicketSize,
  TicketText,
} from './ticket-document.ts';

/** One line of paper, or one code. */
export type TicketLine =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly align: TicketText['align'];
      readonly scale: TextScale;
      readonly isBold: boolean;
    }
  | { readonly kind: 'code128' | 'qr'; readonly value: string };

/** How many times wider and higher than normal. */
export interface TextScale {
  readonly width: number;
  readonly height: number;
}

const PLAIN: TextScale = { width: 1, height: 1 };

/** What text becomes that is too long for its size: high, but no wider than normal. */
const NARROW: TextScale = { width: 1, height: 2 };

const MULTIPLES: Readonly<Record<TicketSize, number>> = { normal: 1, large: 2, huge: 3 };

const GAP_BETWEEN_NUMBERS = 2;

/**
 * A document in lines of at most `columns` characters of normal size.
 *
 * Text breaks between words, and inside a word only if it is longer than a line. Large text that does
 * not fit on one line becomes smaller before it is broken. One character is one column.
 */
export function layOutTicket(document: TicketDocument, columns: number): TicketLine[] {
  invariant(Number.isInteger(columns) && columns >= 16, `paper of ${columns} columns`);
  return document.elements.flatMap((element) => layOutElement(element, columns));
}

function layOutElement(element: TicketElement, columns: number): TicketLine[] {
  switch (element.kind) {
    case 'text':
      return layOutText(element, columns);
    case 'pair':
      return layOutPair(element, columns);
    case 'numbers':
      return layOutNumbers(element, columns);
    case 'rule':
      return [plainLine('-'.repeat(columns))];
    case 'blank':
      return [plainLine('')];
    case 'code128':
    case 'qr':
      return [element];
  }
}

function layOutText({ text, align, size, isBold }: TicketText, columns: number): TicketLine[] {
  return text.split('\n').flatMap((paragraph) => {
    const scale = scaleFor(paragraph, size, columns);
    return wrap(paragraph, Math.floor(columns / scale.width)).map(
      (line): TicketLine => ({ kind: 'text', text: line, align, scale, isBold }),
    );
  });
}

function layOutPair({ label, value }: TicketPair, columns: number): TicketLine[] {
  const room = columns - lengthOf(label) - 1;
  if (lengthOf(value) <= room) {
    const gap = ' '.repeat(columns - lengthOf(label) - lengthOf(value));
    return [plainLine(label + gap + value)];
  }
  const values = wrap(value, columns).map((line) => plainLine(line, 'right'));
  return [...wrap(label, columns).map((line) => plainLine(line)), ...values];
}

function layOutNumbers({ values, size }: TicketNumbers, columns: number): TicketLine[] {
  const longest = values.reduce((left, right) => (right.length > left.length ? right : left), '');
  const scale = scaleFor(longest, size, columns);
  const room = Math.floor(columns / scale.width);
  const cells = values.flatMap((value) => breakRun(value, room));
  const width = Math.max(0, ...cells.map((cell) => cell.length));
  const perLine = Math.max(
    1,
    Math.floor((room + GAP_BETWEEN_NUMBERS) / (width + GAP_BETWEEN_NUMBERS)),
  );
  const lines = inGroupsOf(perLine, cells).map((group) =>
    group.map((cell) => cell.padEnd(width)).join(' '.repeat(GAP_BETWEEN_NUMBERS)),
  );
  const widest = Math.max(0, ...lines.map((line) => line.length));
  return lines.map((line) => ({
    kind: 'text',
    text: line.padEnd(widest),
    align: 'centre',
    scale,
    isBold: true,
  }));
}

/** A run that is longer than a line goes on two, broken after its dash. */
function breakRun(value: string, room: number): string[] {
  if (value.length <= room) return [value];
  return value.split(/(?<= -) /).flatMap((half) => wrap(half, room));
}

function scaleFor(text: string, size: TicketSize, columns: number): TextScale {
  if (size === 'normal') return PLAIN;
  for (let multiple = MULTIPLES[size]; multiple > 1; multiple -= 1) {
    if (lengthOf(text) * multiple <= columns) return { width: multiple, height: multiple };
  }
  return NARROW;
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((long) => slices(long, columns))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (lengthOf(longer) <= columns) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function slices(word: string, columns: number): string[] {
  return inGroupsOf(columns, Array.from(word)).map((group) => group.join(''));
}

function inGroupsOf<Item>(size: number, items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, group) =>
    items.slice(group * size, (group + 1) * size),
  );
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

function plainLine(text: string, align: TicketText['align'] = 'left'): TicketLine {
  return { kind: 'text', text, align, scale: PLAIN, isBold: false };
}
