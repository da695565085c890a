import type { Locator } from '@playwright/test';
import type { TillScreen } from './till-screen.ts';

/** The one screen that sells. */
export interface SellPage {
  /** A package's tile, by what is largest on it: `$10 10 numbers`. */
  tile(label: string): Locator;
  exact(): Locator;
  payment(): Locator;
  sold(): Locator;
  /** A field of the status strip by all it says: `Sales All sent`, `$10 sales left 12`. */
  status(fact: string): Locator;
  /** The message above the packages, if it says `text`. */
  notice(text: string | RegExp): Locator;
  action(name: string): Locator;
  /** Sells one ticket of a package for the exact amount of cash and waits until it is sold. */
  sellOne(label: string): Promise<void>;
  /** Waits until the screen says that the ticket of the last sale is printed. */
  waitForTicket(): Promise<void>;
}

export function createSellPage(till: TillScreen): SellPage {
  const payment = (): Locator => till.page().getByRole('region', { name: 'Payment' });
  const tile = (label: string): Locator =>
    till
      .page()
      .getByRole('region', { name: 'Packages' })
      .getByRole('button', { name: new RegExp(`^${label.replace('$', '\\$')}( |,|$)`) });
  const exact = (): Locator => payment().getByRole('button', { name: /^CASH EXACT/ });
  const sold = (): Locator => payment().getByRole('heading', { name: 'SOLD', exact: true });
  return {
    tile,
    exact,
    payment,
    sold,
    status: (fact) =>
      till
        .page()
        .getByRole('region', { name: 'Status' })
        .getByRole('button', { name: fact, exact: true }),
    notice: (text) => {
      const main = till.page().getByRole('main');
      const quiet = main.getByRole('status').filter({ hasText: text });
      return main.getByRole('button', { name: text }).or(quiet);
    },
    action: (name) =>
      till.page().getByRole('navigation', { name: 'More' }).getByRole('button', { name }),
    async sellOne(label) {
      await tile(label).click();
      await exact().click();
      await sold().waitFor();
    },
    waitForTicket: () => payment().getByText('Ticket printed', { exact: true }).waitFor(),
  };
}
