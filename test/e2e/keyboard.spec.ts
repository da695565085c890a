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

test('the keys of the browser do nothing (GLI-31 3.2.4b)', async ({ enrolledTill }) => {
  const page = enrolledTill.page();
  const presses = [
    { key: 'F5' },
    { key: 'F12' },
    { key: 'p', ctrlKey: true },
    { key: 's', ctrlKey: true },
    { key: 'ArrowLeft', altKey: true },
  ];
  for (const press of presses) {
    const isLeftToBrowser = await page.evaluate(
      (pressed) =>
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { ...pressed, bubbles: true, cancelable: true }),
        ),
      press,
    );
    expect(isLeftToBrowser, press.key).toBe(false);
  }
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
