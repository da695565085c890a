import type { JsonValue } from '#shared/kernel/json.ts';

/**
 * What can be done about a refusal.
 *
 * - `retry-later`: nothing is wrong with the request; the same one may succeed later
 * - `ask-operator`: a person at the till has to do something first
 * - `ask-supervisor`: a person with more rights has to do something first
 * - `fix-input`: this request can never succeed
 * - `none`: nobody at the till can do anything
 */
export type Recovery = 'retry-later' | 'ask-operator' | 'ask-supervisor' | 'fix-input' | 'none';

/** Every reason for which the terminal refuses a request, and what can be done about it. */
export const FAILURES = {
  'frame.malformed': 'fix-input',
  'operation.unknown': 'fix-input',
  'input.invalid': 'fix-input',
  'caller.untrusted': 'none',
  'session.required': 'ask-operator',
  'session.locked': 'ask-operator',
  'role.insufficient': 'ask-supervisor',
  'terminal.fault': 'none',

  'terminal.starting': 'retry-later',
  'terminal.out-of-service': 'none',
  'terminal.not-enrolled': 'ask-supervisor',
  'terminal.already-enrolled': 'fix-input',
  'terminal.disabled': 'ask-supervisor',
  'terminal.configuration-changed': 'ask-supervisor',
  'terminal.holds-unsent-sales': 'retry-later',
  'terminal.comparing-heads': 'retry-later',

  'enrolment.address-invalid': 'fix-input',
  'enrolment.code-unknown': 'fix-input',
  'enrolment.code-expired': 'ask-supervisor',
  'enrolment.fingerprint-mismatch': 'ask-supervisor',

  'central.unreachable': 'retry-later',
  'central.refused': 'ask-supervisor',
  'central.certificate-date': 'ask-operator',
  'central.not-ours': 'ask-supervisor',
  'numbers.refused': 'ask-supervisor',

  'raffle-event.none-chosen': 'ask-operator',
  'raffle-event.unknown': 'fix-input',
  'raffle-event.not-open-yet': 'retry-later',
  'raffle-event.suspended': 'retry-later',
  'raffle-event.closed': 'none',
  'raffle-event.cancelled': 'none',
  'raffle-event.changed-after-start': 'ask-supervisor',
  'raffle-event.still-on-sale': 'none',

  'sign-in.wrong': 'ask-operator',
  'sign-in.delayed': 'retry-later',
  'sign-in.locked': 'ask-supervisor',
  'operator.disabled': 'ask-supervisor',
  'operator.expired': 'ask-supervisor',
  'operator.must-change-pin': 'ask-operator',
  'pin.too-weak': 'fix-input',

  'clock.in-doubt': 'ask-supervisor',
  'clock.not-confirmed': 'ask-supervisor',
  'clock.before-watermark': 'fix-input',
  'clock.too-late': 'fix-input',
  'offline.not-allowed': 'retry-later',
  'offline.order-limit': 'retry-later',
  'offline.value-limit': 'retry-later',
  'offline.hour-limit': 'retry-later',
  'allocation.exhausted': 'retry-later',
  'validation-block.exhausted': 'retry-later',
  'disk.full': 'ask-supervisor',
  'journal.second-copy-failed': 'ask-supervisor',
  'printer.not-ready': 'ask-operator',

  'package.unknown': 'fix-input',
  'checkout.unknown': 'fix-input',
  'checkout.too-large': 'fix-input',
  'checkout.conflict': 'fix-input',
  'checkout.total-changed': 'ask-operator',
  'payment.too-little': 'fix-input',
  'payment.improbable': 'ask-operator',
  'payment.tender-not-allowed': 'fix-input',
  'sale.not-saved': 'ask-operator',
  'order.unknown': 'fix-input',
  'print-job.unknown': 'fix-input',
  'print-job.not-in-question': 'fix-input',
  'reprint.not-allowed': 'ask-supervisor',
  'ticket.too-many-unsettled': 'ask-supervisor',
} as const satisfies Readonly<Record<string, Recovery>>;

/** A reason for a refusal, as `subject.reason`. */
export type FailureCode = keyof typeof FAILURES;

/** The codes as a list, for schemas and tables. */
export const FAILURE_CODES = Object.keys(FAILURES) as readonly FailureCode[];

/**
 * A refusal as plain data: it crosses every boundary unchanged.
 *
 * `detail` holds the facts that its words need (amounts, times, names), never secrets.
 */
export interface Failure {
  readonly code: FailureCode;
  readonly detail: Readonly<Record<string, JsonValue>>;
}

/** A failure with its facts. */
export function failure(code: FailureCode, detail: Failure['detail'] = {}): Failure {
  return { code, detail };
}
