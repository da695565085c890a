import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PrintRequest, ReceiptPrinter } from '#main/ports/receipt-printer.ts';
import { composeTicket, endOfTicketLine } from '#shared/domain/compose-ticket.ts';
import { idOf, type PrintJobId } from '#shared/kernel/ids.ts';
import { GAME_NIGHT } from '#test/fixtures/tickets/ticket-facts.ts';

/** One printer with its paper, and hands that can reach both. */
export interface PrinterUnderTest {
  readonly printer: ReceiptPrinter;
  /** Takes the paper out; puts it back. The printer may need a moment to notice. */
  readonly takePaperOut: () => Promise<void>;
  readonly putPaperIn: () => Promise<void>;
  /** Every whole ticket that came out, as the bytes that made it. */
  readonly tickets: () => Promise<readonly Uint8Array[]>;
  /** The same hardware after the program started again; the old `printer` is closed. */
  readonly reopen: () => Promise<ReceiptPrinter>;
  /** Lets go of everything. */
  readonly dispose: () => Promise<void>;
}

/** One kind of printer. */
export interface ReceiptPrinterHarness {
  /** A printer that is ready and has printed nothing. One ticket takes about `printMs`. */
  readonly open: (printMs: number) => Promise<PrinterUnderTest>;
  /** Whether the printer can prove that a ticket is on paper, and knows it after a restart. */
  readonly provesPrinting: boolean;
}

const FIRST = idOf<PrintJobId>('00000000-0000-7000-8000-0000000000a1');
const SECOND = idOf<PrintJobId>('00000000-0000-7000-8000-0000000000a2');
const QUICK_MS = 40;
const SLOW_MS = 1_000;
const NOTICED = { timeout: 5_000, interval: 20 };

function request(printJobId: PrintJobId, attempt = 1): PrintRequest {
  return { printJobId, attempt, document: composeTicket(GAME_NIGHT) };
}

/** What every receipt printer has to do, run against one kind of it. */
export function runReceiptPrinterContract(name: string, harness: ReceiptPrinterHarness): void {
  const success = harness.provesPrinting ? 'printed' : 'sent-not-proven';

  describe(`a receipt printer: ${name}`, () => {
    let open: PrinterUnderTest | undefined;

    async function start(printMs: number): Promise<PrinterUnderTest> {
      open = await harness.open(printMs);
      return open;
    }

    beforeEach(() => {
      open = undefined;
    });

    afterEach(async () => {
      await open?.dispose();
    });

    test('prints a whole ticket and says so', async () => {
      const { printer, tickets } = await start(QUICK_MS);
      expect(printer.standing()).toMatchObject({ condition: 'ready', isReady: true });
      expect((await printer.print(request(FIRST))).outcome).toBe(success);

      const [ticket, ...more] = await tickets();
      const bytes = Buffer.from(ticket ?? []).toString('latin1');
      expect(more).toEqual([]);
      expect(bytes.startsWith('\x1b@\x1bt\x13')).toBe(true);
      expect(bytes).toContain(endOfTicketLine(GAME_NIGHT.order.validationNumber));
      expect(bytes.endsWith('\x1dVB\x00')).toBe(true);
    });

    test('prints one ticket after the other', async () => {
      const { printer, tickets } = await start(QUICK_MS);
      await printer.print(request(FIRST));
      await printer.print(request(SECOND));
      expect(await tickets()).toHaveLength(2);
    });

    test('throws when a second ticket comes before the first is done', async () => {
      const { printer, tickets } = await start(SLOW_MS);
      const first = printer.print(request(FIRST));
      await expect(printer.print(request(SECOND))).rejects.toThrow('one ticket at a time');
      expect((await first).outcome).toBe(success);
      expect(await tickets()).toHaveLength(1);
    });

    test('sends nothing while there is no paper, and prints once there is', async () => {
      const { printer, takePaperOut, putPaperIn, tickets } = await start(QUICK_MS);
      await takePaperOut();
      expect((await printer.print(request(FIRST))).outcome).toBe('not-sent');
      expect(await tickets()).toEqual([]);
      expect(printer.standing()).toMatchObject({ condition: 'paper-out', isReady: false });

      await putPaperIn();
      await vi.waitFor(() => expect(printer.standing().isReady).toBe(true), NOTICED);
      expect((await printer.print(request(FIRST, 2))).outcome).toBe(success);
      expect(await tickets()).toHaveLength(1);
    });

    test('does not claim a ticket that the paper ran out on', async () => {
      const { printer, takePaperOut, tickets } = await start(SLOW_MS);
      const printing = printer.print(request(FIRST));
      await wait(SLOW_MS / 3);
      await takePaperOut();
      expect((await printing).outcome).toBe('unknown');
      expect(await tickets()).toEqual([]);
      expect(await printer.recall(FIRST)).toBe('unknown');
    });

    test('tells its listeners when it changes, until they stop listening', async () => {
      const { printer, takePaperOut, putPaperIn } = await start(QUICK_MS);
      const seen: string[] = [];
      const stopListening = printer.onChange(() => seen.push(printer.standing().condition));
      await takePaperOut();
      await vi.waitFor(() => expect(seen).toEqual(['paper-out']), NOTICED);
      stopListening();
      await putPaperIn();
      await vi.waitFor(() => expect(printer.standing().condition).toBe('ready'), NOTICED);
      expect(seen).toEqual(['paper-out']);
    });

    test('knows after a restart what it can know', async () => {
      const { printer, reopen } = await start(QUICK_MS);
      await printer.print(request(FIRST));
      const again = await reopen();
      expect(await again.recall(FIRST)).toBe(harness.provesPrinting ? 'printed' : 'unknown');
      expect(await again.recall(SECOND)).toBe('unknown');
    });

    test('finishes the ticket at hand before it closes', async () => {
      const { printer, tickets } = await start(SLOW_MS);
      const printing = printer.print(request(FIRST));
      await printer.close();
      expect((await printing).outcome).toBe(success);
      expect(await tickets()).toHaveLength(1);
    });
  });
}
