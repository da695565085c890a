import { layOutTicket, type TicketLine } from './lay-out-ticket.ts';
import type { TicketDocument } from './ticket-document.ts';

/**
 * A ticket as plain text of `columns` columns, for logs and tests. Sizes cannot be seen, but lines
 * break where they break on paper; codes are written out in brackets.
 */
export function renderTicketText(document: TicketDocument, columns: number): string {
  const lines = layOutTicket(document, columns).map((line) => renderLine(line, columns));
  return `${lines.join('\n')}\n`;
}

function renderLine(line: TicketLine, columns: number): string {
  if (line.kind !== 'text') {
    const name = line.kind === 'qr' ? 'QR' : 'barcode';
    return aligned(`[${name} ${line.value}]`, 'centre', columns);
  }
  return aligned(line.text, line.align, columns).trimEnd();
}

function aligned(text: string, align: 'left' | 'centre' | 'right', columns: number): string {
  const free = Math.max(0, columns - Array.from(text).length);
  if (align === 'left') return text;
  return ' '.repeat(align === 'right' ? free : Math.floor(free / 2)) + text;
}
