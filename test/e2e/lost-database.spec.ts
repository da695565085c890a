import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entriesInJournal, salesAtCentral, salesInJournal } from './fixtures/sales.ts';
import { expect, test } from './fixtures/terminal-test.ts';
import type { Till } from './fixtures/till.ts';
import { PEOPLE, type Venue } from './fixtures/venue.ts';

test('a deleted database is rebuilt from the second file, and no number is sold twice', async ({
  venue,
  sellingTill,
  signIn,
  sell,
}) => {
  await sell.sellOne('$10 10 numbers');
  await sell.sellOne('$5 3 numbers');
  await sell.waitForTicket();
  await sellingTill.stop();
  await deleteDatabase(sellingTill.dataDirectory);

  await sellingTill.start();
  await expect(sellingTill.page().getByText('Sales are open')).toBeVisible();
  await signIn.signIn(PEOPLE.seller);
  await sell.sellOne('$10 10 numbers');
  await expect.poll(() => salesAtCentral(venue)).toHaveLength(3);
  await expect(sell.status('Sales All sent')).toBeVisible();

  const central = await salesAtCentral(venue);
  expect(central.map(({ drawNumbers, ...order }) => order)).toEqual(
    await salesInJournal(sellingTill),
  );
  const drawNumbers = central.flatMap((order) => order.drawNumbers).sort((a, b) => a - b);
  const [first = 0] = drawNumbers;
  expect(drawNumbers).toEqual(Array.from({ length: 23 }, (_, place) => first + place));
});

test('an older copy without a second file: the central gives back what is missing', async ({
  venue,
  sellingTill,
  signIn,
  sell,
}) => {
  test.slow();
  await sell.sellOne('$10 10 numbers');
  await sell.waitForTicket();
  await sellingTill.stop();
  const older = await readDatabase(sellingTill.dataDirectory);
  await sellingTill.start();
  await signIn.signIn(PEOPLE.seller);
  await sell.sellOne('$5 3 numbers');
  await sell.waitForTicket();
  await expect.poll(() => salesAtCentral(venue)).toHaveLength(2);
  await expect
    .poll(async () => (await entriesInJournal(sellingTill)).length - (await countAtCentral(venue)))
    .toBe(0);
  await sellingTill.kill();
  await putBack(sellingTill, older);
  await sellingTill.start();
  await signIn.signIn(PEOPLE.seller);
  await sell.sellOne('$10 10 numbers');
  await expect.poll(() => salesAtCentral(venue)).toHaveLength(3);
  await expect(sell.status('Sales All sent')).toBeVisible();
  const central = await salesAtCentral(venue);
  expect(central.map(({ drawNumbers, ...order }) => order)).toEqual(
    await salesInJournal(sellingTill),
  );
  expect(new Set(central.flatMap(({ drawNumbers }) => drawNumbers)).size).toBe(23);
});

test('an older copy and a central without the rest: the till is set up again with new numbers', async ({
  venue,
  sellingTill,
  enrolment,
  signIn,
  sell,
}) => {
  test.slow();
  await sell.sellOne('$10 10 numbers');
  await sell.waitForTicket();
  await expect(sell.status('Sales All sent')).toBeVisible();
  await sellingTill.stop();
  const older = await readDatabase(sellingTill.dataDirectory);
  await venue.stopCentral();
  await sellingTill.start();
  await signIn.signIn(PEOPLE.seller);
  await sell.sellOne('$5 3 numbers');
  await sell.waitForTicket();
  await sellingTill.stop();
  await putBack(sellingTill, older);

  await venue.startCentral();
  await sellingTill.start();
  const page = sellingTill.page();
  await expect(
    page.getByText('The raffle office does not have the missing part', { exact: false }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Set up again' }).click();
  await page.getByRole('button', { name: 'Yes, set up again' }).click();
  const { code, fingerprint } = await venue.invite('Till 1 again');
  await enrolment.fill({ address: venue.centralUrl, code, fingerprint });
  await enrolment.submit();
  await signIn.signIn(PEOPLE.seller);
  await sell.sellOne('$10 10 numbers');
  await expect.poll(() => salesAtCentral(venue)).toHaveLength(2);
  const drawNumbers = (await salesAtCentral(venue)).flatMap((order) => order.drawNumbers);
  expect(new Set(drawNumbers).size).toBe(20);
  const names = await readdir(sellingTill.dataDirectory);
  expect(names.filter((name) => name.startsWith('terminal.db.set-aside-'))).toHaveLength(1);
});

/** Entries of the only chain there is. */
async function countAtCentral(venue: Venue): Promise<number> {
  const [row] = await venue.query('SELECT count(*) FROM journal_entries');
  return Number(row?.['count']);
}

async function readDatabase(dataDirectory: string): Promise<Buffer> {
  return await readFile(join(dataDirectory, 'terminal.db'));
}

/** An older copy of the database, and no second file at all. */
async function putBack(till: Till, older: Buffer): Promise<void> {
  await deleteDatabase(till.dataDirectory);
  await writeFile(join(till.dataDirectory, 'terminal.db'), older);
  const names = await readdir(till.secondJournalDirectory);
  const journals = names.filter((name) => name.endsWith('.ndjson'));
  expect(journals).toHaveLength(1);
  await Promise.all(journals.map((name) => rm(join(till.secondJournalDirectory, name))));
}

async function deleteDatabase(dataDirectory: string): Promise<void> {
  const names = (await readdir(dataDirectory)).filter((name) => name.startsWith('terminal.db'));
  expect(names).toContain('terminal.db');
  await Promise.all(names.map((name) => rm(join(dataDirectory, name))));
}
