import type { Identification } from '#shared/contract/terminal/operations.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { ScreenFailure } from '../transport/screen-failure.ts';

/** The person who is signing in: how they said who they are, and what to call them meanwhile. */
export interface Candidate {
  readonly identification: Identification;
  readonly label: string;
}

/** Where a sign-in stands. */
export type SignInFlow =
  | { readonly step: 'who'; readonly problem: ScreenFailure | null }
  | {
      readonly step: 'pin';
      readonly candidate: Candidate;
      readonly pin: string;
      readonly problem: ScreenFailure | null;
      readonly isChecking: boolean;
    }
  | {
      readonly step: 'new-pin';
      readonly candidate: Candidate;
      readonly oldPin: string;
      readonly pin: string;
      /** The new PIN as typed the first time; null until then. */
      readonly first: string | null;
      readonly problem: ScreenFailure | 'not-the-same' | null;
      readonly isChecking: boolean;
    };

/** What can happen while somebody signs in. */
export type SignInEvent =
  | { readonly kind: 'person-named'; readonly candidate: Candidate }
  | { readonly kind: 'digit-typed'; readonly digit: string }
  | { readonly kind: 'digit-erased' }
  | { readonly kind: 'sent' }
  | { readonly kind: 'new-pin-typed' }
  | { readonly kind: 'refused'; readonly failure: ScreenFailure }
  | { readonly kind: 'left' };

/** Nobody has said who they are. */
export const NOBODY: SignInFlow = { step: 'who', problem: null };

/** PINs have this many digits at least and at most; the terminal asks more of some roles. */
const SHORTEST_PIN = 4;
const LONGEST_PIN = 12;

/** Moves a sign-in on. An event that does not belong to the step leaves it as it is. */
export function moveSignIn(flow: SignInFlow, event: SignInEvent): SignInFlow {
  switch (event.kind) {
    case 'person-named':
      return {
        step: 'pin',
        candidate: event.candidate,
        pin: '',
        problem: null,
        isChecking: false,
      };
    case 'digit-typed':
      return withPin(flow, (pin) => `${pin}${event.digit}`.slice(0, LONGEST_PIN));
    case 'digit-erased':
      return withPin(flow, (pin) => pin.slice(0, -1));
    case 'sent':
      return flow.step === 'who' ? flow : { ...flow, isChecking: true };
    case 'new-pin-typed':
      return flow.step === 'new-pin' ? afterNewPin(flow) : flow;
    case 'refused':
      return afterRefusal(flow, event.failure);
    case 'left':
      return NOBODY;
  }
}

/** Whether the PIN typed so far is long enough to be sent. */
export function isPinLongEnough(pin: string): boolean {
  return pin.length >= SHORTEST_PIN;
}

function withPin(flow: SignInFlow, change: (pin: string) => string): SignInFlow {
  if (flow.step === 'who' || flow.isChecking) return flow;
  return { ...flow, pin: change(flow.pin), problem: null };
}

function afterNewPin(flow: Extract<SignInFlow, { step: 'new-pin' }>): SignInFlow {
  if (flow.first === null) return { ...flow, first: flow.pin, pin: '', problem: null };
  if (flow.first === flow.pin) return { ...flow, isChecking: true };
  return { ...flow, first: null, pin: '', problem: 'not-the-same' };
}

function afterRefusal(flow: SignInFlow, reason: ScreenFailure): SignInFlow {
  switch (flow.step) {
    case 'who':
      return { step: 'who', problem: reason };
    case 'pin':
      return reason.code === 'operator.must-change-pin'
        ? {
            step: 'new-pin',
            candidate: flow.candidate,
            oldPin: flow.pin,
            pin: '',
            first: null,
            problem: null,
            isChecking: false,
          }
        : { ...flow, pin: '', problem: reason, isChecking: false };
    case 'new-pin':
      return { ...flow, pin: '', first: null, problem: reason, isChecking: false };
  }
}

/** Until when a refusal asks to wait, if it says so. */
export function waitUntil(problem: ScreenFailure | 'not-the-same' | null): Instant | null {
  if (problem === null || problem === 'not-the-same') return null;
  const until = problem.detail['until'];
  return problem.code === 'sign-in.delayed' && typeof until === 'string'
    ? (until as Instant)
    : null;
}
