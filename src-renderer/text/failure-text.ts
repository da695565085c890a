import type { FailureCode } from '#shared/contract/failures.ts';
import { type Instant, parseInstant } from '#shared/kernel/instant.ts';
import { money, parseCurrencyCode } from '#shared/kernel/money.ts';
import type { LinkLost, ScreenFailure } from '../transport/screen-failure.ts';
import { formatMoney } from './format-money.ts';
import { formatDayAndTime, formatTimeOfDay } from './format-time.ts';

/** A refusal in the seller's words: what happened, why, and what to do now. */
export interface FailureWords {
  readonly what: string;
  readonly why: string;
  readonly action: string;
}

/** What the words may need beside the refusal itself. */
export interface FailureSetting {
  /** The venue's, for times of day. */
  readonly timeZone: string;
}

type Detail = ScreenFailure['detail'];
type Worder = (detail: Detail, setting: FailureSetting) => FailureWords;

/** Refusals whose words need no facts. */
function always(what: string, why: string, action: string): Worder {
  return () => ({ what, why, action });
}

const bug = always(
  'That did not work',
  'The till did not understand its own screen.',
  'Try again. If it happens again, tell the technician.',
);
const offlineLimit = (why: string): Worder =>
  always('Selling is stopped', why, 'Go where there is Wi-Fi, or call a supervisor.');

