import type { Locator } from '@playwright/test';
import type { TillScreen } from './till-screen.ts';

/** The sales of the raffle, and one of them in detail. */
export interface OrdersPage {
  rows(): Locator;
  openFirst(): Promise<void>;
  /** The picture of the ticket, and the facts beside it. */
  order(): Locator;
  startReprint(reason: string): Promise<void>;
  back(): Promise<void>;
}

export function createOrdersPage(till: TillScreen): OrdersPage {
  const button = (name: string): Locator => till.page().getByRole('button', { name, exact: true });
  const rows = (): Locator =>
    till.page().getByRole('region', { name: 'Sales' }).getByRole('listitem');
  return {
    rows,
    openFirst: () => rows().first().getByRole('button').click(),
    order: () => till.page().getByRole('main'),
    async startReprint(reason) {
      await button('Reprint').click();
      await button(reason).click();
    },
    back: () => button('Back').click(),
  };
}
