import type { PrinterStanding } from '#shared/contract/terminal/snapshot.ts';

type PrinterCondition = PrinterStanding['condition'];

/** What a printer's condition is called, and what to do about it; null if nothing. */
export interface PrinterWords {
  readonly name: string;
  readonly action: string | null;
}

/** The words for each condition of a printer (GLI-31 3.3.2). */
export const PRINTER_WORDS = {
  ready: { name: 'Ready', action: null },
  'paper-low': { name: 'Paper low', action: 'Have a new roll ready' },
  'paper-out': { name: 'Paper out', action: 'Open lid, put in a roll' },
  'cover-open': { name: 'Lid open', action: 'Close the lid' },
  'cutter-jammed': { name: 'Cutter jammed', action: 'Open lid, free the paper' },
  'battery-low': { name: 'Printer battery low', action: 'Charge it' },
  offline: { name: 'Printer paused', action: 'Press its feed button' },
  disconnected: { name: 'Printer lost', action: 'Check cable and power' },
  fault: { name: 'Printer fault', action: 'Switch it off and on' },
} as const satisfies Readonly<Record<PrinterCondition, PrinterWords>>;
