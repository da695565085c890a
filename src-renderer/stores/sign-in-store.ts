import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OperationOutput } from '#shared/contract/terminal/operations.ts';
import type { TerminalClient } from '../transport/terminal-client.ts';
import { candidateOf } from './candidate-of.ts';
import {
  isPinLongEnough,
  moveSignIn,
  NOBODY,
  type SignInEvent,
  type SignInFlow,
} from './sign-in-flow.ts';
import type { TerminalStore } from './terminal-store.ts';

/** Somebody who may sign in at this till. */
export type Person = OperationOutput<'session.list-people'>['people'][number];

/** Who can sign in, and how far somebody has got with it. */
export interface SignInState {
  readonly flow: SignInFlow;
  readonly people: readonly Person[];
}

/** What the sign-in screen can do. */
export interface SignInActions {
  readonly loadPeople: () => Promise<void>;
  readonly choosePerson: (person: Person) => void;
  /** Digits are a person's number; anything else is what a badge scans as. */
  readonly nameByNumberOrBadge: (typed: string) => void;
  readonly typeDigit: (digit: string) => void;
  readonly eraseDigit: () => void;
  readonly submit: () => void;
  readonly leave: () => void;
}

export interface SignInStore extends StoreApi<SignInState> {
  readonly actions: SignInActions;
}

/**
 * Signs a person in: who, then the PIN, then a new PIN where the first one must be changed.
 *
 * The names are asked for again with every snapshot while they are shown: people come and go at the
 * raffle office too.
 */
export function createSignInStore(dependencies: {
  readonly client: TerminalClient;
  readonly terminal: TerminalStore;
}): SignInStore {
  const { client, terminal } = dependencies;
  const store = createStore<SignInState>(() => ({ flow: NOBODY, people: [] }));

  function move(event: SignInEvent): void {
    store.setState({ flow: moveSignIn(store.getState().flow, event) });
  }

  async function send(): Promise<void> {
    const { flow } = store.getState();
    if (flow.step === 'who') return;
    const { identification } = flow.candidate;
    move({ kind: 'sent' });
    const answer =
      flow.step === 'pin'
        ? await client.request('session.sign-in', { identification, pin: flow.pin })
        : await client.request('session.change-pin', {
            identification,
            pin: flow.oldPin,
            newPin: flow.pin,
          });
    move(answer.ok ? { kind: 'left' } : { kind: 'refused', failure: answer.failure });
  }

  function submit(): void {
    const { flow } = store.getState();
    if (flow.step === 'who' || flow.isChecking || !isPinLongEnough(flow.pin)) return;
    if (flow.step === 'new-pin') {
      move({ kind: 'new-pin-typed' });
      const next = store.getState().flow;
      if (next.step === 'new-pin' && next.isChecking) void send();
      return;
    }
    void send();
  }

  async function loadPeople(): Promise<void> {
    const answer = await client.request('session.list-people', {});
    if (answer.ok) store.setState({ people: answer.value.people });
  }

  terminal.subscribe(({ snapshot }, before) => {
    const isNowIn = snapshot?.session.kind === 'active';
    if (isNowIn && before.snapshot?.session.kind !== 'active') move({ kind: 'left' });
    const isAskingWho = store.getState().flow.step === 'who';
    if (snapshot?.session.kind === 'signed-out' && isAskingWho) void loadPeople();
  });
  return {
    ...store,
    actions: {
      loadPeople,
      choosePerson: ({ operatorId, displayName }) =>
        move({
          kind: 'person-named',
          candidate: { identification: { method: 'name', operatorId }, label: displayName },
        }),
      nameByNumberOrBadge(typed) {
        const candidate = candidateOf(typed.trim());
        if (candidate !== null) move({ kind: 'person-named', candidate });
      },
      typeDigit: (digit) => move({ kind: 'digit-typed', digit }),
      eraseDigit: () => move({ kind: 'digit-erased' }),
      submit,
      leave: () => move({ kind: 'left' }),
    },
  };
}
