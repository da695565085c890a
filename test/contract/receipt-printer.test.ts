import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVirtualPrinter } from '#main/adapters/printer/virtual-printer.ts';
import type { ReceiptPrinter } from '#main/ports/receipt-printer.ts';
import { type PrinterUnderTest, runReceiptPrinterContract } from './receipt-printer.contract.ts';

async function openVirtualPrinter(printMs: number): Promise<PrinterUnderTest> {
  const directory = await mkdtemp(join(tmpdir(), 'virtual-printer-'));
  const opened: ReceiptPrinter[] = [];

  function openPrinter(): ReceiptPrinter {
    const printer = createVirtualPrinter({ directory, columns: 48, printMs });
    opened.push(printer);
    return printer;
  }

  const printer = openPrinter();
  return {
    printer,
    takePaperOut: () => writeFile(join(directory, 'condition'), 'paper-out\n'),
    putPaperIn: () => writeFile(join(directory, 'condition'), 'ready\n'),

    async tickets() {
      const names = (await readdir(directory)).filter((name) => name.endsWith('.bin')).sort();
      return Promise.all(names.map((name) => readFile(join(directory, name))));
    },

    async reopen() {
      await printer.close();
      return openPrinter();
    },

    async dispose() {
      await Promise.all(opened.map((each) => each.close()));
      await rm(directory, { recursive: true });
    },
  };
}

runReceiptPrinterContract('virtual', { open: openVirtualPrinter, provesPrinting: true });
