import { formatDrawNumber } from '#shared/domain/draw-number-text.ts';
import { formatValidationNumber } from '#shared/domain/validation-number.ts';
import { startDemonstration } from './fixtures/demonstration.ts';
import { printedTickets, salesAtCentral } from './fixtures/sales.ts';
import { expect, test } from './fixtures/terminal-test.ts';
import { openTill } from './fixtures/till.ts';
import { createSellPage } from './pages/sell.page.ts';
import { createSignInPage } from './pages/sign-in.page.ts';

/** The demo raffle's draw numbers. */
const NUMBER_SPACE = { from: 100_000, to: 1_000_000 };

test('from what npm start leaves: a shown PIN, a package, EXACT, and a ticket', async ({
  host,
  browser,
  viewport,
}) => {
  const demonstration = await startDemonstration();
  const till = await openTill({ host, browser, viewport, args: demonstration.tillArguments });
  try {
    await till.start();
    const signIn = createSignInPage(till);
    const sell = createSellPage(till);

    await signIn.heading().waitFor();
    const shown = await till
      .page()
      .getByRole('row', { name: 'Sam Seller' })
      .getByRole('cell')
      .allInnerTexts();
    await signIn.signIn({ displayName: 'Sam Seller', pin: shown.at(-1) ?? '' });
    await sell.sellOne('$10 10 numbers');
    await sell.waitForTicket();
    await expect(sell.status('Sales All sent')).toBeVisible();

    const sales = await salesAtCentral(demonstration);
    expect(sales).toEqual([
      {
        validationNumber: expect.stringMatching(/^\d{18}$/),
        amountMinor: 1_000,
        numberCount: 10,
        drawNumbers: Array.from(
          { length: 10 },
          (_, place) => (sales[0]?.drawNumbers[0] ?? 0) + place,
        ),
      },
    ]);
    const [ticket, ...others] = await printedTickets(till);
    const { drawNumbers = [], validationNumber = '' } = sales[0] ?? {};
    expect(others).toEqual([]);
    expect(ticket).toContain('NOT VALID');
    expect(ticket).toContain(formatDrawNumber(drawNumbers[0] ?? 0, NUMBER_SPACE));
    expect(ticket).toContain(formatDrawNumber(drawNumbers[9] ?? 0, NUMBER_SPACE));
    expect(ticket).toContain(formatValidationNumber(validationNumber));
    expect(ticket).toContain(`END OF TICKET ... ${validationNumber.slice(-4)}`);
  } finally {
    await till.close();
    await demonstration.close();
  }
});
