/** What a control is called in the help, and what it does (GLI-31 3.2.4a). */
export interface ControlHelp {
  readonly name: string;
  readonly help: string;
}

/**
 * Every button and field of the till. A control can only be built with a name from this list, so the
 * help of a screen always covers all that is on it.
 */
export const CONTROLS = {
  package: {
    name: 'Package',
    help: 'Adds one ticket of this package to the cart. Tap again for more.',
  },
  'cart.fewer': { name: '−', help: 'Takes one ticket of this package out of the cart.' },
  'cart.more': { name: '+', help: 'Adds one more ticket of this package.' },
  'cart.next-lines': { name: 'More lines', help: 'Shows the other lines of a long cart.' },
  'pay.exact': {
    name: 'CASH EXACT',
    help: 'Sells the cart. You have the exact amount in your hand.',
  },
  'pay.note': {
    name: 'Note',
    help: 'Sells the cart for this amount of cash and shows the change.',
  },
  'pay.other-cash': {
    name: 'OTHER CASH',
    help: 'Opens the keypad to type the cash you were given.',
  },
  'pay.card': { name: 'CARD', help: 'Takes a card. Greyed while no card reader is connected.' },
  'cash.digit': { name: 'Digits', help: 'Type a number. The keys of a keyboard work too.' },
  'cash.erase': { name: 'Erase', help: 'Takes the last digit away.' },
  'cash.take': { name: 'TAKE', help: 'Sells the cart for the amount you typed.' },
  'cash.back': { name: 'Back', help: 'Goes back to the cart. Nothing is sold.' },
  'cash.confirm': { name: 'Yes', help: 'Takes the large amount. You have counted it again.' },
  'cash.correct': { name: 'No, count again', help: 'Goes back to the keypad.' },
  'not-sold.confirm': {
    name: 'Money given back',
    help: 'You gave the money back. The cart is still there.',
  },
  'sale.repeat': { name: 'Repeat last', help: 'Fills the cart like the last sale.' },
  'sale.ticket-problem': {
    name: 'Ticket problem',
    help: 'Shows the tickets of the last sale, for when one did not come out well.',
  },
  'status.open': { name: 'Status', help: 'Opens the status page.' },
  'notice.open': { name: 'Message', help: 'Shows what the message is about.' },
  'orders.open': { name: 'Orders', help: 'Shows the sales of this raffle, and finds a ticket.' },
  'help.open': { name: 'Help', help: 'Explains every button of this screen.' },
  'help.close': { name: 'Close help', help: 'Closes the help.' },
  lock: { name: 'Lock', help: 'Locks the till. Your cart stays. Your PIN unlocks it.' },
  'sign-out': { name: 'Sign out', help: 'Signs you out, so that another person can sell.' },
  'sign-in.open': { name: 'Sign in', help: 'Opens the sign-in.' },
  'sign-in.person': { name: 'Your name', help: 'Says who you are. Your PIN comes next.' },
  'sign-in.next-people': { name: 'More names', help: 'Shows further names.' },
  'sign-in.by-number': {
    name: 'Number or badge',
    help: 'Lets you type your number or scan your badge, in place of your name.',
  },
  'sign-in.by-name': { name: 'Names', help: 'Goes back to the list of names.' },
  'sign-in.number': {
    name: 'Number or badge field',
    help: 'Takes the number that you type, or the badge that you scan.',
  },
  'pin.digit': { name: 'Digits', help: 'Type your PIN. The keys of a keyboard work too.' },
  'pin.erase': { name: 'Erase', help: 'Takes the last digit away.' },
  'pin.submit': { name: 'OK', help: 'Checks the PIN.' },
  'pin.back': { name: 'Not me', help: 'Goes back to the names.' },
  'raffle-event.choose': { name: 'Raffle', help: 'This till sells for this raffle from now on.' },
  'enrolment.address': { name: 'Address', help: 'The address of the raffle office.' },
  'enrolment.code': { name: 'Code', help: 'The enrolment code from the raffle office.' },
  'enrolment.fingerprint': {
    name: 'Fingerprint',
    help: 'Proves that the address belongs to the raffle office.',
  },
  'enrolment.submit': {
    name: 'Set up this till',
    help: 'Connects this till to the raffle office.',
  },
  'enrolment.start-over': {
    name: 'Set up again',
    help: 'Asks once more, then lets this till be set up with a new code and new numbers.',
  },
  'enrolment.start-over-confirm': {
    name: 'Yes, set up again',
    help: 'Puts what is left of the old sales aside. Nothing is deleted.',
  },
  'clock.earlier': { name: '− (time)', help: 'Moves the time back.' },
  'clock.later': { name: '+ (time)', help: 'Moves the time on.' },
  'clock.confirm': {
    name: 'This time is right',
    help: 'Goes on to the PIN of the supervisor who confirms the time.',
  },
  'configuration.approve': {
    name: 'Approve the settings',
    help: 'Goes on to the PIN of the technician who approves the changed settings.',
  },
  'paper.complete': { name: 'Yes, complete', help: 'The whole ticket is on the paper.' },
  'paper.torn': {
    name: 'Torn or unreadable',
    help: 'Something came out, but the ticket is no good. A supervisor settles it.',
  },
  'paper.nothing': { name: 'Nothing came out', help: 'There is no paper at all.' },
  'order.open': { name: 'Order', help: 'Shows the ticket and what is known of it.' },
  'order.digit': { name: 'Digits', help: 'Type digits of a draw number or a validation number.' },
  'order.erase': { name: 'Erase', help: 'Takes the last digit away.' },
  'order.more': { name: 'Show more', help: 'Shows older sales.' },
  'order.reprint': { name: 'Reprint', help: 'Prints the ticket again, marked REPRINT.' },
  'reprint.reason': { name: 'Reason', help: 'Says why the ticket is printed again.' },
  'diagnostics.open': { name: 'Diagnostics', help: 'Shows details for the technician.' },
  'diagnostics.export': {
    name: 'Export',
    help: 'Copies everything that this till has saved into a folder. Changes nothing.',
  },
  'appearance.theme': { name: 'Light or dark', help: 'Changes the colours of this screen.' },
  'appearance.panel': {
    name: 'Button size',
    help: 'Makes the buttons larger, for a small panel.',
  },
  'appearance.sound': {
    name: 'Sound',
    help: 'Switches the tone after each sale on or off. The screen says the same without it.',
  },
  back: { name: 'Back', help: 'Goes back to the screen before.' },
} as const satisfies Readonly<Record<string, ControlHelp>>;

/** The name of one control. */
export type ControlName = keyof typeof CONTROLS;

/** Whether `text` names a control. */
export function isControlName(text: string | null | undefined): text is ControlName {
  return typeof text === 'string' && Object.hasOwn(CONTROLS, text);
}
