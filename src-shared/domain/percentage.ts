/**
 * Reads a percentage with at most two decimals, as the database keeps it, into hundredths of a percent:
 * `33.33` is 3333. No float on the way, so none can round it.
 *
 * `undefined` if the text is anything else, or more than 100 %.
 */
export function parsePercentage(text: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '', decimals = ''] = match;
  const hundredths = Number(whole + decimals.padEnd(2, '0'));
  return hundredths <= 10_000 ? hundredths : undefined;
}

/** Hundredths of a percent as the database keeps a percentage: 3333 is `33.33`. No float on the way. */
export function formatPercentage(hundredths: number): string {
  const digits = String(hundredths).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
