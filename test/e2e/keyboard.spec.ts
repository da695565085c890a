import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures/terminal-test.ts';
import { PEOPLE } from './fixtures/venue.ts';

test('a sale by keyboard alone', async ({ enrolledTill, sell }) => {
  const page = enrolledTill.page();
  await press(page, page.getByRole('button', { name: PEOPLE.seller.displayName }));
  await page.keyboard.type(PEOPLE.seller.pin);
  await press(page, page.getByRole('button', { name: 'OK', exact: true }));

  await expect(sell.tile('$10 10 numbers')).toBeEnabled();
  await press(page, sell.tile('$10 10 numbers'));
  await expect(sell.exact()).toBeEnabled();
  await press(page, sell.exact());
  await expect(sell.sold()).toBeVisible();
});

/** Goes to a control with the tab key, as far as there are controls, and presses Enter on it. */
async function press(page: Page, control: Locator): Promise<void> {
  const isFocused = () => control.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 60 && !(await isFocused()); presses += 1) {
    await page.keyboard.press('Tab');
  }
  await expect(control).toBeFocused();
  await page.keyboard.press('Enter');
}
