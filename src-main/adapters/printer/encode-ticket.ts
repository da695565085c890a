import { BreakLine, CharacterSet, PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import { layOutTicket, type TextScale, type TicketLine } from '#shared/domain/lay-out-ticket.ts';
import type { TicketDocument, TicketText } from '#shared/domain/ticket-document.ts';
import { encodeCode128, encodeQr } from './encode-codes.ts';
import { printableDocument } from './printable-text.ts';

/** A ticket as ESC/POS bytes. */
export interface EncodedTicket {
  /** Everything up to the end of the last line. A driver may ask here whether it is on paper. */
  readonly body: Uint8Array;
  /** Feeds the last line past the cutter, and cuts. */
  readonly cut: Uint8Array;
}

/** Initialises the printer, then selects code page 858: whatever a broken job left is gone. */
const HEADER = Uint8Array.of(0x1b, 0x40, 0x1b, 0x74, 0x13);

/** How a line looks. */
interface LineStyle {
  readonly align: TicketText['align'];
  readonly isBold: boolean;
  readonly scale: TextScale;
}

const STYLE_AFTER_HEADER: LineStyle = {
  align: 'left',
  isBold: false,
  scale: { width: 1, height: 1 },
};

const STYLE_OF_CODES: LineStyle = { ...STYLE_AFTER_HEADER, align: 'centre' };

const PARTIAL_CUT = Uint8Array.of(0x1d, 0x56, 0x42, 0x00);

/**
 * A document as bytes for an ESC/POS printer with paper of `columns` characters.
 *
 * node-thermal-printer turns text into bytes and does nothing else: its ways of sending report what
 * they cannot know, and its commands for size, codes and cutting have faults (see the tests).
 */
export function encodeTicket(document: TicketDocument, columns: number): EncodedTicket {
  const builder = startBuilder(columns);
  let style = STYLE_AFTER_HEADER;
  for (const line of layOutTicket(printableDocument(document), columns)) {
    style = changeStyle(builder, style, styleOf(line));
    addContent(builder, line, columns);
  }
  return { body: Uint8Array.from(builder.getBuffer()), cut: PARTIAL_CUT };
}

/** One builder a ticket: the library keeps state that would leak into the next one. */
function startBuilder(columns: number): ThermalPrinter {
  const configuration = {
    type: PrinterTypes.EPSON,
    width: columns,
    characterSet: CharacterSet.PC858_EURO,
    breakLine: BreakLine.NONE,
  };
  // Its types demand a destination; without one it can build bytes but not send them.
  const builder = new ThermalPrinter(
    configuration as ConstructorParameters<typeof ThermalPrinter>[0],
  );
  builder.setBuffer(Buffer.from(HEADER));
  return builder;
}

function addContent(builder: ThermalPrinter, line: TicketLine, columns: number): void {
  if (line.kind === 'text') {
    builder.println(line.text);
    return;
  }
  const code = line.kind === 'qr' ? encodeQr(line.value) : encodeCode128(line.value, columns);
  builder.add(Buffer.from(code));
  builder.newLine();
}

function styleOf(line: TicketLine): LineStyle {
  return line.kind === 'text' ? line : STYLE_OF_CODES;
}

/** Sends only what differs from the line before: the wire is slow. Gives back the style wanted. */
function changeStyle(builder: ThermalPrinter, style: LineStyle, wanted: LineStyle): LineStyle {
  if (wanted.align !== style.align) align(builder, wanted.align);
  if (wanted.isBold !== style.isBold) builder.bold(wanted.isBold);
  const size = sizeCommand(wanted.scale);
  if (!size.equals(sizeCommand(style.scale))) builder.add(size);
  return wanted;
}

function align(builder: ThermalPrinter, side: TicketText['align']): void {
  if (side === 'left') builder.alignLeft();
  else if (side === 'centre') builder.alignCenter();
  else builder.alignRight();
}

function sizeCommand({ width, height }: TextScale): Buffer {
  return Buffer.from([0x1d, 0x21, ((width - 1) << 4) | (height - 1)]);
}
