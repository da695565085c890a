import { describe, expect, test } from 'vitest';
import { ticketDocumentSchema } from '#shared/contract/ticket-document.ts';
import { composeTicket, endOfTicketLine, type TicketFacts } from '#shared/domain/compose-ticket.ts';
import { renderTicketText } from '#shared/domain/render-ticket-text.ts';
import {
  consecutive,
  GAME_NIGHT,
  instant,
  LONGEST_NAMES,
  listingEach,
  scattered,
  withNumbers,
} from '#test/fixtures/tickets/ticket-facts.ts';

const GOLDEN = new URL('../../fixtures/golden/', import.meta.url).pathname;

function soldAt(text: string): TicketFacts {
  return { ...GAME_NIGHT, order: { ...GAME_NIGHT.order, soldAt: instant(text) } };
}

const TICKETS: Readonly<Record<string, TicketFacts>> = {
  'one-number': withNumbers([12_345]),
  'three-numbers': GAME_NIGHT,
  'ten-numbers': withNumbers(consecutive(999_990, 10)),
  'ten-numbers-listed': listingEach(withNumbers(consecutive(999_990, 10))),
  '250-numbers-of-two-allocations': withNumbers([
    ...consecutive(12_345, 100),
    ...consecutive(500_000, 150),
  ]),
  '1000-numbers': withNumbers(consecutive(0, 1_000)),
  '1000-numbers-scattered': withNumbers(scattered(1_000)),
  'longest-names': LONGEST_NAMES,
  'second-reprint': { ...GAME_NIGHT, copyNumber: 2 },
  demo: { ...GAME_NIGHT, validity: 'demo' },
  'training-reprint': { ...GAME_NIGHT, validity: 'training', copyNumber: 1 },
};

describe.each([
  ['58 mm', 32],
  ['80 mm', 48],
])('on %s paper', (_paper, columns) => {
  test.each(Object.entries(TICKETS))('%s is as it was looked at', async (name, facts) => {
    const text = renderTicketText(composeTicket(facts), columns);
    await expect(text).toMatchFileSnapshot(`${GOLDEN}${name}.${columns}.txt`);
  });

  test.each(Object.entries(TICKETS))('%s fits', (_name, facts) => {
    const lines = renderTicketText(composeTicket(facts), columns).split('\n');
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
  });
});

