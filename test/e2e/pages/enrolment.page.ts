import type { TillScreen } from './till-screen.ts';

/** What stands on an enrolment sheet. */
export interface EnrolmentSheet {
  readonly address: string;
  readonly code: string;
  readonly fingerprint: string;
}

/** The screens of a fresh till: connecting it to the raffle office. */
export interface EnrolmentPage {
  fill(sheet: EnrolmentSheet): Promise<void>;
  submit(): Promise<void>;
}

export function createEnrolmentPage(till: TillScreen): EnrolmentPage {
  const button = (name: string | RegExp) => till.page().getByRole('button', { name });
  return {
    async fill({ address, code, fingerprint }) {
      await till.page().getByRole('textbox', { name: 'Address' }).fill(address);
      await till.page().getByRole('textbox', { name: 'Code' }).fill(code);
      await till.page().getByRole('textbox', { name: 'Fingerprint' }).fill(fingerprint);
    },
    submit: () => button('Set up this till').click(),
  };
}
