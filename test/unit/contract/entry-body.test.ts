import { describe, expect, it } from 'vitest';
import { readEntryBody } from '#shared/contract/journal/entry-body.ts';
import { ENTRY_KINDS } from '#shared/contract/journal/entry-kinds.ts';
import { utf8 } from '#shared/kernel/bytes.ts';

const body = {
  kind: 'operator.signed-out',
  version: 1,
  at: '2026-11-22T19:00:00.000Z',
  wall: '2026-11-22T19:00:01.000Z',
  offsetMs: -1000,
  bootId: '01900000-0000-7000-8000-000000000001',
  operatorId: '01900000-0000-7000-8000-000000000002',
  payload: { operatorId: '01900000-0000-7000-8000-000000000002' },
};

describe('readEntryBody', () => {
  it('reads back what was frozen', () => {
    expect(read(JSON.stringify(body))).toStrictEqual({ ok: true, value: body });
  });

  it.each<[string, Uint8Array, string]>([
    ['bytes that are not text', Uint8Array.of(0x7b, 0xff, 0x7d), 'not JSON in UTF-8'],
    ['half a text', utf8(JSON.stringify(body).slice(0, -2)), 'not JSON in UTF-8'],
    ['a kind from a newer program', edited({ kind: 'sale.split' }), 'unknown kind sale.split'],
    ['an inherited name as kind', edited({ kind: 'toString' }), 'unknown kind toString'],
    ['a newer version', edited({ version: 2 }), 'unknown version 2 of operator.signed-out'],
    [
      'a payload of another kind',
      edited({ payload: {} }),
      'operatorId: Invalid input: expected string, received undefined',
    ],
    [
      'a local time',
      edited({ at: '2026-11-22T19:00:00+01:00' }),
      'at: must be YYYY-MM-DDTHH:mm:ss.sssZ',
    ],
    ['a field nobody knows', edited({ note: 'x' }), 'body: Unrecognized key: "note"'],
    ['a list', utf8('[]'), 'body: Invalid input: expected object, received array'],
  ])('refuses %s in words', (_, bytes, words) => {
    expect(readEntryBody(bytes)).toStrictEqual({ ok: false, failure: words });
  });
});

describe('ENTRY_KINDS', () => {
  it('signs exactly what moves money or numbers, and what a chain stands on', () => {
    const signed = Object.entries(ENTRY_KINDS)
      .filter(([, kind]) => kind.isSigned)
      .map(([name]) => name);
    expect(signed).toStrictEqual([
      'terminal.enrolled',
      'checkpoint.signed',
      'numbers.received',
      'sales.ended',
      'allocation.returned',
      'sale.completed',
      'reprint.ordered',
    ]);
  });
});

function read(text: string) {
  return readEntryBody(utf8(text));
}

function edited(changes: Record<string, unknown>): Uint8Array {
  return utf8(JSON.stringify({ ...body, ...changes }));
}
