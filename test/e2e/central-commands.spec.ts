import { expect, test } from './fixtures/terminal-test.ts';

test('a raffle suspended by the central stops sales within seconds, and goes on', async ({
  venue,
  sellingTill,
  sell,
}) => {
  await sell.tile('$5 3 numbers').click();
  await expect(sell.exact()).toBeEnabled();

  await venue.changeState('suspended');
  await expect(sell.notice('Sales are stopped for now')).toBeVisible();
  await expect(sell.notice('Take no money')).toBeVisible();
  await expect(sell.tile('$5 3 numbers')).toContainText('1 in cart');
  await expect(sell.tile('$5 3 numbers')).toBeDisabled();
  await expect(sell.exact()).toBeDisabled();

  await venue.changeState('active');
  await sell.exact().click();
  await expect(sell.sold()).toBeVisible();
  await expect(sellingTill.page().getByText('Sales are stopped for now')).toBeHidden();
});

test('a till disabled by the central refuses in words until it is enabled', async ({
  venue,
  sellingTill,
  sell,
}) => {
  await venue.setTillEnabled(sellingTill.rsuId, false);
  await expect(sell.notice('This till is switched off for sales')).toBeVisible();
  await expect(sell.tile('$5 3 numbers')).toBeDisabled();

  await venue.setTillEnabled(sellingTill.rsuId, true);
  await sell.sellOne('$5 3 numbers');
});
