import { readEntryBody } from '#shared/contract/journal/entry-body.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import type { JurisdictionProfile } from '#shared/contract/mirror/jurisdiction-profile.ts';
import { fromBase64 } from '#shared/kernel/bytes.ts';
import type { OrderId } from '#shared/kernel/ids.ts';
import { type PeopleCentral, startPeopleCentral, type TestPerson } from './people.ts';
import {
  changeTestState,
  createTestOrganisation,
  createTestRsu,
  TEST_PROFILE,
  type TestOrganisation,
} from './test-central.ts';
import { enrolledDevice, type TestDevice, uploadAll } from './test-device.ts';
import { createTestJournal } from './test-journal.ts';

/** A sold order: its numbers and what proves its ticket. */
export interface SoldTicket {
  readonly orderId: OrderId;
  readonly drawNumbers: readonly number[];
  readonly validationNumber: string;
}

/** A prize beside the first, which is half of the sales up to 1000.00. */
export interface FurtherPrize {
  readonly name: string;
  readonly valueMinor: number;
  readonly winnerCount: number;
}

/** A raffle event with sales, and the people who may draw it. */
export interface SoldRaffle {
  readonly running: PeopleCentral;
  readonly organisation: TestOrganisation;
  readonly device: TestDevice;
  readonly tickets: readonly SoldTicket[];
  readonly supervisor: TestPerson;
  readonly secondSupervisor: TestPerson;
  /** The part of a path below which the raffle event's calls are. */
  readonly path: string;
  /** Closes the raffle event and confirms its reconciliation by hand. */
  reconcile(): Promise<void>;
  /** Acknowledges the voids as they are. */
  acknowledgeVoids(): Promise<void>;
}

/** A raffle event of which one till has sold `orderCount` orders of 5 numbers for 10.00 each. */
export async function startSoldRaffle({
  orderCount = 4,
  prizes = [],
  draw,
  claimDays = null,
}: {
  readonly orderCount?: number;
  readonly prizes?: readonly FurtherPrize[];
  readonly draw?: JurisdictionProfile['draw'];
  readonly claimDays?: number | null;
} = {}): Promise<SoldRaffle> {
  const running = await startPeopleCentral();
  const organisation = await createTestOrganisation(running, {
    profile: {
      ...TEST_PROFILE,
      ticket: { ...TEST_PROFILE.ticket, claimDays },
      ...(draw === undefined ? {} : { draw }),
    },
  });
  await addPrizes(running, organisation, prizes);
  const { device, tickets } = await sellOrders(running, organisation, 'Till 1', orderCount);
  const { organisationId, raffleEventId } = organisation;
  const supervisor = await running.asPerson(organisationId, 'supervisor');
  const path = `/v1/organisations/:organisationId/raffle-events/${raffleEventId}`;
  return {
    running,
    organisation,
    device,
    tickets,
    supervisor,
    secondSupervisor: await running.asPerson(organisationId, 'supervisor'),
    path,
    async reconcile() {
      await changeTestState(running.central, raffleEventId, 'closed');
      await running.query(
        `UPDATE raffle_events SET reconciliation_confirmed_at = now(), reconciliation_confirmed_by =
           (SELECT id FROM users WHERE cognito_sub = $1) WHERE id = $2`,
        [supervisor.subject, raffleEventId],
      );
      await changeTestState(running.central, raffleEventId, 'reconciled');
    },
    async acknowledgeVoids() {
      const { body } = await supervisor.get(`${path}/voids`);
      const acknowledged = await supervisor.send('POST', `${path}/void-acknowledgements`, {
        numbersSha256: body['numbersSha256'],
      });
      if (acknowledged.status !== 201) throw new Error(JSON.stringify(acknowledged.body));
    },
  };
}

/** Sells orders of 5 numbers at a till of its own. */
export async function sellOrders(
  running: PeopleCentral,
  organisation: TestOrganisation,
  till: string,
  orderCount: number,
): Promise<{
  readonly device: TestDevice;
  readonly tickets: readonly SoldTicket[];
  /** Sells one more order, which the central never hears of. */
  sellUnreported(): SoldTicket;
}> {
  const { code } = await createTestRsu(running, organisation, till);
  const device = await enrolledDevice(running.url, code);
  const { body } = await device.topUp(organisation.raffleEventId);
  const journal = createTestJournal(device, organisation, body);
  const entry = journal.sell(undefined, orderCount);
  await uploadAll(device, journal);
  return {
    device,
    tickets: ticketsOf(entry),
    sellUnreported() {
      const [ticket] = ticketsOf(journal.sell());
      if (ticket === undefined) throw new Error('an order was sold');
      return ticket;
    },
  };
}

/** Changes the state of an order's tickets, as a void or a misprint does. */
export async function changeTickets(
  { running }: Pick<SoldRaffle, 'running'>,
  ticket: SoldTicket | undefined,
  state: 'voided' | 'misprinted',
): Promise<void> {
  await running.query('UPDATE tickets SET state = $1 WHERE order_id = $2', [
    state,
    ticket?.orderId,
  ]);
}

/** The numbers as sequential allocations give them: an index is its number. */
function ticketsOf(entry: JournalEntry): SoldTicket[] {
  const read = readEntryBody(fromBase64(entry.body) ?? new Uint8Array());
  if (!read.ok || read.value.kind !== 'sale.completed') throw new Error('a sale was made');
  return read.value.payload.orders.map(({ orderId, validationNumber, numbers }) => ({
    orderId,
    validationNumber,
    drawNumbers: numbers.flatMap(({ indices }) =>
      Array.from({ length: indices.to - indices.from }, (_, place) => indices.from + place),
    ),
  }));
}

/** Adds prizes as if they had been there before the start, after which prizes are frozen. */
async function addPrizes(
  running: PeopleCentral,
  { raffleEventId }: TestOrganisation,
  prizes: readonly FurtherPrize[],
): Promise<void> {
  await running.query('ALTER TABLE prizes DISABLE TRIGGER frozen_after_start');
  for (const [place, { name, valueMinor, winnerCount }] of prizes.entries()) {
    await running.query(
      `INSERT INTO prizes (event_id, name, type, value, currency, position, winner_count)
       VALUES ($1, $2, 'fixed', $3, 'CAD', $4, $5)`,
      [raffleEventId, name, valueMinor, place + 2, winnerCount],
    );
  }
  await running.query('ALTER TABLE prizes ENABLE TRIGGER frozen_after_start');
}
