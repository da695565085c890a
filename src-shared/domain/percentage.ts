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
