import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The clauses of GLI-31 v1.1, chapters 2 to 6, that the page must answer for, one row each. */
const CLAUSES = `
  G2.1.1 G2.2.1 G2.2.2 G2.2.3 G2.3.1a G2.3.1b G2.3.1c G2.3.1d G2.3.1e G2.3.1f G2.3.1g G2.3.1h
  G2.3.1n G2.3.2 G2.3.3a G2.3.3b G2.3.3c G2.3.4 G2.4.1a G2.4.1b G2.4.1c G2.4.2 G2.5.1 G2.5.2
  G2.6.1a G2.6.1b G2.6.2a G2.6.2b G2.6.2c G2.6.2d G2.6.3a G2.6.3b G2.6.3c G2.6.4 G2.6.5 G2.7.1
  G2.8.1a G2.8.1b G2.8.1c G2.8.1d G2.8.1e G2.8.1f G2.8.1g G3.1.1 G3.2.1 G3.2.1a G3.2.1b G3.2.1c
  G3.2.2a G3.2.2b G3.2.3 G3.2.4a G3.2.4b G3.2.5a G3.2.5b G3.2.6 G3.3.1 G3.3.1a G3.3.1b G3.3.2a
  G3.3.2b G3.3.2c G3.3.2d G3.4.1a G3.4.1b G3.4.2 G3.4.3 G3.4.4 G3.4.5 G3.5.1 G3.5.2 G3.5.3 G3.6.1
  G4.1.1 G4.2.1 G4.2.2 G4.2.3 G4.2.4 G4.2.5 G4.2.6 G4.3.1 G4.4.1 G4.4.2 G5.2.1 G5.2.2 G5.2.3a
  G5.2.3b G5.2.4 G5.2.5 G5.2.6 G5.2.7 G5.3.1 G5.3.2 G5.4.1 G5.4.2 G5.5.1 G5.5.2 G5.6.1 G5.6.2
  G5.7.1 G5.7.2 G5.8.1 G6.1.2a G6.1.2b G6.1.2c G6.1.3a G6.1.3b G6.1.3c G6.1.3d G6.1.3e G6.1.4a
  G6.1.4b G6.1.4c G6.1.4d G6.1.4e G6.1.4f G6.2.1 G6.2.2 G6.3.1 G6.3.2 G6.4.1 G6.5.1
`
  .trim()
  .split(/\s+/);

const STANDINGS = ['met', 'partly', 'not yet', 'venue duty', 'not used'];

interface Row {
  readonly clause: string;
  readonly standing: string;
  readonly code: readonly string[];
  readonly tests: readonly { readonly file: string; readonly title: string }[];
}

const rows = readRows(readFileSync('docs/gli31.md', 'utf8'));

describe('docs/gli31.md', () => {
  it('answers for every clause once, in order', () => {
    expect(rows.map(({ clause }) => clause)).toStrictEqual(CLAUSES);
  });

  it('uses only standings that are explained', () => {
    expect(rows.filter(({ standing }) => !STANDINGS.includes(standing))).toStrictEqual([]);
  });

  it.each(rows.filter(({ standing }) => standing === 'met' || standing === 'partly'))(
    '$clause ($standing) names code and a test',
    ({ code, tests }) => {
      expect({ hasCode: code.length > 0, hasTest: tests.length > 0 }).toStrictEqual({
        hasCode: true,
        hasTest: true,
      });
    },
  );

  it.each(rows.filter(({ code, tests }) => code.length + tests.length > 0))(
    '$clause names files and tests that exist',
    ({ code, tests }) => {
      const missing = [
        ...code.filter((file) => textOf(file) === undefined),
        ...tests
          .filter(({ file, title }) => !(textOf(file)?.includes(title) ?? false))
          .map(({ file, title }) => `${file} › ${title}`),
      ];
      expect(missing).toStrictEqual([]);
    },
  );
});

/** Rows look like: | G2.1.1 | met | `a.ts` `b.ts` | `test/x.test.ts` › title; `test/y.test.ts` › title | remark | */
function readRows(page: string): Row[] {
  return page
    .split('\n')
    .filter((line) => /^\| G\d/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => ({
      clause: cells[1] ?? '',
      standing: cells[2] ?? '',
      code: [...(cells[3] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
      tests: (cells[4] ?? '')
        .split(/;\s+(?=`)/)
        .filter((test) => test !== '')
        .map((test) => /^`([^`]+)` › (.+)$/.exec(test))
        .map((match) => ({ file: match?.[1] ?? '', title: match?.[2] ?? '' })),
    }));
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
