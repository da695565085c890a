import { beforeEach, describe, expect, it } from 'vitest';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import { createDispatcher } from '#main/transport/dispatcher.ts';
import type { TerminalTransport } from '#main/transport/terminal-transport.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import { OPERATIONS, type OperationName } from '#shared/contract/terminal/operations.ts';
import type { Phase, Session } from '#shared/contract/terminal/snapshot.ts';
import { idOf, type OperatorId } from '#shared/kernel/ids.ts';
import { parseInstant } from '#shared/kernel/instant.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { ok, refuse } from '#shared/kernel/result.ts';

const operatorId = idOf<OperatorId>('01900000-0000-7000-8000-000000000001');
const checkoutId = '01900000-0000-7000-8000-0000000000aa';
const since = parseInstant('2026-11-22T19:00:00.000Z') ?? failTest();
const outOfService: Phase = {
  kind: 'out-of-service',
  since,
  faults: [{ check: 'journal chain', detail: 'entry 7 was changed' }],
};
const roles = ['seller', 'supervisor', 'technician'] as const;

let phase: Phase;
let session: Session;
let calls: { name: string; input: unknown }[];
let refusals: { operation: string; reason: Failure }[];
let thrown: { operation: string; error: unknown }[];
let replies: Partial<Record<OperationName, () => unknown>>;
let dispatcher: TerminalTransport;

beforeEach(() => {
  phase = { kind: 'ready' };
  session = { kind: 'active', operatorId, displayName: 'Robin', role: 'supervisor' };
  calls = [];
  refusals = [];
  thrown = [];
  replies = {};
  dispatcher = createDispatcher({
    handlers: recordingHandlers(),
    phase: () => phase,
    session: () => session,
    onSnapshotChanged: () => () => {},
    noteRefusal: (operation, reason) => refusals.push({ operation, reason }),
    noteThrow: (operation, error) => thrown.push({ operation, error }),
  });
});

describe('a good question', () => {
  it('reaches its use case once, parsed, and carries the answer back under its id', async () => {
    replies['session.list-people'] = () => ok({ people: [] });
    expect(await ask('session.list-people', {}, 41)).toStrictEqual({
      kind: 'reply',
      id: 41,
      outcome: { ok: true, value: { people: [] } },
    });
    expect(calls).toStrictEqual([{ name: 'session.list-people', input: {} }]);
    expect(refusals).toStrictEqual([]);
  });

  it('carries a refusal of the use case back as it is', async () => {
    replies['session.unlock'] = () => refuse(failure('sign-in.wrong', { failuresInARow: 1 }));
    const reply = await ask('session.unlock', { pin: '1234' });
    expect(reply.outcome).toStrictEqual({
      ok: false,
      failure: { code: 'sign-in.wrong', detail: { failuresInARow: 1 } },
    });
  });
});

describe('bad input is refused, noted, and runs nothing', () => {
  it.each<[string, unknown, string, number | null]>([
    ['no object', 'sell', 'frame.malformed', null],
    ['null', null, 'frame.malformed', null],
    ['no operation', { kind: 'request', id: 3, input: {} }, 'frame.malformed', 3],
    [
      'a negative id',
      { kind: 'request', id: -1, operation: 'x', input: {} },
      'frame.malformed',
      -1,
    ],
    ['an extra field', { ...frame('session.lock', {}), role: 'supervisor' }, 'frame.malformed', 1],
    ['an unknown operation', frame('sale.refund-all', {}), 'operation.unknown', 1],
    ['an inherited name', frame('constructor', {}), 'operation.unknown', 1],
    ['a long name', frame('x'.repeat(65), {}), 'frame.malformed', 1],
    ['a number for text', frame('order.list', { search: 7, cursor: null }), 'input.invalid', 1],
    [
      'an over-long string',
      frame('order.list', { search: '1'.repeat(41), cursor: null }),
      'input.invalid',
      1,
    ],
    ['a NUL', frame('ticket.reprint', reprint('torn\u0000')), 'input.invalid', 1],
    ['a lone surrogate', frame('ticket.reprint', reprint('torn\ud800')), 'input.invalid', 1],
    ['a negative quantity', frame('checkout.change', change(-1)), 'input.invalid', 1],
    ['a fraction', frame('checkout.change', change(1.5)), 'input.invalid', 1],
    ['a quantity of NaN', frame('checkout.change', change(Number.NaN)), 'input.invalid', 1],
    [
      'an upper-case id',
      frame('order.show', { orderId: checkoutId.toUpperCase() }),
      'input.invalid',
      1,
    ],
    [
      'a prototype',
      frame('order.show', JSON.parse('{"__proto__":{"orderId":"x"}}')),
      'input.invalid',
      1,
    ],
  ])('%s', async (_, badFrame, code, id) => {
    const reply = await dispatcher.handle(badFrame);
    expect({ id: reply.id, code: codeOf(reply) }).toStrictEqual({ id, code });
    expect(calls).toStrictEqual([]);
    expect(refusals.map(({ reason }) => reason.code)).toStrictEqual([code]);
  });
});

