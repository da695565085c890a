import { randomUUID } from 'node:crypto';
import type { TestCentral } from './test-central.ts';

/** One record of each kind that the calls of the order and quarantine desks name in their path. */
export interface OrderRecords {
  readonly orderId: string;
  readonly chainId: string;
  readonly quarantineId: string;
  readonly voidRequestId: string;
}

/** Writes such records by hand for a raffle event and an RSU, for tests that only ask whose they are. */
export async function insertOrderRecords(
  { query }: TestCentral,
  raffleEventId: string,
  rsuId: string,
  userId: string,
): Promise<OrderRecords> {
  const [orderId, chainId, quarantineId, voidRequestId] = Array.from({ length: 4 }, () =>
    randomUUID(),
  );
  const hash = Buffer.alloc(32, 7);
  await query(
    `INSERT INTO orders (id, validation_number, event_id, total_amount, currency, payment_status,
       ticket_count, source) VALUES ($1, $2, $3, 100, 'CAD', 'paid', 1, 'online')`,
    [orderId, orderId, raffleEventId],
  );
  await query(
    `INSERT INTO chains (id, rsu_id, device_public_key, machine_fingerprint, head_hash, state)
     VALUES ($1, $2, $3, 'by hand', $3, 'superseded')`,
    [chainId, rsuId, hash],
  );
  await query(
    `INSERT INTO journal_entries (chain_id, seq, hash, previous_hash, body) VALUES ($1, 1, $2, $2, $2)`,
    [chainId, hash],
  );
  await query(
    `INSERT INTO journal_quarantine (id, chain_id, seq, hash, rsu_id, reason, explanation)
     VALUES ($1, $2, 1, $3, $4, 'not-readable', 'by hand')`,
    [quarantineId, chainId, hash, rsuId],
  );
  await query(
    `INSERT INTO void_requests (id, organization_id, order_id, reason_code, note, requested_by, requested_at)
     SELECT $1, organization_id, $2, 'other', 'by hand', $3, now() FROM raffle_events WHERE id = $4`,
    [voidRequestId, orderId, userId, raffleEventId],
  );
  return {
    orderId: orderId ?? '',
    chainId: chainId ?? '',
    quarantineId: quarantineId ?? '',
    voidRequestId: voidRequestId ?? '',
  };
}
