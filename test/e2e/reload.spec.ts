import { salesInJournal } from './fixtures/sales.ts';
import { expect, test } from './fixtures/terminal-test.ts';

test('a screen reloaded in the middle of a checkout keeps the cart', async ({
  sellingTill,
  sell,
}) => {
  await sell.tile('$5 3 numbers').click();
  await sell.tile('$5 3 numbers').click();
  await sell.tile('$20 40 numbers').click();
  await expect(sell.exact()).toBeEnabled();

  await sellingTill.page().reload();

  await expect(sell.tile('$5 3 numbers')).toContainText('2 in cart');
  await expect(sell.tile('$20 40 numbers')).toContainText('1 in cart');
  await expect(sell.exact()).toHaveAccessibleName('CASH EXACT $30');
  await sell.exact().click();
  await sell.sold().waitFor();
  expect(await salesInJournal(sellingTill)).toHaveLength(3);
});

test('a screen reloaded while the sale is being saved shows its result, once', async ({
  sellingTill,
  sell,
}) => {
  await sell.tile('$5 3 numbers').click();
  await sell.exact().click();
  await sellingTill.page().reload();

  await expect(sell.sold()).toBeVisible();
  expect(await salesInJournal(sellingTill)).toHaveLength(1);
  await sell.sellOne('$10 10 numbers');
  expect(await salesInJournal(sellingTill)).toHaveLength(2);
});
