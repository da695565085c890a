import { expect, test } from 'vitest';
import { writeCsv } from '#central/api/csv.ts';

test('a CSV file quotes what it must, and holds nothing that a spreadsheet would run', () => {
  expect(
    writeCsv(
      ['name', 'amount', 'note'],
      [
        ['Ann "A", Ltd', -5, null],
        ['=HYPERLINK("x")', 0, 'two\nlines'],
        ['Zoë', true, '-1+1'],
      ],
    ),
  ).toBe(
    '\uFEFFname,amount,note\r\n"Ann ""A"", Ltd",-5,\r\n"\'=HYPERLINK(""x"")",0,"two\nlines"\r\nZoë,true,\'-1+1\r\n',
  );
});
