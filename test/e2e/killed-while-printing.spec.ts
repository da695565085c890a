import { entriesInJournal, printedTickets, salesAtCentral } from './fixtures/sales.ts';
import { expect, test } from './fixtures/terminal-test.ts';
import { PEOPLE } from './fixtures/venue.ts';

test('killed between commit and paper, the till asks about each ticket', async ({
  venue,
  sellingTill,
  signIn,
  sell,
  orders,
  questions,
}) => {
  await sell.tile('$5 3 numbers').click();
  await sell.tile('$5 3 numbers').click();
  await sell.exact().click();
  await expect
    .poll(async () => (await kindsInJournal(sellingTill)).includes('print.started'), {
      intervals: [5],
    })
    .toBe(true);
  await sellingTill.kill();
  expect(await printedTickets(sellingTill)).toEqual([]);

  await sellingTill.start();
  await signIn.signIn(PEOPLE.seller);
  await expect(questions.question()).toBeVisible();
  await expect(questions.screen()).not.toContainText('Nothing was sent to the printer yet');
  await questions.answer('Nothing came out');
  await expect(questions.screen()).toContainText('Nothing was sent to the printer yet');
  await questions.answer('Nothing came out');

  await expect(sell.notice('1 ticket set aside: call a supervisor')).toBeVisible();
  await expect.poll(() => printedTickets(sellingTill)).toHaveLength(1);
  expect((await printedTickets(sellingTill))[0]).not.toContain('REPRINT');

  await sell.notice('1 ticket set aside').click();
  await sellingTill
    .page()
    .getByRole('button', { name: /^3 numbers/ })
    .click();
  await orders.startReprint('Nothing came out');
  await signIn.chooseName(PEOPLE.supervisor.displayName);
  await signIn.typePin(PEOPLE.supervisor.pin);
  await expect.poll(() => printedTickets(sellingTill)).toHaveLength(2);
  const tickets = await printedTickets(sellingTill);
  expect(tickets.filter((ticket) => ticket.includes('REPRINT 1'))).toHaveLength(1);

  await expect.poll(() => salesAtCentral(venue)).toHaveLength(2);
});

async function kindsInJournal(till: Parameters<typeof entriesInJournal>[0]): Promise<string[]> {
  return (await entriesInJournal(till)).map(({ kind }) => kind);
}