describe('access', () => {
  const names = Object.keys(OPERATIONS) as OperationName[];

  it.each(names)('%s answers exactly the roles it is for', async (name) => {
    const { access } = OPERATIONS[name];
    const allowed: string[] = [];
    for (const role of roles) {
      session = { kind: 'active', operatorId, displayName: 'Robin', role };
      if (!isDenied(await ask(name, {}))) allowed.push(role);
    }
    expect(allowed).toStrictEqual(access === 'anyone' ? [...roles] : [...access]);
  });

  it.each(names)('%s needs a signed-in person unless it is for anyone', async (name) => {
    session = { kind: 'signed-out' };
    const reply = await ask(name, {});
    expect(codeOf(reply) === 'session.required').toBe(OPERATIONS[name].access !== 'anyone');
  });

  it.each(names)('%s is refused on a locked screen unless it is for anyone', async (name) => {
    session = { kind: 'locked', operatorId, displayName: 'Robin', role: 'supervisor' };
    const reply = await ask(name, {});
    expect(codeOf(reply) === 'session.locked').toBe(OPERATIONS[name].access !== 'anyone');
  });

  it('leaves only diagnostics and starting over when the till is out of service', async () => {
    phase = outOfService;
    const answering: string[] = [];
    for (const name of names) {
      if (codeOf(await ask(name, {})) !== 'terminal.out-of-service') answering.push(name);
    }
    expect(answering).toStrictEqual(DIAGNOSTICS);
  });

  it('leaves the same while entries are missing', async () => {
    phase = { kind: 'set-back', endsAtSeq: 5, reachedSeq: 9, search: 'asking' };
    session = { kind: 'active', operatorId, displayName: 'Robin', role: 'supervisor' };
    const answering: string[] = [];
    for (const name of names) {
      if (codeOf(await ask(name, {})) !== 'terminal.comparing-heads') answering.push(name);
    }
    expect(answering).toStrictEqual(DIAGNOSTICS);
  });
});

describe('a throw inside a use case', () => {
  it('is a typed refusal that says nothing of the inside, and is noted', async () => {
    const bug = new TypeError('secret path');
    replies['terminal.show'] = () => {
      throw bug;
    };
    expect((await ask('terminal.show', {})).outcome).toStrictEqual({
      ok: false,
      failure: { code: 'terminal.fault', detail: {} },
    });
    expect(thrown).toStrictEqual([{ operation: 'terminal.show', error: bug }]);
  });

  it('of an integrity fault answers out of service', async () => {
    replies['terminal.show'] = () => {
      throw new IntegrityFault('page 7 is damaged');
    };
    expect(codeOf(await ask('terminal.show', {}))).toBe('terminal.out-of-service');
    expect(thrown).toHaveLength(1);
  });
});

const DIAGNOSTICS = [
  'terminal.show',
  'diagnostics.show',
  'diagnostics.export',
  'enrolment.start-over',
];

function recordingHandlers(): OperationHandlers {
  const entries = (Object.keys(OPERATIONS) as OperationName[]).map((name) => [
    name,
    async (input: unknown) => {
      calls.push({ name, input });
      return replies[name]?.() ?? ok({});
    },
  ]);
  return Object.fromEntries(entries) as OperationHandlers;
}

function ask(operation: OperationName, input: unknown, id = 1) {
  return dispatcher.handle(frame(operation, input, id));
}

function frame(operation: string, input: unknown, id = 1) {
  return { kind: 'request', id, operation, input };
}

function reprint(reason: string) {
  return { orderId: checkoutId, reason, approval: null };
}

function change(quantity: number) {
  return { checkoutId: null, lines: [{ packageId: checkoutId, quantity }] };
}

function codeOf(reply: Awaited<ReturnType<TerminalTransport['handle']>>): string | undefined {
  return reply.outcome.ok ? undefined : reply.outcome.failure.code;
}

function isDenied(reply: Awaited<ReturnType<TerminalTransport['handle']>>): boolean {
  return codeOf(reply) === 'role.insufficient';
}

function failTest(): never {
  throw new Error('bad fixture');
}
