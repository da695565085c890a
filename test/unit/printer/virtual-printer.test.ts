import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createVirtualPrinter } from '#main/adapters/printer/virtual-printer.ts';
import type { ReceiptPrinter } from '#main/ports/receipt-printer.ts';
import { composeTicket } from '#shared/domain/compose-ticket.ts';
import { renderTicketText } from '#shared/domain/render-ticket-text.ts';
import { idOf, type PrintJobId } from '#shared/kernel/ids.ts';
import { GAME_NIGHT } from '#test/fixtures/tickets/ticket-facts.ts';

const JOB = idOf<PrintJobId>('00000000-0000-7000-8000-0000000000a1');
const TICKET = composeTicket(GAME_NIGHT);

let directory: string;
const printers: ReceiptPrinter[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'virtual-printer-'));
});

afterEach(async () => {
  await Promise.all(printers.splice(0).map((printer) => printer.close()));
  await rm(directory, { recursive: true });
});

function openPrinter(printMs = 40): ReceiptPrinter {
  const printer = createVirtualPrinter({
    directory: join(directory, 'paper'),
    columns: 32,
    printMs,
  });
  printers.push(printer);
  return printer;
}

function setCondition(word: string): Promise<void> {
  return writeFile(join(directory, 'paper', 'condition'), word);
}

test('leaves the bytes and a picture of each attempt, and nothing unfinished', async () => {
  const printer = openPrinter();
  await printer.print({ printJobId: JOB, attempt: 1, document: TICKET });
  await printer.print({ printJobId: JOB, attempt: 2, document: TICKET });
  const names = [`${JOB}-1.bin`, `${JOB}-1.txt`, `${JOB}-2.bin`, `${JOB}-2.txt`];
  expect((await readdir(join(directory, 'paper'))).sort()).toEqual(names);
  expect(await readFile(join(directory, 'paper', `${JOB}-1.txt`), 'utf8')).toBe(
    renderTicketText(TICKET, 32),
  );
});

test('keeps the torn part of a ticket cut short', async () => {
  const printer = openPrinter(800);
  const printing = printer.print({ printJobId: JOB, attempt: 1, document: TICKET });
  await wait(250);
  await setCondition('cover-open');
  expect(await printing).toEqual({
    outcome: 'unknown',
    detail: 'The printer said cover-open in the middle.',
  });
  const torn = await readFile(join(directory, 'paper', `${JOB}-1.torn.txt`), 'utf8');
  expect(renderTicketText(TICKET, 32).startsWith(torn)).toBe(true);
  expect(torn).toContain('Harbour Youth Hockey');
  expect(torn).not.toContain('END OF TICKET');
});

test.each([
  ['ready', 'ready', true],
  ['', 'ready', true],
  ['paper-low\n', 'paper-low', true],
  ['battery-low', 'battery-low', true],
  ['paper-out', 'paper-out', false],
  ['cover-open', 'cover-open', false],
  ['cutter-jammed', 'cutter-jammed', false],
  ['offline', 'offline', false],
  ['disconnected', 'disconnected', false],
  ['fault', 'fault', false],
  ['paper out', 'fault', false],
  ['toString', 'fault', false],
])('the word %j in the file means %s', async (word, condition, isReady) => {
  openPrinter();
  await setCondition(word);
  expect(openPrinter().standing()).toEqual({ unit: 'Virtual printer', condition, isReady });
});
