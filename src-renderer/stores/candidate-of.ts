import type { Candidate } from './sign-in-flow.ts';

/** Who typed or scanned `text`: digits are a person's number, anything else a badge. Null if empty. */
export function candidateOf(text: string): Candidate | null {
  if (text === '') return null;
  return /^\d{1,6}$/.test(text)
    ? { identification: { method: 'number', number: text }, label: `number ${text}` }
    : { identification: { method: 'badge', badge: text.slice(0, 64) }, label: 'this badge' };
}
