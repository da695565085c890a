import { describe, expect, test } from 'vitest';
import { createPrintQueue } from '#main/application/printing/print-queue.ts';
import type { PrintJobRow } from '#main/ports/terminal-rows.ts';
import type { OrderId, PrintJobId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok } from '#shared/kernel/result.ts';
import { fakeId } from '#test/helpers/fakes/fake-ids.ts';
import { createFakePrinter } from '#test/helpers/fakes/fake-printer.ts';
import { createFakeTime, settle, TEST_START } from '#test/helpers/fakes/fake-time.ts';
import { openSellingTill, type TestTill } from '#test/helpers/fakes/open-till.ts';
import { PACKAGES, PEOPLE } from '#test/helpers/fakes/test-mirror.ts';

function lastOrder(till: TestTill): { readonly printJobId: PrintJobId; readonly orderId: OrderId } {
  const order = till.payloads('sale.completed').at(-1)?.orders[0];
  invariant(order !== undefined, 'something was sold');
  return order;
}

/** The job of the last sale as the rows have it, on its way to the second copy or not. */
function lastKeptJob(till: TestTill): PrintJobId {
  const job = till.rows().openPrintJobs().at(-1)?.printJobId;
  invariant(job !== undefined, 'a job is open');
  return job;
}

function waitingJob(printJobId: PrintJobId): PrintJobRow {
  const state = { kind: 'waiting' } as const;
  return { printJobId, orderId: fakeId('6', 6), copyNumber: 0, attempts: 0, state };
}

/** A ticket of which nobody knows what is on paper. */
async function openTillWithQuestion(): Promise<TestTill> {
  const till = await openSellingTill();
  till.printer.script('unknown');
  await till.sell(PACKAGES.one);
  return till;
}

const APPROVAL = {
  identification: { method: 'name', operatorId: PEOPLE.supervisor.operatorId },
  pin: PEOPLE.supervisor.pin,
} as const;