const WORDS = {
  'link.lost': always(
    'Till stopped',
    'The till program does not answer.',
    'Wait a moment. Nothing that was sold is lost.',
  ),

  'frame.malformed': bug,
  'operation.unknown': bug,
  'input.invalid': bug,
  'caller.untrusted': always(
    'Not allowed',
    'This window is not the till.',
    'Close it and use the till window.',
  ),
  'session.required': always('Nobody is signed in', 'Only a person can sell.', 'Sign in.'),
  'session.locked': always('The till is locked', 'Somebody locked it.', 'Unlock it with your PIN.'),
  'role.insufficient': always(
    'This needs a supervisor',
    'Your role does not allow it.',
    'Ask a supervisor or a technician.',
  ),
  'terminal.fault': always(
    'Something went wrong in the till',
    'The till could not finish what it was doing.',
    'Try again. If it happens again, use another till and tell the technician.',
  ),

  'terminal.starting': always('The till is starting', 'It checks its memory first.', 'Wait.'),
  'terminal.out-of-service': always(
    'Out of service',
    'The till found a fault in what it keeps.',
    'Use another till and call the technician.',
  ),
  'terminal.not-enrolled': always(
    'Not set up yet',
    'This till does not belong to an organisation.',
    'Ask for an enrolment code.',
  ),
  'terminal.already-enrolled': always(
    'Already set up',
    'This till belongs to an organisation.',
    'Nothing to do.',
  ),
  'terminal.disabled': always(
    'This till is switched off for sales',
    'The raffle office has disabled it.',
    'Take it to the cash desk. What it sold is still being sent.',
  ),
  'terminal.configuration-changed': always(
    'The settings of this till have changed',
    'Nobody has approved them yet.',
    'Call the technician.',
  ),
  'terminal.holds-unsent-sales': always(
    'Not now',
    'Some sales of this till are not sent yet.',
    'Stay on Wi-Fi until everything is sent.',
  ),
  'terminal.comparing-heads': always(
    'One moment before selling',
    'The till was repaired and must compare with the raffle office first.',
    'Stay on Wi-Fi. It goes on by itself.',
  ),

  'enrolment.address-invalid': always(
    'That address does not work',
    'It must look like https://raffle.example.org.',
    'Check the address on the enrolment sheet.',
  ),
  'enrolment.code-unknown': always(
    'That code is not known',
    'It was mistyped, or used by another till.',
    'Check the code, or ask for a new one.',
  ),
  'enrolment.code-expired': always(
    'That code is too old',
    'Enrolment codes are valid for a short time.',
    'Ask the raffle office for a new one.',
  ),
  'enrolment.fingerprint-mismatch': always(
    'This is not the raffle office',
    'The address answered with another fingerprint.',
    'Check the fingerprint. If it is right, stop and call the raffle office.',
  ),

  'central.unreachable': always(
    'No connection to the raffle office',
    'There is no network, or it does not answer.',
    'Check the Wi-Fi. Sales are saved here and sent later.',
  ),
  'central.refused': always(
    'The raffle office did not accept this till',
    'It answered, and said no.',
    'Tell a supervisor. Sales are saved here.',
  ),
  'central.certificate-date': always(
    "This computer's clock is wrong",
    'So the connection to the raffle office cannot be trusted.',
    'Have the clock set right.',
  ),

  'central.not-ours': always(
    'Somebody else answers for the raffle office',
    'Whoever answered could not prove to be the office that set up this till.',
    'Tell a supervisor at once. Sales are saved here, and nothing was sent.',
  ),
  'numbers.refused': always(
    'The raffle office sent numbers that this till may not sell',
    'They were dealt already. The till keeps the numbers it has.',
    'Tell a supervisor.',
  ),

  'raffle-event.none-chosen': always(
    'No raffle chosen',
    'The till must know what it sells for.',
    'Choose the raffle.',
  ),
  'raffle-event.unknown': always(
    'This raffle is not known here',
    'The list has changed.',
    'Choose again.',
  ),
  'raffle-event.not-open-yet': (detail, setting) => ({
    what: 'Sales are not open yet',
    why: since('They open', instantOf(detail, 'salesStart'), setting, 'later'),
    action: 'Wait. The till opens by itself.',
  }),
  'raffle-event.still-on-sale': always(
    'This till already sells for a raffle',
    'It has to be over before the till takes another one.',
    'Wait until sales are closed and everything is sent.',
  ),
  'raffle-event.suspended': always(
    'Sales are stopped for now',
    'The raffle office has suspended this raffle.',
    'Take no money. The till goes on by itself.',
  ),
  'raffle-event.closed': always(
    'Sales closed',
    'The time for selling is over.',
    'Go to the cash desk.',
  ),
  'raffle-event.cancelled': always(
    'This raffle is cancelled',
    'The raffle office has called it off.',
    'Take no money. Go to the cash desk.',
  ),
  'raffle-event.changed-after-start': always(
    'The raffle was changed after it started',
    'Prices and prizes must stay as they were, so this till keeps the old ones.',
    'Tell a supervisor.',
  ),

  'sign-in.wrong': always(
    'Wrong PIN',
    'Name, number or PIN do not go together.',
    'Try again slowly.',
  ),
  'sign-in.delayed': (detail, setting) => ({
    what: 'Too many wrong PINs',
    why: since('You can try again', instantOf(detail, 'until'), setting, 'soon'),
    action: 'Wait, or let another person sign in.',
  }),
  'sign-in.locked': always(
    'You are locked out',
    'There were too many wrong PINs.',
    'Ask a supervisor for a new PIN.',
  ),
  'operator.disabled': always(
    'You cannot sign in',
    'The raffle office has switched you off.',
    'Ask a supervisor.',
  ),
  'operator.expired': always(
    'Your sign-in has expired',
    'It was valid until a date that has passed.',
    'Ask a supervisor to renew it.',
  ),
  'operator.must-change-pin': always(
    'Choose your own PIN',
    'The first PIN is only for the first sign-in.',
    'Type a new PIN twice.',
  ),
  'pin.too-weak': (detail) => ({
    what: 'Choose another PIN',
    why: weakness(detail),
    action: 'Take one that nobody guesses.',
  }),

  'clock.in-doubt': always(
    'The clock must be checked',
    'The till does not trust its clock.',
    'Call a supervisor to confirm the time.',
  ),
  'clock.not-confirmed': always(
    'The clock is not confirmed',
    'By its clock sales are over, but nobody has confirmed the time since the till started.',
    'Go where there is Wi-Fi, or call a supervisor to confirm the time.',
  ),
  'clock.too-late': always(
    'That time is too late',
    'It is long after the end of sales.',
    'Check the day and the time. If they are right, go where there is Wi-Fi.',
  ),
  'clock.before-watermark': (detail, setting) => ({
    what: 'That time is too early',
    why: since('This till was already running', instantOf(detail, 'notBefore'), setting, 'later'),
    action: 'Check the time and enter it again.',
  }),
  'offline.not-allowed': offlineLimit('This raffle may only be sold with a connection.'),
  'offline.order-limit': offlineLimit('The most sales without a connection are reached.'),
  'offline.value-limit': offlineLimit('The most money without a connection is reached.'),
  'offline.hour-limit': offlineLimit('The till has been without a connection for too long.'),
  'allocation.exhausted': always(
    'Not enough numbers left',
    'This till has used up its draw numbers.',
    'Sell a smaller package, or stay on Wi-Fi: new numbers come by themselves.',
  ),
  'validation-block.exhausted': always(
    'No ticket numbers left',
    'This till has used up its validation numbers.',
    'Stay on Wi-Fi: new ones come by themselves.',
  ),
  'disk.full': always(
    'The till is full',
    'There is no room left to save a sale.',
    'Use another till and call the technician.',
  ),
  'journal.second-copy-failed': always(
    'The second copy failed',
    'Sales must be saved twice, and the second place does not answer.',
    'Use another till and call the technician.',
  ),
  'printer.not-ready': always(
    'The printer is not ready',
    'Without it there is no ticket.',
    'Look at the printer, then go on.',
  ),

  'package.unknown': always(
    'This package is not sold here',
    'The list has changed.',
    'Choose another.',
  ),
  'checkout.unknown': always(
    'Start this sale again',
    'The till does not know it any more.',
    'Tap the packages again.',
  ),
  'checkout.too-large': always(
    'Too much for one sale',
    'It is more tickets than one sale may print.',
    'Sell it in two parts.',
  ),
  'checkout.conflict': always(
    'This sale is already finished',
    'It was sold with other packages.',
    'Look at the orders before you sell again.',
  ),
  'checkout.total-changed': always(
    'The price has changed',
    'The till counts another total than the screen showed.',
    'Look at the total and take the money again.',
  ),
  'payment.too-little': (detail) => ({
    what: 'Too little',
    why: missing(detail),
    action: 'Ask for the rest and type the new amount.',
  }),
  'payment.improbable': always(
    'That is a lot of money',
    'It is much more than the total.',
    'Count it again.',
  ),
  'payment.tender-not-allowed': always(
    'Not possible here',
    'This raffle does not take that kind of payment.',
    'Take cash.',
  ),
  'sale.not-saved': always(
    'The sale was not saved',
    'The till could not write it down.',
    'Give the money back. Try again, or use another till.',
  ),
  'order.unknown': always('Not found', 'This order is not on this till.', 'Search again.'),
  'print-job.unknown': always(
    'Not found',
    'This ticket is not on this till.',
    'Look at the orders.',
  ),
  'print-job.not-in-question': always(
    'Already answered',
    'Somebody said what came out of the printer.',
    'Nothing to do.',
  ),
  'reprint.not-allowed': (detail) => reprintRefusal(detail),
  'ticket.too-many-unsettled': always(
    'Too many tickets are set aside',
    'Each of them needs a reprint first.',
    'Call a supervisor.',
  ),
} as const satisfies Readonly<Record<FailureCode | LinkLost['code'], Worder>>;

