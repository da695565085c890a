import { salesAtCentral, salesInJournal } from './fixtures/sales.ts';
import { expect, test } from './fixtures/terminal-test.ts';

const PACKAGES = [
  '$5 3 numbers',
  '$10 10 numbers',
  '$20 40 numbers',
  '$40 100 numbers',
  '$5 3 numbers',
] as const;

test('five sales without the central reach PostgreSQL once each when it is back', async ({
  venue,
  sellingTill,
  sell,
}) => {
  await venue.stopCentral();
  for (const label of PACKAGES) await sell.sellOne(label);
  await expect(sell.status('Sales 5 saved here')).toBeVisible();

  await venue.startCentral();
  await expect(sell.status('Sales All sent')).toBeVisible({ timeout: 30_000 });

  const central = await salesAtCentral(venue);
  const here = await salesInJournal(sellingTill);
  expect(central.map(({ drawNumbers, ...order }) => order)).toEqual(here);
  expect(central.map(({ amountMinor }) => amountMinor).sort((a, b) => a - b)).toEqual([
    500, 500, 1_000, 2_000, 4_000,
  ]);
  const drawNumbers = central.flatMap((order) => order.drawNumbers);
  expect(new Set(drawNumbers).size).toBe(3 + 10 + 40 + 100 + 3);
  expect(drawNumbers).toHaveLength(3 + 10 + 40 + 100 + 3);
});
