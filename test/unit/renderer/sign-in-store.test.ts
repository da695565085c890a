import { beforeEach, describe, expect, it } from 'vitest';
import { createSignInStore, type SignInStore } from '#renderer/stores/sign-in-store.ts';
import { createTerminalStore } from '#renderer/stores/terminal-store.ts';
import { failure } from '#shared/contract/failures.ts';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import { idOf, type OperatorId } from '#shared/kernel/ids.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { aSnapshot, sampleId } from '#test/helpers/screen-gallery/page/sample-snapshot.ts';
import { createScriptedTerminal, type ScriptedTerminal } from './scripted-terminal.ts';

const operatorId = idOf<OperatorId>(sampleId(11));
const alex = { operatorId, displayName: 'Alex Morgan', number: '12', role: 'seller' } as const;
const identification = { method: 'name', operatorId };
const signedOut: Partial<Snapshot> = { session: { kind: 'signed-out' } };

let terminal: ScriptedTerminal;
let signIn: SignInStore;

beforeEach(() => {
  terminal = createScriptedTerminal();
  const { client } = terminal;
  signIn = createSignInStore({
    client,
    terminal: createTerminalStore({ client, monotonicMs: () => 0 }),
  });
});

function type(pin: string): void {
  for (const digit of pin) signIn.actions.typeDigit(digit);
}

describe('signing in', () => {
  it('shows the people of every snapshot while it asks who', async () => {
    terminal.show(aSnapshot(signedOut));
    await (await terminal.next()).answer(ok({ people: [] }));
    terminal.show(aSnapshot({ ...signedOut, revision: 2 }));
    await (await terminal.next()).answer(ok({ people: [alex] }));
    expect(signIn.getState().people).toEqual([alex]);
    signIn.actions.choosePerson(alex);
    terminal.show(aSnapshot({ ...signedOut, revision: 3 }));
    expect(terminal.pending).toEqual([]);
  });

  it('sends name and PIN, and forgets both when somebody is in', async () => {
    signIn.actions.choosePerson(alex);
    type('258');
    signIn.actions.submit();
    expect(terminal.pending).toEqual([]);
    type('0');
    signIn.actions.submit();
    signIn.actions.submit();
    const request = await terminal.next();
    expect(request).toMatchObject({
      operation: 'session.sign-in',
      input: { identification, pin: '2580' },
    });
    expect(terminal.pending).toEqual([]);
    await request.answer(ok({ kind: 'active' }));
    expect(signIn.getState().flow).toEqual({ step: 'who', problem: null });
  });

  it('changes a first PIN once the new one was typed twice', async () => {
    signIn.actions.choosePerson(alex);
    type('1234');
    signIn.actions.submit();
    await (await terminal.next()).answer(refuse(failure('operator.must-change-pin')));
    type('2580');
    signIn.actions.submit();
    expect(terminal.pending).toEqual([]);
    type('2580');
    signIn.actions.submit();
    expect(await terminal.next()).toMatchObject({
      operation: 'session.change-pin',
      input: { identification, pin: '1234', newPin: '2580' },
    });
  });

  it('takes a badge as one', () => {
    signIn.actions.nameByNumberOrBadge(' HAWKS-0042 ');
    expect(signIn.getState().flow).toMatchObject({
      step: 'pin',
      candidate: { identification: { method: 'badge', badge: 'HAWKS-0042' } },
    });
  });
});
