import { expect, test } from './fixtures/terminal-test.ts';
import { PEOPLE } from './fixtures/venue.ts';

/** Longer than the wait after the third wrong PIN. */
const AFTER_THE_WAIT_SECONDS = 60;

test('wrong PINs cost a wait that survives a kill; afterwards the right one works', async ({
  venue,
  enrolledTill,
  signIn,
  sell,
}) => {
  await signIn.chooseName(PEOPLE.seller.displayName);
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    await signIn.typePin('0000');
    await expect(signIn.refusal()).toHaveText(/^Wrong PIN\./);
  }
  await signIn.typePin('0000');
  await expect(signIn.countdown()).toHaveText(/Try again in 0:[0-3]\d$/);

  await enrolledTill.kill();
  await enrolledTill.start();
  await signIn.chooseName(PEOPLE.seller.displayName);
  await signIn.typePin(PEOPLE.seller.pin);
  await expect(signIn.countdown()).toBeVisible();

  // Without the central the till goes by the computer's clock, so the wait need not be sat out.
  await enrolledTill.stop();
  await venue.stopCentral();
  enrolledTill.shiftClock(AFTER_THE_WAIT_SECONDS);
  await enrolledTill.start();
  await signIn.signIn(PEOPLE.seller);
  await expect(sell.tile('$5 3 numbers')).toBeEnabled();
});
