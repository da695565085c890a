import type { Locator } from '@playwright/test';
import type { TillScreen } from './till-screen.ts';

/** Who somebody is, and what they know. */
export interface Person {
  readonly displayName: string;
  readonly pin: string;
}

/** The screen that asks who is selling. */
export interface SignInPage {
  heading(): Locator;
  chooseName(displayName: string): Promise<void>;
  typePin(pin: string): Promise<void>;
  /** From the list of names to the selling screen. */
  signIn(person: Person): Promise<void>;
  /** "Too many wrong PINs", with the seconds counting down. */
  countdown(): Locator;
  refusal(): Locator;
}

export function createSignInPage(till: TillScreen): SignInPage {
  const button = (name: string) => till.page().getByRole('button', { name, exact: true });

  async function chooseName(displayName: string): Promise<void> {
    await till
      .page()
      .getByRole('button', { name: new RegExp(`^${displayName}`) })
      .click();
  }

  async function typePin(pin: string): Promise<void> {
    for (const digit of pin) await button(digit).click();
    await button('OK').click();
  }

  return {
    heading: () => till.page().getByRole('heading', { name: 'Who is selling?' }),
    chooseName,
    typePin,
    async signIn({ displayName, pin }) {
      await chooseName(displayName);
      await typePin(pin);
    },
    countdown: () => till.page().getByRole('status').filter({ hasText: 'Too many wrong PINs' }),
    refusal: () => till.page().getByRole('alert'),
  };
}
