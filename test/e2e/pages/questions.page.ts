import type { Locator } from '@playwright/test';
import type { TillScreen } from './till-screen.ts';

/** What a person sees when asked about a paper. */
export type PaperAnswer = 'Yes, complete' | 'Torn or unreadable' | 'Nothing came out';

/** "Does the paper end with END OF TICKET …?" */
export interface QuestionsPage {
  question(): Locator;
  /** All that the screen says about this one ticket. */
  screen(): Locator;
  answer(answer: PaperAnswer): Promise<void>;
}

export function createQuestionsPage(till: TillScreen): QuestionsPage {
  return {
    question: () => till.page().getByText(/^Does the paper end with/),
    screen: () => till.page().getByRole('main'),
    answer: (name) => till.page().getByRole('button', { name, exact: true }).click(),
  };
}