describe('the print queue', () => {
  test('journals the start before the first byte, and the end with what the printer said', async () => {
    using till = await openSellingTill();
    await till.sell(PACKAGES.one);
    const { printJobId } = lastOrder(till);
    const kinds = till.entries().map(({ kind }) => kind);
    expect(kinds.slice(-3)).toEqual(['sale.completed', 'print.started', 'print.finished']);
    expect(till.payloads('print.started')).toEqual([{ printJobId, attempt: 1 }]);
    expect(till.payloads('print.finished')).toEqual([
      { printJobId, outcome: 'printed', detail: 'it was printed' },
    ]);
    expect(till.entries().at(-1)?.operatorId).toBeNull();
    expect(till.core().snapshot().lastSale?.tickets).toMatchObject([{ state: 'printed' }]);
  });

  test('prints one ticket at a time, in order', async () => {
    using till = await openSellingTill();
    till.printer.script('hang');
    await till.sell(PACKAGES.one, PACKAGES.three);
    expect(till.printer.requests()).toHaveLength(1);
    expect(till.core().snapshot().lastSale?.tickets).toMatchObject([
      { state: 'printing' },
      { state: 'waiting' },
    ]);
  });

  test('waits for the printer, and goes on by itself', async () => {
    using till = await openSellingTill();
    till.secondJournal.hold();
    const sale = till.sell(PACKAGES.one);
    await settle();
    till.printer.setCondition('paper-out');
    till.secondJournal.release();
    await sale;
    expect(till.printer.requests()).toHaveLength(0);
    expect(till.core().snapshot().lastSale?.tickets).toMatchObject([{ state: 'waiting' }]);
    till.printer.setCondition('ready');
    await settle();
    expect(till.core().snapshot().lastSale?.tickets).toMatchObject([{ state: 'printed' }]);
  });

  test('tries again what was proven not to have been sent', async () => {
    using till = await openSellingTill();
    till.printer.script('not-sent');
    await till.sell(PACKAGES.one);
    expect(till.core().snapshot().openTickets).toEqual([]);
    await till.time.advance(2_000);
    expect(till.printer.requests().map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(till.core().snapshot().lastSale?.tickets).toMatchObject([{ state: 'printed' }]);
  });

  test.each(['unknown', 'throw'] as const)('asks after an outcome of %s', async (outcome) => {
    using till = await openSellingTill();
    till.printer.script(outcome);
    await till.sell(PACKAGES.one);
    expect(till.core().snapshot().openTickets).toMatchObject([
      { state: 'in-question', isProvenUnsent: false, packageName: '1 number' },
    ]);
  });

  test('asks nobody about a ticket whose sale is still on its way to the second copy', async () => {
    using till = await openSellingTill({ profile: { maximumParkedTickets: 0 } });
    till.secondJournal.hold();
    const sale = till.sell(PACKAGES.one);
    await settle();
    expect(till.core().snapshot()).toMatchObject({ openTickets: [], selling: { refusal: null } });
    expect(
      await till.run['ticket.answer']({
        printJobId: lastKeptJob(till),
        answer: 'nothing',
      }),
    ).toMatchObject({ failure: { code: 'print-job.not-in-question' } });
    till.secondJournal.release();
    await sale;
    expect(till.printer.requests()).toHaveLength(1);
  });

  test.each([0, 1, 2, 3, 4, 5, 6])(
    'misses no ticket that is added %i turns after the last one is done',
    async (turns) => {
      const [first, second] = [fakeId<PrintJobId>('5', 1), fakeId<PrintJobId>('5', 2)];
      const printed: PrintJobId[] = [];
      let changes = 0;
      const queue = createPrintQueue({
        rows: { printJob: (printJobId) => waitingJob(printJobId) },
        ledger: { commit: async () => ok(undefined as never) },
        printer: {
          ...createFakePrinter(),
          print: async ({ printJobId }) => {
            printed.push(printJobId);
            return { outcome: 'printed', detail: '' };
          },
        },
        timers: createFakeTime(TEST_START).timers,
        log: { info: () => {}, warn: () => {}, error: () => {} },
        documentOf: () => ({ elements: [] }),
        async onChanged() {
          changes += 1;
          if (changes !== 2) return;
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
          queue.add([second]);
        },
        onFault: () => {},
      });
      queue.add([first]);
      await settle();
      expect(printed).toEqual([first, second]);
    },
  );

  test('a ticket that cannot be printed is a question and holds up no other', async () => {
    using till = await openSellingTill();
    till.printer.print = () => {
      throw new Error('driver broke before it began');
    };
    await till.sell(PACKAGES.one, PACKAGES.three);
    expect(till.core().snapshot().openTickets).toMatchObject([
      { state: 'in-question', packageName: '1 number' },
      { state: 'in-question', packageName: '3 numbers' },
    ]);
  });

  test('notes faults of the printer and their end', async () => {
    using till = await openSellingTill();
    for (const condition of ['paper-low', 'paper-out', 'ready'] as const) {
      till.printer.setCondition(condition);
      await till.time.advance(1_000);
    }
    expect(
      till.payloads('significant-event.noted').filter(({ code }) => code.startsWith('printer')),
    ).toMatchObject([
      { code: 'printer.fault', detail: { condition: 'paper-low' } },
      { code: 'printer.fault', detail: { condition: 'paper-out' } },
      { code: 'printer.recovered' },
    ]);
  });
});

describe('did it print?', () => {
  test('complete settles the ticket', async () => {
    using till = await openTillWithQuestion();
    const { printJobId } = lastOrder(till);
    expect(await till.run['ticket.answer']({ printJobId, answer: 'complete' })).toEqual({
      ok: true,
      value: {},
    });
    expect(till.core().snapshot().openTickets).toEqual([]);
    expect(await till.run['ticket.answer']({ printJobId, answer: 'torn' })).toMatchObject({
      failure: { code: 'print-job.not-in-question' },
    });
    expect(till.payloads('print.answered')).toEqual([{ printJobId, answer: 'complete' }]);
  });

  test.each(['torn', 'nothing'] as const)(
    '%s parks the ticket, and selling goes on up to a count',
    async (answer) => {
      using till = await openTillWithQuestion();
      await till.run['ticket.answer']({ printJobId: lastOrder(till).printJobId, answer });
      expect(till.core().snapshot().openTickets).toMatchObject([{ state: 'parked' }]);
      till.printer.script('unknown');
      expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
      expect(await till.sell(PACKAGES.one)).toEqual({
        ok: false,
        failure: { code: 'ticket.too-many-unsettled', detail: { count: 2, maximum: 1 } },
      });
    },
  );

  test('an unknown ticket is refused', async () => {
    using till = await openSellingTill();
    expect(
      await till.run['ticket.answer']({ printJobId: fakeId('6', 6), answer: 'complete' }),
    ).toMatchObject({ failure: { code: 'print-job.unknown' } });
  });
});

describe('after a crash', () => {
  test('between commit and print: nothing was sent, and "nothing" prints the original', async () => {
    using till = await openSellingTill();
    till.secondJournal.hold();
    void till.sell(PACKAGES.one);
    await settle();
    await till.restart();
    const [open] = till.core().snapshot().openTickets;
    expect(open).toMatchObject({ state: 'in-question', isProvenUnsent: true });
    invariant(open !== undefined, 'there is a question');
    await till.signIn();
    await till.run['ticket.answer']({ printJobId: open.printJobId, answer: 'nothing' });
    await settle();
    expect(till.printer.requests()).toMatchObject([{ printJobId: open.printJobId, attempt: 1 }]);
    expect(JSON.stringify(till.printer.requests()[0]?.document)).not.toContain('REPRINT');
    expect(till.core().snapshot().openTickets).toEqual([]);
  });

  test('"nothing" twice prints one original', async () => {
    using till = await openSellingTill();
    till.secondJournal.hold();
    void till.sell(PACKAGES.one);
    await settle();
    await till.restart();
    await till.signIn();
    const printJobId = lastKeptJob(till);
    till.secondJournal.hold();
    const answers = [1, 2].map(() => till.run['ticket.answer']({ printJobId, answer: 'nothing' }));
    await settle();
    till.secondJournal.release();
    await Promise.all(answers);
    await settle();
    expect(till.printer.requests()).toHaveLength(1);
  });

  test('while printing: the printer is asked first', async () => {
    using till = await openSellingTill();
    till.printer.script('hang');
    await till.sell(PACKAGES.one);
    const { printJobId } = lastOrder(till);
    await till.restart();
    expect(till.core().snapshot().openTickets).toMatchObject([
      { printJobId, state: 'in-question', isProvenUnsent: false },
    ]);
    await till.restart({
      printer: {
        ...till.printer,
        recall: async () => {
          throw new Error('the port is gone');
        },
      },
    });
    expect(till.core().snapshot().openTickets).toMatchObject([{ state: 'in-question' }]);
    till.printer.remember(printJobId);
    const remembering = till.printer;
    await till.restart({ printer: remembering });
    expect(till.core().snapshot().openTickets).toEqual([]);
    expect(till.payloads('print.finished')).toMatchObject([{ printJobId, outcome: 'printed' }]);
  });
});

describe('a reprint', () => {
  async function openParked(): Promise<TestTill> {
    const till = await openTillWithQuestion();
    await till.run['ticket.answer']({ printJobId: lastOrder(till).printJobId, answer: 'torn' });
    return till;
  }

  test('needs a supervisor where the profile says so, is marked, and settles the ticket', async () => {
    using till = await openParked();
    const { orderId } = lastOrder(till);
    const reprint = (approval: typeof APPROVAL | null) =>
      till.run['ticket.reprint']({ orderId, reason: 'torn', approval });
    expect(await reprint(null)).toMatchObject({
      failure: { code: 'reprint.not-allowed', detail: { cause: 'approval' } },
    });
    expect(
      await till.run['ticket.reprint']({
        orderId,
        reason: 'torn',
        approval: {
          identification: { method: 'name', operatorId: PEOPLE.ana.operatorId },
          pin: PEOPLE.ana.pin,
        },
      }),
    ).toMatchObject({ failure: { code: 'role.insufficient' } });
    expect(await reprint(APPROVAL)).toEqual({ ok: true, value: {} });
    await settle();
    expect(till.payloads('reprint.ordered')).toMatchObject([
      { orderId, copyNumber: 1, reason: 'torn', approvedBy: PEOPLE.supervisor.operatorId },
    ]);
    expect(JSON.stringify(till.printer.requests().at(-1)?.document)).toContain('REPRINT 1');
    expect(till.core().snapshot().openTickets).toEqual([]);
    await reprint(APPROVAL);
    await settle();
    expect(till.payloads('reprint.ordered').map(({ copyNumber }) => copyNumber)).toEqual([1, 2]);
    expect(await till.run['order.list']({ search: '', cursor: null })).toMatchObject({
      value: { orders: [{ orderId, reprintCount: 2, ticket: { state: 'printed' } }] },
    });
  });

  test('is the seller’s own business where the profile says so, and nobody’s where it forbids it', async () => {
    using free = await openSellingTill({ profile: { reprint: 'seller' } });
    await free.sell(PACKAGES.one);
    const ask = { reason: 'smudged', approval: null };
    expect(
      await free.run['ticket.reprint']({ orderId: lastOrder(free).orderId, ...ask }),
    ).toMatchObject({ ok: true });
    expect(free.payloads('reprint.ordered')[0]?.approvedBy).toBe(PEOPLE.sam.operatorId);
    using strict = await openSellingTill({ profile: { reprint: 'never' } });
    await strict.sell(PACKAGES.one);
    expect(
      await strict.run['ticket.reprint']({ orderId: lastOrder(strict).orderId, ...ask }),
    ).toMatchObject({ failure: { code: 'reprint.not-allowed' } });
  });

  test('waits for an answer, for the printer and for a known order', async () => {
    using till = await openTillWithQuestion();
    const ask = { reason: 'torn', approval: APPROVAL };
    const { orderId, printJobId } = lastOrder(till);
    expect(await till.run['ticket.reprint']({ orderId, ...ask })).toMatchObject({
      failure: { code: 'reprint.not-allowed', detail: { cause: 'in-question' } },
    });
    await till.run['ticket.answer']({ printJobId, answer: 'torn' });
    till.printer.setCondition('cover-open');
    expect(await till.run['ticket.reprint']({ orderId, ...ask })).toMatchObject({
      failure: { code: 'printer.not-ready' },
    });
    expect(await till.run['ticket.reprint']({ orderId: fakeId('6', 6), ...ask })).toMatchObject({
      failure: { code: 'order.unknown' },
    });
  });
});
