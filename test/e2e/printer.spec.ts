import { printedTickets, salesInJournal, tornTickets } from './fixtures/sales.ts';
import { expect, test } from './fixtures/terminal-test.ts';
import { PEOPLE } from './fixtures/venue.ts';

test('without paper nothing is sold, and selling goes on with a new roll', async ({
  sellingTill,
  sell,
}) => {
  await sellingTill.setPrinter('paper-out');
  await expect(sell.status('Printer Paper out')).toBeVisible();
  await expect(sell.notice('Paper out: open lid, put in a roll')).toBeVisible();
  await expect(sell.tile('$5 3 numbers')).toBeDisabled();

  await sellingTill.setPrinter('ready');
  await sell.sellOne('$5 3 numbers');
  await sell.waitForTicket();
  await expect.poll(() => printedTickets(sellingTill)).toHaveLength(1);
});

test('paper that runs out in a ticket is a question, and the torn ticket is reprinted', async ({
  sellingTill,
  sell,
  signIn,
  orders,
  questions,
}) => {
  await sell.tile('$5 3 numbers').click();
  await sell.exact().click();
  await expect.poll(() => tornTickets(sellingTill), { intervals: [10] }).toHaveLength(1);
  await sellingTill.setPrinter('paper-out');

  await expect(questions.question()).toBeVisible();
  await expect(questions.screen()).toContainText('Open lid, put in a roll');
  await questions.answer('Torn or unreadable');
  await sellingTill.setPrinter('ready');

  await sell.notice('1 ticket set aside').click();
  await sellingTill
    .page()
    .getByRole('button', { name: /^3 numbers/ })
    .click();
  await orders.startReprint('The paper ran out');
  await signIn.chooseName(PEOPLE.supervisor.displayName);
  await signIn.typePin(PEOPLE.supervisor.pin);
  await expect
    .poll(() => printedTickets(sellingTill))
    .toEqual([expect.stringContaining('REPRINT 1')]);
  expect(await salesInJournal(sellingTill)).toHaveLength(1);
});
