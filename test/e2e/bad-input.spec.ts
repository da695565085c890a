import { salesInJournal } from './fixtures/sales.ts';
import { openScreenFrames } from './fixtures/screen-frames.ts';
import { expect, test } from './fixtures/terminal-test.ts';
import { PEOPLE } from './fixtures/venue.ts';

const UNKNOWN_ID = '0198c0de-0000-7000-8000-000000000000';

test('bad input is refused by its kind and sells nothing', async ({ sellingTill }) => {
  const frames = await openScreenFrames(sellingTill);
  const { sale } = await frames.draftOfOne();

  const malformed = [
    'null',
    '[]',
    '"sale.complete"',
    '{}',
    '{"kind":"request"}',
    '{"kind":"request","id":-1,"operation":"terminal.show","input":{}}',
    '{"kind":"request","id":1.5,"operation":"terminal.show","input":{}}',
    '{"kind":"request","id":1,"operation":"terminal.show","input":{},"also":1}',
    `{"kind":"request","id":1,"operation":"${'x'.repeat(65)}","input":{}}`,
    `{"kind":"reply","id":1,"outcome":{"ok":true,"value":{}}}`,
  ];
  for (const text of malformed) {
    expect([text, await frames.send(text)]).toEqual([
      text,
      expect.objectContaining({ outcome: refusal('frame.malformed') }),
    ]);
  }

  const requests: readonly [string, unknown, string][] = [
    ['sale.delete', {}, 'operation.unknown'],
    ['__proto__', {}, 'operation.unknown'],
    ['constructor', {}, 'operation.unknown'],
    ['sale.complete', {}, 'input.invalid'],
    ['sale.complete', null, 'input.invalid'],
    ['sale.complete', { ...sale, expectedTotalMinor: '500' }, 'input.invalid'],
    ['sale.complete', { ...sale, expectedTotalMinor: 1e300 }, 'input.invalid'],
    ['sale.complete', { ...sale, extra: true }, 'input.invalid'],
    ['sale.complete', { ...sale, lines: [] }, 'input.invalid'],
    ['sale.complete', { ...sale, expectedTotalMinor: 1 }, 'checkout.total-changed'],
    ['sale.complete', { ...sale, checkoutId: UNKNOWN_ID }, 'checkout.unknown'],
    ['order.show', { orderId: 'x'.repeat(10_000) }, 'input.invalid'],
    ['order.show', { orderId: UNKNOWN_ID }, 'order.unknown'],
    ['order.list', { search: '1'.repeat(41), cursor: null }, 'input.invalid'],
    ['ticket.reprint', reprint('one\u0000two'), 'input.invalid'],
    ['ticket.reprint', reprint('half \ud800 pair'), 'input.invalid'],
    ['ticket.reprint', reprint('x'.repeat(201)), 'input.invalid'],
    ['session.sign-in', signInBy({ method: 'badge', badge: 'a\u0000b' }), 'input.invalid'],
    ['session.sign-in', signInBy({ method: 'number', number: '11; DROP' }), 'input.invalid'],
    ['session.sign-in', { pin: PEOPLE.seller.pin }, 'input.invalid'],
    ['clock.confirm', { now: 'yesterday', approval: null }, 'input.invalid'],
  ];
  for (const [operation, input, code] of requests) {
    expect([operation, input, await frames.request(operation, input)]).toEqual([
      operation,
      input,
      refusal(code),
    ]);
  }
  expect(await salesInJournal(sellingTill)).toEqual([]);

  const first = await frames.request('sale.complete', sale);
  expect(first).toMatchObject({ ok: true });
  expect(await frames.request('sale.complete', sale)).toMatchObject({ ok: true });
  const lines = sale['lines'] as { readonly packageId: string }[];
  const other = { ...sale, lines: lines.map((line) => ({ ...line, quantity: 2 })) };
  expect(await frames.request('sale.complete', other)).toEqual(refusal('checkout.conflict'));
  expect(await salesInJournal(sellingTill)).toHaveLength(1);
  await frames.close();
});

test('a technician, a locked till and nobody at all cannot sell', async ({
  enrolledTill,
  signIn,
  sell,
}) => {
  await signIn.signIn(PEOPLE.technician);
  await sell.tile('$5 3 numbers').waitFor();
  const frames = await openScreenFrames(enrolledTill);
  const change = { checkoutId: null, lines: [] };
  expect(await frames.request('checkout.change', change)).toEqual(refusal('role.insufficient'));
  expect(await frames.request('session.lock', {})).toMatchObject({ ok: true });
  expect(await frames.request('checkout.change', change)).toEqual(refusal('session.locked'));
  expect(await frames.request('session.sign-out', {})).toMatchObject({ ok: true });
  expect(await frames.request('checkout.change', change)).toEqual(refusal('session.required'));
  await frames.close();
});

function refusal(code: string): unknown {
  return { ok: false, failure: { code, detail: expect.anything() } };
}

function reprint(reason: string): unknown {
  return { orderId: UNKNOWN_ID, reason, approval: null };
}

function signInBy(identification: unknown): unknown {
  return { identification, pin: PEOPLE.seller.pin };
}
