import type { Locator } from '@playwright/test';
import { salesAtCentral } from './fixtures/sales.ts';
import { expect, test } from './fixtures/terminal-test.ts';

test.use({ venueOptions: { numberCount: 116, allocationSize: 116 } });

test('the last numbers are sold, and what does not fit is refused before the tap', async ({
  venue,
  sellingTill: _,
  sell,
}) => {
  await sell.sellOne('$40 100 numbers');
  await expectShortage(sell.tile('$20 40 numbers'));
  await sell.sellOne('$10 10 numbers');
  await expectShortage(sell.tile('$10 10 numbers'));
  await expect(sell.status('$10 sales left 0')).toBeVisible();
  await sell.sellOne('$5 3 numbers');
  await expect(sell.status('$5 sales left 1')).toBeVisible();
  await sell.sellOne('$5 3 numbers');

  await expectShortage(sell.tile('$5 3 numbers'));
  await expect(sell.status('$5 sales left 0')).toBeVisible();
  await expect(sell.notice('No numbers left. Stay on Wi-Fi')).toBeVisible();
  await expect.poll(() => salesAtCentral(venue)).toHaveLength(4);
  await expect(sell.status('Sales All sent')).toBeVisible();
  const drawNumbers = (await salesAtCentral(venue)).flatMap((order) => order.drawNumbers);
  expect(drawNumbers.sort((a, b) => a - b)).toEqual(
    Array.from({ length: 116 }, (_, place) => 100_000 + place),
  );
});

/** Greyed, with the reason in words. */
async function expectShortage(tile: Locator): Promise<void> {
  await expect(tile).toBeDisabled();
  await expect(tile).toContainText('Not enough numbers left');
}
