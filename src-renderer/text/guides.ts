/** What the selling screen is for, as its help says it. */
export const SELL_GUIDE =
  'Tap a package, take the cash, tap CASH EXACT or the note you were given. The ticket prints by itself. Never hand over a ticket in two pieces.';

/** What each other screen is for, as its help says it. */
export const GUIDES = {
  signIn: 'Say who you are, then type your PIN. Never tell anybody your PIN.',
  locked: 'The till is locked. Your cart is kept. Type your PIN to go on.',
  closed: 'Selling is over. When it says ALL SALES SENT you can hand in the till.',
  orders: 'Every sale of this raffle on this till. Type digits of a number to find a ticket.',
  order: 'One sale and its ticket. A reprint shows the same numbers and the word REPRINT.',
  lastTickets: 'Choose the ticket that did not come out well.',
  parkedTickets: 'Tickets that did not come out well. A supervisor reprints each of them.',
  didItPrint: 'Look at the paper that came out last, then say what you see.',
  status: 'How this till is doing, and what it can do besides selling.',
  starting: 'The till checks everything it keeps before it lets anybody sell.',
  enrolment: 'Type what stands on the enrolment sheet from the raffle office.',
  chooseRaffle: 'Choose the raffle that this till sells for.',
  clockDoubt: 'The till cannot trust its clock. A supervisor sets the right time once.',
  configuration: 'The settings on this computer are not those of the last start.',
  outOfService: 'The till sells nothing, so that no sale can be lost or made wrongly.',
  setBack: 'What this till had sold is not all here. It goes on once the missing part is back.',
  stopped: 'The till program is not running.',
} as const;
