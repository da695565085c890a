import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { operatorRoleSchema } from '#shared/contract/mirror/operator.ts';
import { centralFingerprint } from '#shared/domain/central-proof.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Central } from '../central.ts';
import {
  createOperator,
  createOrganisation,
  createVenue,
} from '../modules/administration/organisations.ts';
import {
  changeRaffleEventState,
  createRaffleEvent,
  findActiveRaffleEvent,
} from '../modules/administration/raffle-events.ts';
import {
  createRsu,
  findRsu,
  issueEnrolmentCode,
  type RsuPlace,
  setRsuEnabled,
} from '../modules/administration/rsus.ts';
import { raffleEventPlanSchema } from '../raffle-event-plan.ts';
import { addLocalPeople } from './add-local-people.ts';

const HOUR_MS = 3_600_000;
const SALES_HOURS = 12;
const CODE_HOURS = 24;
const ACTOR = 'demo';

const organisationSchema = z.strictObject({
  name: z.string(),
  licenceNumber: z.string(),
  currency: z.string(),
  venue: z.strictObject({ name: z.string(), timeZone: z.string() }),
  rsu: z.strictObject({ name: z.string(), deviceIdentifier: z.string() }),
});

const peopleSchema = z.array(
  z.strictObject({
    displayName: z.string(),
    number: z.string(),
    badge: z.string(),
    role: operatorRoleSchema,
    pin: z.string(),
  }),
);

/** How this computer's till becomes the demonstration's RSU. */
export interface DemoInvitation {
  readonly enrolmentCode: string;
  readonly fingerprint: string;
}

/**
 * Loads the demonstration: an organisation, its people, one enabled till, and a raffle event that
 * is open now. What a former start has made is kept; a raffle event that is over gets a successor.
 */
export async function loadDemo(
  central: Central,
  { hasLocalIssuer }: { readonly hasLocalIssuer: boolean },
): Promise<DemoInvitation> {
  const demo =
    (await findRsu(central.database, readOrganisation().rsu.deviceIdentifier)) ??
    (await createDemoOrganisation(central));
  if (hasLocalIssuer) await addLocalPeople(central, ACTOR, demo.organisationId);
  await ensureOpenRaffleEvent(central, demo);
  return {
    enrolmentCode: await issueEnrolmentCode(
      central,
      ACTOR,
      demo.rsuId,
      new Date(central.now().getTime() + CODE_HOURS * HOUR_MS),
    ),
    fingerprint: centralFingerprint(central.identity.publicKey),
  };
}

async function createDemoOrganisation(central: Central): Promise<RsuPlace> {
  const { venue, rsu, ...organisation } = readOrganisation();
  const organisationId = await createOrganisation(central, ACTOR, organisation);
  const venueId = await createVenue(central, ACTOR, { organisationId, ...venue });
  const people = peopleSchema.parse(readResource('people.json'));
  for (const person of people) {
    await createOperator(central, ACTOR, {
      organisationId,
      ...person,
      mustChangePin: false,
      expiresAt: null,
    });
  }
  const rsuId = await createRsu(central, ACTOR, { organisationId, venueId, ...rsu });
  await setRsuEnabled(central, ACTOR, rsuId, true);
  return { organisationId, venueId, rsuId };
}

async function ensureOpenRaffleEvent(central: Central, demo: RsuPlace): Promise<void> {
  const now = central.now().getTime();
  const latest = await findActiveRaffleEvent(central.database, demo.organisationId);
  if (latest !== undefined && latest.salesEnd.getTime() > now) return;
  if (latest !== undefined) {
    await changeState(central, latest.raffleEventId, 'closed', 'its sales are over');
  }
  await openRaffleEvent(central, demo, now);
}

async function openRaffleEvent(central: Central, demo: RsuPlace, now: number): Promise<void> {
  const { licenceNumber } = readOrganisation();
  const event = raffleEventPlanSchema.parse(readResource('raffle-event.json'));
  const { raffleEventId } = await createRaffleEvent(central, ACTOR, {
    organisationId: demo.organisationId,
    venueId: demo.venueId,
    eventIdentifier: `DEMO-${instantFromEpoch(now).slice(2, 16).replaceAll(/[-T:]/g, '')}`,
    configuration: {
      salesStart: instantFromEpoch(now),
      salesEnd: instantFromEpoch(now + SALES_HOURS * HOUR_MS),
      drawAt: instantFromEpoch(now + (SALES_HOURS + 1) * HOUR_MS),
      licenceNumber,
    },
    ...event,
  });
  await changeState(central, raffleEventId, 'active', 'the demonstration begins');
}

async function changeState(
  central: Central,
  raffleEventId: RaffleEventId,
  state: 'active' | 'closed',
  reason: string,
): Promise<void> {
  const changed = await changeRaffleEventState(central, ACTOR, raffleEventId, state, reason);
  invariant(changed.ok, `the demonstration's raffle event does not become ${state}`);
}

function readOrganisation(): z.infer<typeof organisationSchema> {
  return organisationSchema.parse(readResource('organisation.json'));
}

function readResource(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../resources/demo/${name}`, import.meta.url), 'utf8'));
}
