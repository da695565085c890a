import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { salesAtCentral, salesInJournal } from './fixtures/sales.ts';
import { expect, test } from './fixtures/terminal-test.ts';
import { PEOPLE } from './fixtures/venue.ts';

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

async function deleteDatabase(dataDirectory: string): Promise<void> {
  const names = (await readdir(dataDirectory)).filter((name) => name.startsWith('terminal.db'));
  expect(names).toContain('terminal.db');
  await Promise.all(names.map((name) => rm(join(dataDirectory, name))));
}
