import { CsvError, parse } from 'csv-parse/sync';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';

/** One line of a CSV file: its fields by the names of the columns. */
export interface CsvLine {
  /** Where it ends in the file, from 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** Which columns a file has to have, and which it may have. */
export interface CsvColumns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/**
 * Reads a CSV file (RFC 4180) whose first line names its columns, in any order and case. Spaces
 * around fields do not matter; a semicolon separates where the first line has one, as spreadsheets
 * write it in many countries. What `writeCsv` put before formulas is taken off again.
 *
 * Refuses a file that has no such columns or is damaged, with a sentence for each fault.
 */
export function readCsv(
  text: string,
  columns: CsvColumns,
): Result<readonly CsvLine[], readonly string[]> {
  const parsed = parseLines(text);
  if (!parsed.ok) return parsed;
  const [header, ...lines] = parsed.value;
  const names = header?.record.map((name) => name.toLowerCase()) ?? [];
  const faults = [
    ...headerFaults(names, columns),
    ...lines
      .filter(({ record }) => record.length !== names.length)
      .map(({ line }) => `line ${line}: there are not ${names.length} fields`),
  ];
  if (faults.length > 0) return refuse(faults);
  return ok(
    lines.map(({ line, record }) => ({
      line,
      fields: Object.fromEntries(record.map((field, index) => [names[index], withoutGuard(field)])),
    })),
  );
}

interface RawLine {
  readonly line: number;
  readonly record: readonly string[];
}

function parseLines(text: string): Result<readonly RawLine[], readonly string[]> {
  const [first = ''] = text.split(/\r?\n/, 1);
  const lines: RawLine[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter: first.includes(';') ? ';' : ',',
      relaxColumnCount: true,
      skipEmptyLines: true,
      skipRecordsWithEmptyValues: true,
      trim: true,
      onRecord: (record: string[], { lines: line }) => {
        lines.push({ line, record });
        return null;
      },
    });
    return ok(lines);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refuse([error.message]);
  }
}

function headerFaults(names: readonly string[], { required, optional }: CsvColumns): string[] {
  const known = new Set([...required, ...optional]);
  return [
    ...required.filter((name) => !names.includes(name)).map((name) => `no column ${name}`),
    ...names.filter((name) => !known.has(name)).map((name) => `unknown column ${name}`),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `two columns ${name}`),
  ];
}

function withoutGuard(field: string): string {
  return /^'[=+\-@\t\r]/.test(field) ? field.slice(1) : field;
}
