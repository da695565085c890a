import type { TicketDocument, TicketElement } from '#shared/domain/ticket-document.ts';

/**
 * The printable characters of code page 858 beyond ASCII. The printer is told to use this page at
 * the start of every job, and never told otherwise.
 */
const PAGE_858 = new Set(
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤' +
    'ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´±‗¾¶§÷¸°¨·¹³²■',
);

/** Characters that ASCII can stand in for. */
const STAND_INS: ReadonlyMap<string, string> = new Map([
  ['\u00a0', ' '],
  ['\u2007', ' '],
  ['\u2009', ' '],
  ['\u202f', ' '],
  ['‐', '-'],
  ['‑', '-'],
  ['–', '-'],
  ['—', '-'],
  ['−', '-'],
  ['‘', "'"],
  ['’', "'"],
  ['‚', ','],
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['…', '...'],
  ['•', '·'],
  ['™', 'TM'],
  ['№', 'No'],
  ['Œ', 'OE'],
  ['œ', 'oe'],
  ['Ł', 'L'],
  ['ł', 'l'],
  ['Đ', 'D'],
  ['đ', 'd'],
  ['ı', 'i'],
  ['ẞ', 'SS'],
]);

/** Control and format characters, and accents that stand alone. */
const INVISIBLE = /^[\p{Cc}\p{Cf}\p{M}]$/u;

/**
 * `text` in characters that the printer has, one byte each; so it is done before lines are broken.
 *
 * Letters lose the accents that the code page lacks; anything else it lacks becomes `?`. Control
 * characters, which a printer would take for commands, are left out; only line breaks stay.
 */
export function printableText(text: string): string {
  return Array.from(text.normalize('NFC'), printableCharacter).join('');
}

/** A document whose words are all printable. Codes are not words: they stay as they are. */
export function printableDocument({ elements }: TicketDocument): TicketDocument {
  return { elements: elements.map(printableElement) };
}

function printableElement(element: TicketElement): TicketElement {
  switch (element.kind) {
    case 'text':
      return { ...element, text: printableText(element.text) };
    case 'pair':
      return {
        ...element,
        label: onOneLine(printableText(element.label)),
        value: onOneLine(printableText(element.value)),
      };
    case 'numbers':
      return { ...element, values: element.values.map((value) => onOneLine(printableText(value))) };
    case 'rule':
    case 'blank':
    case 'code128':
    case 'qr':
      return element;
  }
}

function onOneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}

function printableCharacter(character: string): string {
  if (character === '\n' || isOnPage(character)) return character;
  if (INVISIBLE.test(character)) return '';
  const standIn = STAND_INS.get(character);
  if (standIn !== undefined) return standIn;
  const bare = Array.from(character.normalize('NFKD')).filter((part) => !INVISIBLE.test(part));
  return bare.length > 0 && bare.every(isOnPage) ? bare.join('') : '?';
}

function isOnPage(character: string): boolean {
  return (character >= ' ' && character <= '~') || PAGE_858.has(character);
}
