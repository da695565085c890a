import { mkdirSync, readFileSync } from 'node:fs';
import { open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { PrintRequest, PrintResult, ReceiptPrinter } from '#main/ports/receipt-printer.ts';
import type { PrinterStanding } from '#shared/contract/terminal/snapshot.ts';
import { renderTicketText } from '#shared/domain/render-ticket-text.ts';
import { concatBytes, utf8 } from '#shared/kernel/bytes.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { encodeTicket } from './encode-ticket.ts';

/** Where the virtual printer keeps its paper, and how it behaves. */
export interface VirtualPrinterOptions {
  /** Tickets go here, and a file `condition` in it says how the printer is. Made if missing. */
  readonly directory: string;
  /** Characters across the paper: 32 for 58 mm, 48 for 80 mm. */
  readonly columns: number;
  /** How long one ticket takes, in milliseconds. */
  readonly printMs?: number;
}

type Condition = PrinterStanding['condition'];

const UNIT = 'Virtual printer';
const PRINT_MS = 400;
const POLL_MS = 250;
const STEPS_PER_TICKET = 8;

const IS_READY: Readonly<Record<Condition, boolean>> = {
  ready: true,
  'paper-low': true,
  'battery-low': true,
  'paper-out': false,
  'cover-open': false,
  'cutter-jammed': false,
  offline: false,
  disconnected: false,
  fault: false,
};

/**
 * A printer without hardware: each ticket becomes a file of the bytes a real one would get, and a
 * picture of it as text.
 *
 * The paper grows line by line in `<printJobId>-<attempt>.torn.txt`, which stays if the ticket is cut
 * short; `<printJobId>-<attempt>.bin` takes its place once the whole ticket is there. Writing a condition such as `paper-out` into the file
 * `condition` makes the printer behave so, until the file says `ready` or is gone.
 */
export function createVirtualPrinter(options: VirtualPrinterOptions): ReceiptPrinter {
  const { directory, columns, printMs = PRINT_MS } = options;
  mkdirSync(directory, { recursive: true });
  const listeners = new Set<() => void>();
  let condition = readCondition(directory);
  let job: Promise<PrintResult> | undefined;

  function look(): Condition {
    const before = condition;
    condition = readCondition(directory);
    if (condition !== before) for (const listener of listeners) listener();
    return condition;
  }

  async function printOne(request: PrintRequest): Promise<PrintResult> {
    const name = `${request.printJobId}-${request.attempt}`;
    if (!IS_READY[look()]) return { outcome: 'not-sent', detail: `The printer says ${condition}.` };
    const picture = renderTicketText(request.document, columns);
    const { body, cut } = encodeTicket(request.document, columns);
    const torn = join(directory, `${name}.torn.txt`);
    for (let step = 1; step <= STEPS_PER_TICKET; step += 1) {
      await writeFile(torn, firstLines(picture, step / STEPS_PER_TICKET));
      await wait(printMs / STEPS_PER_TICKET);
      if (IS_READY[look()]) continue;
      return { outcome: 'unknown', detail: `The printer said ${condition} in the middle.` };
    }
    await writeDurably(join(directory, `${name}.txt`), utf8(picture));
    await writeDurably(join(directory, `${name}.bin`), concatBytes(body, cut));
    await rm(torn);
    return { outcome: 'printed', detail: `Written to ${name}.bin.` };
  }

  const timer = setInterval(look, POLL_MS);
  timer.unref();

  return {
    standing: () => ({ unit: UNIT, condition, isReady: IS_READY[condition] }),

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async print(request) {
      invariant(job === undefined, 'the printer takes one ticket at a time');
      job = printOne(request);
      try {
        return await job;
      } finally {
        job = undefined;
      }
    },

    async recall(printJobId) {
      const names = await readdir(directory);
      const isPrinted = names.some((name) => name.startsWith(printJobId) && name.endsWith('.bin'));
      return isPrinted ? 'printed' : 'unknown';
    },

    async close() {
      clearInterval(timer);
      listeners.clear();
      await job?.catch(() => undefined);
    },
  };
}

/** A word that is no condition counts as a fault, so that a typing error does not go unnoticed. */
function readCondition(directory: string): Condition {
  let word: string;
  try {
    word = readFileSync(join(directory, 'condition'), 'utf8').trim();
  } catch {
    return 'ready';
  }
  if (word === '') return 'ready';
  return isCondition(word) ? word : 'fault';
}

function isCondition(word: string): word is Condition {
  return Object.hasOwn(IS_READY, word);
}

function firstLines(picture: string, share: number): string {
  const lines = picture.split('\n');
  return lines.slice(0, Math.floor(lines.length * share)).join('\n');
}

/** The file is there as a whole or not at all, also after a power cut. */
async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const unfinished = `${path}.new`;
  const file = await open(unfinished, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
