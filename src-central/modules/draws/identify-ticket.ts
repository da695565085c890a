import { sql } from 'drizzle-orm';
import { parseTypedValidationNumber } from '#shared/domain/validation-number.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import type { Queryable } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';

/** What two numbers, scanned or typed, stand for in a raffle event. */
export type IdentifiedTicket =
  | {
      readonly kind:
        | 'mistyped'
        | 'unknown'
        | 'does-not-match'
        | 'under-review'
        | 'voided'
        | 'misprinted';
    }
  | {
      readonly kind: 'other-raffle-event';
      readonly organisationId: string;
      readonly eventIdentifier: string;
    }
  | { readonly kind: 'sold'; readonly ticketId: string };

/**
 * Finds the ticket with a draw number and the validation number beside it (GLI-31 2.6.4, 2.7.1). Both
 * have to fit: a draw number alone proves nothing.
 */
export async function identifyTicket(
  database: Queryable,
  raffleEventId: RaffleEventId,
  typed: { readonly drawNumber: number; readonly validationNumber: string },
): Promise<IdentifiedTicket> {
  const validationNumber = parseTypedValidationNumber(typed.validationNumber);
  if (validationNumber === undefined) return { kind: 'mistyped' };
  const order = await firstRowOf<OrderRow>(
    database,
    sql`SELECT sold.event_id AS "raffleEventId", event.event_identifier AS "eventIdentifier",
        event.organization_id AS "organisationId",
        ticket.id AS "ticketId", ticket.state,
        EXISTS (SELECT 1 FROM journal_quarantine WHERE journal_quarantine.state = 'open'
          AND (sold.id = ANY(order_ids) OR sold.id = ANY(subject_ids))) AS "isHeld"
      FROM orders sold
      JOIN raffle_events event ON event.id = sold.event_id
      LEFT JOIN tickets ticket
        ON ticket.order_id = sold.id AND ticket.draw_number = ${typed.drawNumber}
      WHERE sold.validation_number = ${validationNumber}`,
  );
  if (order === undefined) return { kind: 'unknown' };
  if (order.raffleEventId !== raffleEventId) {
    const { organisationId, eventIdentifier } = order;
    return { kind: 'other-raffle-event', organisationId, eventIdentifier };
  }
  if (order.ticketId === null || order.state === null) return { kind: 'does-not-match' };
  if (order.state !== 'sold') return { kind: order.state };
  return order.isHeld ? { kind: 'under-review' } : { kind: 'sold', ticketId: order.ticketId };
}

interface OrderRow {
  readonly raffleEventId: string;
  readonly eventIdentifier: string;
  readonly organisationId: string;
  readonly ticketId: string | null;
  readonly state: 'sold' | 'voided' | 'misprinted' | null;
  readonly isHeld: boolean;
}
