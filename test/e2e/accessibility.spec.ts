import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/terminal-test.ts';
import { PEOPLE } from './fixtures/venue.ts';

test('axe finds nothing on any screen of the selling path', async ({
  enrolledTill,
  signIn,
  sell,
  orders,
}) => {
  const page = enrolledTill.page();
  await expectNoViolations(page);

  await signIn.chooseName(PEOPLE.seller.displayName);
  await expectNoViolations(page);

  await signIn.typePin(PEOPLE.seller.pin);
  await sell.tile('$10 10 numbers').click();
  await expect(sell.exact()).toBeEnabled();
  await expectNoViolations(page);

  await sell.exact().click();
  await sell.sold().waitFor();
  await sell.waitForTicket();
  await expectNoViolations(page);

  await sell.action('Orders').click();
  await orders.rows().first().waitFor();
  await expectNoViolations(page);

  await orders.openFirst();
  await page.getByText('VALIDATION NUMBER', { exact: true }).waitFor();
  await expectNoViolations(page);

  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('dialog').waitFor();
  await expectNoViolations(page);

  await page.getByRole('button', { name: 'Close help' }).click();
  await orders.back();
  await orders.back();
  await sell.status('Sales All sent').click();
  await page.getByRole('heading', { name: 'Status', exact: true }).waitFor();
  await expectNoViolations(page);
});

async function expectNoViolations(page: Page): Promise<void> {
  // A till has one window, and axe would open a second one for its summary.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations).toEqual([]);
}
