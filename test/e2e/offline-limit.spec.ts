import { expect, test } from './fixtures/terminal-test.ts';

test.use({
  venueOptions: {
    profile: {
      offline: { isAllowed: true, maximumOrders: 5, maximumValueMinor: 500_000, maximumHours: 8 },
    },
  },
});

test('without the central: a warning at 80 %, a stop at the limit, and on again', async ({
  venue,
  sellingTill,
  sell,
}) => {
  await venue.stopCentral();
  for (let sale = 1; sale <= 3; sale += 1) await sell.sellOne('$5 3 numbers');
  await expect(sell.notice('No connection: 3 of 5 sales used')).toBeVisible();

  await sell.sellOne('$5 3 numbers');
  await expect(sell.notice('No connection: 4 of 5 sales used')).toBeVisible();

  await sell.sellOne('$5 3 numbers');
  await expect(
    sell.notice('Selling is stopped. The most sales without a connection are reached.'),
  ).toBeVisible();
  await expect(sell.tile('$5 3 numbers')).toBeDisabled();

  await venue.startCentral();
  await expect(sell.tile('$5 3 numbers')).toBeEnabled({ timeout: 30_000 });
  await sell.sellOne('$5 3 numbers');
  await expect(sellingTill.page().getByText('Selling is stopped')).toBeHidden();
});
