import { afterEach, beforeEach, expect, test } from 'vitest';
import { readEntryBody } from '#shared/contract/journal/entry-body.ts';
import { fromBase64 } from '#shared/kernel/bytes.ts';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  type TestCentral,
} from '#test/helpers/central/test-central.ts';
import { enrolledDevice, uploadAll } from '#test/helpers/central/test-device.ts';
import { createTestJournal } from '#test/helpers/central/test-journal.ts';

let running: TestCentral;

beforeEach(async () => {
  running = await startTestCentral();
});

afterEach(() => running.stop());

test('each sold draw number has one record of its own, which says what the ticket says', async () => {
  const organisation = await createTestOrganisation(running);
  const { code } = await createTestRsu(running, organisation);
  const device = await enrolledDevice(running.url, code);
  const { body } = await device.topUp(organisation.raffleEventId);
  const journal = createTestJournal(device, organisation, body);
  const entry = journal.sell(undefined, 2);
  await uploadAll(device, journal);

  const read = readEntryBody(fromBase64(entry.body) ?? new Uint8Array());
  if (!read.ok || read.value.kind !== 'sale.completed') throw new Error('a sale was made');
  const { at, payload } = read.value;
  const expected = payload.orders.flatMap((order) =>
    order.numbers.flatMap(({ indices }) =>
      Array.from({ length: indices.to - indices.from }, (_, place) => ({
        draw_number: indices.from + place,
        raffle_event_id: payload.raffleEventId,
        issued_at: new Date(at),
        total_amount: order.amountMinor,
        currency: payload.currency,
        validation_number: order.validationNumber,
      })),
    ),
  );
  expect(expected).toHaveLength(10);
  expect(
    await running.query(
      `SELECT ticket.draw_number, ticket.event_id AS raffle_event_id, ticket.sold_at AS issued_at,
         total_amount, currency, validation_number
       FROM tickets ticket JOIN orders ON orders.id = ticket.order_id ORDER BY draw_number`,
    ),
  ).toEqual(expected);
});