/** The one place that turns a refusal into words. Codes are never shown. */
export function failureText(failure: ScreenFailure, setting: FailureSetting): FailureWords {
  return WORDS[failure.code](failure.detail, setting);
}

function instantOf(detail: Detail, name: string): Instant | undefined {
  const value = detail[name];
  return typeof value === 'string' ? parseInstant(value) : undefined;
}

function since(
  what: string,
  instant: Instant | undefined,
  { timeZone }: FailureSetting,
  otherwise: string,
): string {
  if (instant === undefined) return `${what} ${otherwise}.`;
  const isNear = what.startsWith('You');
  const time = isNear ? formatTimeOfDay(instant, timeZone) : formatDayAndTime(instant, timeZone);
  return `${what} at ${time}.`;
}

function weakness(detail: Detail): string {
  const fewest = detail['fewestDigits'];
  if (detail['cause'] === 'short' && typeof fewest === 'number') {
    return `Your PIN needs at least ${fewest} digits.`;
  }
  if (detail['cause'] === 'unchanged') return 'It is the same as before.';
  return 'It is too easy to guess.';
}

function reprintRefusal({ cause }: Detail): FailureWords {
  if (cause === 'never') {
    return {
      what: 'No reprints in this raffle',
      why: 'Its rules do not allow a second copy.',
      action: 'Send the customer to the cash desk.',
    };
  }
  if (cause === 'waiting' || cause === 'printing') {
    return { what: 'Not yet', why: 'The ticket is still printing.', action: 'Wait for it.' };
  }
  if (cause === 'in-question') {
    return {
      what: 'First look at the paper',
      why: 'The till does not know what came out.',
      action: 'Answer its question, then reprint.',
    };
  }
  return {
    what: 'A reprint needs a supervisor',
    why: 'The rules of this raffle do not let a seller reprint.',
    action: 'Call a supervisor.',
  };
}

function missing(detail: Detail): string {
  const amount = detail['missingMinor'];
  const currency = detail['currency'];
  const code = typeof currency === 'string' ? parseCurrencyCode(currency) : undefined;
  return typeof amount === 'number' && code !== undefined
    ? `${formatMoney(money(amount, code))} is missing.`
    : 'It does not cover the total.';
}
