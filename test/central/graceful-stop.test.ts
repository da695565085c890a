import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openDatabase } from '#central/db/database.ts';
import { startCentral } from '#central/start-central.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { startPeopleCentral } from '#test/helpers/central/people.ts';
import { createTestOrganisation } from '#test/helpers/central/test-central.ts';

test('a central that is told to stop finishes the command in hand, and takes no other', async () => {
  const running = await startPeopleCentral();
  const { organisationId } = await createTestOrganisation(running);
  const admin = await running.asPerson(organisationId, 'admin');
  await admin.get(PEOPLE_ROUTES.me);
  const stopping = await startCentral({
    databaseUrl: running.databaseUrl,
    serverKey: new Uint8Array(32).fill(7),
    isDemo: false,
    port: 0,
    logger: pino({ level: 'silent' }),
    peopleIssuer: running.issuer,
  });
  const send = (subject: string) =>
    fetch(stopping.url + PEOPLE_ROUTES.members.replace(':organisationId', organisationId), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${admin.token}` },
      body: JSON.stringify({ subject, displayName: 'Late', role: 'operator' }),
    });
  const holder = openDatabase(running.databaseUrl);
  let inHand: Promise<Response> | undefined;
  let stopped: Promise<void> | undefined;
  await holder.database.transaction(async (transaction) => {
    await transaction.execute(sql`LOCK TABLE organization_users IN ACCESS EXCLUSIVE MODE`);
    inHand = send('late');
    await untilSomebodyWaits();
    stopped = stopping.stop();
  });
  const [answer] = await Promise.all([inHand, stopped]);
  expect(answer?.status).toBe(201);
  await expect(send('too-late')).rejects.toThrow();
  await holder.close();
  await running.stop();

  /** Until a statement waits for the lock: the command is in hand. */
  async function untilSomebodyWaits(): Promise<void> {
    for (;;) {
      const waiting = await running.query('SELECT 1 FROM pg_locks WHERE NOT granted');
      if (waiting.length > 0) return;
      await sleep(20);
    }
  }
});
