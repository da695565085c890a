import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type EncodedTicket, encodeTicket } from '#main/adapters/printer/encode-ticket.ts';
import { composeTicket } from '#shared/domain/compose-ticket.ts';
import type { TicketElement, TicketText } from '#shared/domain/ticket-document.ts';
import {
  consecutive,
  GAME_NIGHT,
  LONGEST_NAMES,
  scattered,
  withNumbers,
} from '#test/fixtures/tickets/ticket-facts.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const HEADER = '1b401b7413';
const LIBRARY = 'node-thermal-printer';

function text(words: string, format: Partial<TicketText> = {}): TicketText {
  return { kind: 'text', text: words, align: 'left', size: 'normal', isBold: false, ...format };
}

function encode(...elements: readonly TicketElement[]): EncodedTicket {
  return encodeTicket({ elements }, 48);
}

/** What follows the header, in hexadecimal digits. */
function bodyOf(...elements: readonly TicketElement[]): string {
  const hex = Buffer.from(encode(...elements).body).toString('hex');
  expect(hex.slice(0, HEADER.length)).toBe(HEADER);
  return hex.slice(HEADER.length);
}

/** Bytes as people can compare them: ASCII as it is, everything else as `<1b>`. */
function readable({ body, cut }: EncodedTicket): string {
  return Buffer.concat([body, cut])
    .toString('latin1')
    .replaceAll(/[^ -~\n]/g, (byte) => `<${byte.charCodeAt(0).toString(16).padStart(2, '0')}>`);
}

function sourceFiles(): string[] {
  return readdirSync(`${ROOT}src-main`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src-main/${name}`);
}

const errors = vi.spyOn(console, 'error');
beforeEach(() => {
  errors.mockClear();
});
afterEach(() => {
  expect(errors).not.toHaveBeenCalled();
});

describe.each([
  ['58 mm', 32],
  ['80 mm', 48],
])('the bytes for %s paper', (_paper, columns) => {
  test.each([
    ['three-numbers', GAME_NIGHT],
    ['250-numbers', withNumbers(consecutive(12_345, 250))],
    ['1000-numbers-scattered', withNumbers(scattered(1_000))],
    ['longest-names', LONGEST_NAMES],
    ['second-reprint', { ...GAME_NIGHT, copyNumber: 2 }],
  ])('of %s are as they were looked at', async (name, facts) => {
    const bytes = readable(encodeTicket(composeTicket(facts), columns));
    await expect(`${bytes}\n`).toMatchFileSnapshot(
      `${ROOT}test/fixtures/golden/${name}.${columns}.escpos.txt`,
    );
  });
});

describe('a job', () => {
  test('starts from a known state and ends with a partial cut', () => {
    const { body, cut } = encode(text('x'));
    expect(Buffer.from(body).toString('hex')).toBe(`${HEADER}780a`);
    expect(Buffer.from(cut).toString('hex')).toBe('1d564200');
  });

  test('is the same whatever was encoded before it', () => {
    const first = encode(text('Zoë 5 €'));
    encode(text('日本 ŵ €', { size: 'huge', isBold: true, align: 'right' }));
    expect(encode(text('Zoë 5 €'))).toEqual(first);
  });

  test('initialises the printer nowhere but at its start', () => {
    const facts = { ...withNumbers(scattered(300)), copyNumber: 1 };
    const { body } = encodeTicket(composeTicket(facts), 32);
    const hex = Buffer.from(body).toString('latin1');
    expect(hex.lastIndexOf('\x1b@')).toBe(0);
  });
});

describe('text', () => {
  test('is one byte a character in code page 858', () => {
    expect(bodyOf(text('Zoë 5 € n° 12'))).toBe('5a6f89203520d5206ef82031320a');
  });

  test('keeps its blank lines', () => {
    expect(bodyOf(text('a\n\nb'))).toBe('610a0a620a');
  });

  test('is set twice as wide and as high, or only high, in the right order of the two', () => {
    expect(bodyOf(text('x', { size: 'large' }))).toBe('1d2111780a');
    expect(bodyOf(text('x', { size: 'huge' }))).toBe('1d2122780a');
    expect(bodyOf(text('x'.repeat(30), { size: 'large' }))).toBe(`1d2101${'78'.repeat(30)}0a`);
  });

  test('changes only what differs from the line before', () => {
    const bold = { isBold: true, align: 'centre' } as const;
    expect(bodyOf(text('a', bold), text('b', bold), text('c'), text('d', { align: 'right' }))).toBe(
      `${'1b6101'}${'1b4501'}610a620a${'1b6100'}${'1b4500'}630a${'1b6102'}640a`,
    );
  });

  test('cannot smuggle in commands', () => {
    expect(bodyOf(text('A\x1b@\x1dV0\x10\x04\x01\u009b\u200bB'))).toBe(
      Buffer.from('A@V0B\n').toString('hex'),
    );
  });
});

describe('the library', () => {
  test('is imported by one file, which gives it no interface', () => {
    const users = sourceFiles().filter((path) =>
      readFileSync(ROOT + path, 'utf8').includes(`'${LIBRARY}'`),
    );
    expect(users).toEqual(['src-main/adapters/printer/encode-ticket.ts']);
    expect(readFileSync(`${ROOT}${users[0]}`, 'utf8')).not.toMatch(/\binterface\s*:/);
  });

  test.each([
    'getStatus',
    'isPrinterConnected',
    'openCashDrawer',
    'printQR',
    'code128(',
    'setTextSize',
  ])('is never asked for %s', (name) => {
    const adapter = readFileSync(`${ROOT}src-main/adapters/printer/encode-ticket.ts`, 'utf8');
    expect(adapter).not.toContain(`builder.${name}`);
  });
});
