import type { NumberRange } from '#shared/kernel/draw-numbers.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { formatMoney, type Money } from '#shared/kernel/money.ts';
import { formatVenueDate, formatVenueTime } from '#shared/kernel/venue-time.ts';
import { drawNumberTexts } from './draw-number-text.ts';
import type { TicketDocument, TicketElement, TicketText } from './ticket-document.ts';
import { formatValidationNumber } from './validation-number.ts';

/** All that a ticket says, as it was when the ticket was sold. Nothing in it names the buyer. */
export interface TicketFacts {
  readonly organisation: { readonly name: string; readonly licenceNumber: string | null };
  readonly venue: { readonly name: string; readonly timeZone: string };
  readonly raffleEvent: {
    readonly name: string;
    readonly eventIdentifier: string;
    readonly licenceNumber: string | null;
    readonly drawAt: Instant | null;
    readonly numberSpace: NumberRange;
    readonly profile: { readonly ticket: TicketRules };
  };
  readonly rsu: { readonly name: string };
  readonly seller: { readonly number: string };
  readonly order: {
    readonly packageName: string;
    readonly amount: Money;
    readonly soldAt: Instant;
    /** In the order they were dealt. */
    readonly drawNumbers: readonly number[];
    readonly validationNumber: string;
  };
  readonly validity: TicketValidity;
  /** 0 for the original, then counting the reprints. */
  readonly copyNumber: number;
}

/** What the profile says of tickets. */
export interface TicketRules {
  readonly statements: readonly string[];
  readonly listsEachNumber: boolean;
  readonly claimDays: number | null;
  readonly website: string | null;
  readonly contact: string | null;
}

/** Whether a ticket is worth anything. */
export type TicketValidity = 'valid' | 'demo' | 'training';

/** Up to this many lines of numbers are printed large. */
const MOST_LARGE_NUMBERS = 20;

/**
 * The ticket of one order.
 *
 * What GLI-31 2.3.1 demands comes first: organisation, licence, raffle event and place, issue time,
 * till, price, draw numbers, validation number. The rest follows, and the end is marked, so that a
 * torn ticket can be told from a whole one. A ticket that is not valid says so in every block, and a
 * reprint says so at both ends (GLI-31 3.3.2d).
 */
export function composeTicket(facts: TicketFacts): TicketDocument {
  const blocks = [
    issuerBlock(facts),
    saleBlock(facts),
    numbersBlock(facts),
    validationBlock(facts),
    termsBlock(facts),
    endBlock(facts),
  ];
  const rule: TicketElement = { kind: 'rule' };
  const marked = blocks.map((block) => [...validityMark(facts.validity), ...block]);
  return { elements: marked.flatMap((block, place) => (place === 0 ? block : [rule, ...block])) };
}

/** The last line of a ticket: what a seller looks for when asked whether the ticket is complete. */
export function endOfTicketLine(validationNumber: string): string {
  return `END OF TICKET ... ${validationNumber.slice(-4)}`;
}

function issuerBlock({ copyNumber, organisation, venue, raffleEvent }: TicketFacts) {
  const licence = raffleEvent.licenceNumber ?? organisation.licenceNumber;
  const drawAt = raffleEvent.drawAt;
  return [
    ...reprintMark(copyNumber),
    heading(organisation.name),
    ...(licence === null ? [] : [pair('Licence', licence)]),
    title(raffleEvent.name),
    pair('Raffle', raffleEvent.eventIdentifier),
    pair('Place', venue.name),
    ...(drawAt === null ? [] : [pair('Draw', formatVenueTime(drawAt, venue.timeZone))]),
  ];
}

function saleBlock({ order, venue, rsu }: TicketFacts) {
  return [
    pair('Issued', formatVenueTime(order.soldAt, venue.timeZone)),
    pair('Till', rsu.name),
    pair('Paid', formatMoney(order.amount)),
  ];
}

function numbersBlock({ order, raffleEvent }: TicketFacts): TicketElement[] {
  const { numberSpace, profile } = raffleEvent;
  const count = order.drawNumbers.length;
  const values = drawNumberTexts(order.drawNumbers, numberSpace, profile.ticket.listsEachNumber);
  return [
    title(count === 1 ? '1 NUMBER' : `${count} NUMBERS`),
    { kind: 'numbers', values, size: values.length > MOST_LARGE_NUMBERS ? 'normal' : 'large' },
  ];
}

function validationBlock({ order }: TicketFacts): TicketElement[] {
  return [
    title('VALIDATION NUMBER'),
    title(formatValidationNumber(order.validationNumber)),
    { kind: 'code128', value: order.validationNumber },
    { kind: 'qr', value: order.validationNumber },
  ];
}

function termsBlock({ order, seller, venue, raffleEvent }: TicketFacts) {
  const { statements, claimDays, website, contact } = raffleEvent.profile.ticket;
  return [
    pair('Package', order.packageName),
    pair('Seller', seller.number),
    ...statements.map(paragraph),
    ...(claimDays === null ? [] : [paragraph(claimText(claimDays, raffleEvent.drawAt, venue))]),
    ...[website, contact].filter((text) => text !== null).map(paragraph),
  ];
}

function endBlock({ copyNumber, order }: TicketFacts) {
  return [...reprintMark(copyNumber), title(endOfTicketLine(order.validationNumber))];
}

function claimText(days: number, drawAt: Instant | null, venue: TicketFacts['venue']): string {
  if (drawAt === null) return `Claim a prize within ${days} days of the draw.`;
  return `Claim a prize by ${formatVenueDate(drawAt, venue.timeZone, days)}.`;
}

function validityMark(validity: TicketValidity): TicketText[] {
  return validity === 'valid' ? [] : [heading(`${validity.toUpperCase()}: NOT VALID`)];
}

function reprintMark(copyNumber: number): TicketText[] {
  return copyNumber === 0 ? [] : [{ ...heading(`REPRINT ${copyNumber}`), size: 'huge' }];
}

function heading(text: string): TicketText {
  return { kind: 'text', text, align: 'centre', size: 'large', isBold: true };
}

function title(text: string): TicketText {
  return { kind: 'text', text, align: 'centre', size: 'normal', isBold: true };
}

function paragraph(text: string): TicketText {
  return { kind: 'text', text, align: 'left', size: 'normal', isBold: false };
}

function pair(label: string, value: string): TicketElement {
  return { kind: 'pair', label, value };
}
