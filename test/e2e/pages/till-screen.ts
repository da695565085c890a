import type { Page } from '@playwright/test';

/** Whatever has a till's screen: another page after every start. */
export interface TillScreen {
  page(): Page;
}
