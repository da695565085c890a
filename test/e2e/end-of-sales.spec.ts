import { expect, test } from './fixtures/terminal-test.ts';
import { PEOPLE } from './fixtures/venue.ts';

const ONE_HOUR_SECONDS = 3_600;

/** Time enough to sign in before the end. */
const BEFORE_THE_END_SECONDS = 25;

test.use({ venueOptions: { salesEndInSeconds: ONE_HOUR_SECONDS / 2 } });

test('at the end of sales the till closes for good, also when its clock is set back', async ({
  venue,
  sellingTill,
  signIn,
  sell,
}) => {
  const page = () => sellingTill.page();
  const closed = () => page().getByRole('heading', { name: 'Sales closed. Go to the cash desk.' });
  const inDoubt = () => page().getByRole('heading', { name: 'Is this the right time?' });
  await sell.sellOne('$5 3 numbers');
  await expect(sell.status('Sales All sent')).toBeVisible();

  // Without the central the till goes by the computer's clock.
  await sellingTill.stop();
  await venue.stopCentral();
  const leftMs = venue.salesEnd.getTime() - Date.now();
  sellingTill.shiftClock(Math.round(leftMs / 1_000) - BEFORE_THE_END_SECONDS);
  await sellingTill.start();
  await signIn.signIn(PEOPLE.seller);
  await sell.tile('$10 10 numbers').click();
  await expect(page().getByRole('timer')).toHaveText(/^0:\d\dmust be SOLD before 0:00$/);
  await expect(sell.notice(/^Sales close in 0:\d\d/)).toBeVisible();
  // Nobody has confirmed this clock since the start: it stops sales, but ends none for good.
  await expect(inDoubt()).toBeVisible({ timeout: 30_000 });
  await expect(sell.exact()).toBeHidden();
  await page().getByRole('button', { name: 'This time is right' }).click();
  await signIn.signIn(PEOPLE.supervisor);
  await expect(closed()).toBeVisible();
  await expect(sell.exact()).toBeHidden();

  await sellingTill.stop();
  sellingTill.shiftClock(-ONE_HOUR_SECONDS);
  await venue.startCentral();
  await sellingTill.start();
  await expect(closed()).toBeVisible();
  await expect(page().getByRole('status')).toHaveText(/^ALL SALES SENT1\/1You can hand in/);
});