describe('a ticket', () => {
  test.each(Object.entries(TICKETS))('%s fits the contract', (_name, facts) => {
    const document = composeTicket(facts);
    expect(ticketDocumentSchema.parse(document)).toEqual(document);
  });

  test('carries the eight required facts before anything else', () => {
    const text = renderTicketText(composeTicket(GAME_NIGHT), 48);
    const required = text.slice(0, text.indexOf('Package'));
    for (const fact of [
      'Harbour Youth Hockey',
      'LIC 123456',
      'GAME-42',
      'Harbour Arena',
      '012 345 - 012 347 (3)',
      '2026-11-22 19:05 PST',
      'Till 07',
      'USD 10.00',
      '407182 058793 029228',
    ]) {
      expect(required).toContain(fact);
    }
  });

  test('has as many numbers as were sold', () => {
    const listed = composeTicket(listingEach(withNumbers(scattered(250))));
    const numbers = listed.elements.find((element) => element.kind === 'numbers');
    expect(new Set(numbers?.values).size).toBe(250);
  });

  test('has the validation number as text, barcode and QR code', () => {
    const { elements } = composeTicket(GAME_NIGHT);
    const codes = elements.filter(({ kind }) => kind === 'code128' || kind === 'qr');
    expect(codes).toEqual([
      { kind: 'code128', value: '407182058793029228' },
      { kind: 'qr', value: '407182058793029228' },
    ]);
  });

  test.each([
    ['2026-11-22T08:05', '2026-11-22 00:05 PST'],
    ['2026-11-22T20:00', '2026-11-22 12:00 PST'],
    ['2026-11-23T07:59', '2026-11-22 23:59 PST'],
    ['2026-11-01T08:30', '2026-11-01 01:30 PDT'],
    ['2026-11-01T09:30', '2026-11-01 01:30 PST'],
  ])('sold at %sZ shows the 24-hour time at the venue', (at, time) => {
    expect(renderTicketText(composeTicket(soldAt(at)), 48)).toContain(
      `\nIssued                      ${time}\n`,
    );
  });

  test('of another raffle at the same venue on the same day differs in sight', () => {
    const { raffleEvent } = GAME_NIGHT;
    const other = { ...raffleEvent, eventIdentifier: 'GAME-42B', name: 'Game Night 42, late draw' };
    const lines = (facts: TicketFacts) => renderTicketText(composeTicket(facts), 48).split('\n');
    const mine = lines(GAME_NIGHT);
    expect(
      lines({ ...GAME_NIGHT, raffleEvent: other }).filter((line) => !mine.includes(line)),
    ).toEqual([
      '            Game Night 42, late draw',
      'Raffle                                  GAME-42B',
    ]);
  });

  test('takes the licence of the organisation where the raffle event has none', () => {
    const facts: TicketFacts = {
      ...GAME_NIGHT,
      organisation: { ...GAME_NIGHT.organisation, licenceNumber: 'ORG 9' },
      raffleEvent: { ...GAME_NIGHT.raffleEvent, licenceNumber: null },
    };
    expect(composeTicket(facts).elements).toContainEqual({
      kind: 'pair',
      label: 'Licence',
      value: 'ORG 9',
    });
  });

  test('has no line for what there is not', () => {
    const facts: TicketFacts = {
      ...GAME_NIGHT,
      raffleEvent: {
        ...GAME_NIGHT.raffleEvent,
        licenceNumber: null,
        drawAt: null,
        profile: {
          ticket: {
            statements: [],
            listsEachNumber: false,
            claimDays: null,
            website: null,
            contact: null,
          },
        },
      },
    };
    const labels = composeTicket(facts).elements.flatMap((element) =>
      element.kind === 'pair' ? [element.label] : [],
    );
    expect(labels).toEqual(['Raffle', 'Place', 'Issued', 'Till', 'Paid', 'Package', 'Seller']);
  });

  test('says how long a prize can be claimed', () => {
    const undated = { ...GAME_NIGHT.raffleEvent, drawAt: null };
    const text = (facts: TicketFacts) => renderTicketText(composeTicket(facts), 48);
    expect(text(GAME_NIGHT)).toContain('\nClaim a prize by 2027-01-21.\n');
    expect(text({ ...GAME_NIGHT, raffleEvent: undated })).toContain(
      '\nClaim a prize within 60 days of the draw.\n',
    );
  });

  test('ends with the line that a seller is asked about', () => {
    expect(endOfTicketLine('407182058793029228')).toBe('END OF TICKET ... 9228');
    for (const facts of Object.values(TICKETS)) {
      const last = composeTicket(facts).elements.at(-1);
      expect(last).toMatchObject({ kind: 'text', text: 'END OF TICKET ... 9228' });
    }
  });
});

describe('a reprint', () => {
  test('says so at both ends, with its number, and is otherwise the same ticket', () => {
    const original = composeTicket(GAME_NIGHT).elements;
    const { elements } = composeTicket({ ...GAME_NIGHT, copyNumber: 2 });
    const mark = { kind: 'text', text: 'REPRINT 2', align: 'centre', size: 'huge', isBold: true };
    expect(elements.at(0)).toEqual(mark);
    expect(elements.at(-2)).toEqual(mark);
    expect(
      elements.filter((element) => element !== elements[0] && element !== elements.at(-2)),
    ).toEqual(original);
  });
});

describe('a ticket that is not valid', () => {
  test.each(['demo', 'training'] as const)('says so in every block: %s', (validity) => {
    const { elements } = composeTicket({ ...GAME_NIGHT, validity });
    const starts = elements.flatMap((element, place) =>
      place === 0 || elements[place - 1]?.kind === 'rule' ? [element] : [],
    );
    expect(starts).toHaveLength(6);
    for (const start of starts) {
      expect(start).toMatchObject({ text: `${validity.toUpperCase()}: NOT VALID`, size: 'large' });
    }
  });

  test('a valid ticket never says it', () => {
    expect(renderTicketText(composeTicket(GAME_NIGHT), 48)).not.toContain('NOT VALID');
  });
});
