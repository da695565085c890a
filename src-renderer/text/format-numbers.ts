/** `count` things: `1 ticket`, `2 tickets`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** A count with its thousands apart: `12,500`. */
export function formatCount(count: number): string {
  return new Intl.NumberFormat('en').format(count);
}

/** A validation number in its groups of six. */
export function formatValidation(validationNumber: string): string {
  return validationNumber.replace(/\D/g, '').replace(/(\d{6})(?=\d)/g, '$1 ');
}

/** The last four digits of a validation number, as they stand on the last line of the ticket. */
export function endOfValidation(validationNumber: string): string {
  return validationNumber.slice(-4);
}
