/** What one field of a CSV file may be; null is an empty field. */
export type CsvField = string | number | boolean | null;

/**
 * A CSV file (RFC 4180) with a byte-order mark, so that spreadsheets read it as UTF-8.
 *
 * Text that a spreadsheet would run as a formula begins with an apostrophe.
 */
export function writeCsv(
  header: readonly string[],
  rows: readonly (readonly CsvField[])[],
): string {
  const lines = [header, ...rows].map((fields) => fields.map(writeField).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function writeField(field: CsvField): string {
  if (field === null) return '';
  if (typeof field !== 'string') return String(field);
  const safe = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
