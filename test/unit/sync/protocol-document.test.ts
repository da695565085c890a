import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REFUSAL_STATUS } from '#central/refusal.ts';
import { WORKING_PACE } from '#main/workers/sync/pace.ts';
import { centralFailureSchema } from '#shared/contract/central/control.ts';
import { ASSERTION_AUDIENCE } from '#shared/contract/central/device-tokens.ts';
import {
  MOST_BYTES_PER_UPLOAD,
  MOST_ENTRIES_PER_UPLOAD,
  quarantineReasonSchema,
} from '#shared/contract/central/journal.ts';
import { LARGEST_ENTRY_BYTES } from '#shared/contract/journal/entry-body.ts';
import { callTables, entryTables, sharedTables } from '#test/helpers/sync/protocol-tables.ts';
import { protocolVectors } from '#test/helpers/sync/protocol-vectors.ts';

const page = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');

/** What stands between the comments that name a computed part. */
function partOf(name: string): string | undefined {
  const [, part] =
    new RegExp(`<!-- begin ${name} -->\n([^]*?)\n?<!-- end ${name} -->`).exec(page) ?? [];
  return part?.trim();
}

describe('the page about the protocol', () => {
  it.each([
    ['calls', callTables],
    ['shared', sharedTables],
    ['entries', entryTables],
    ['vectors', protocolVectors],
  ])('holds the %s that the code has', (name, compute) => {
    expect(partOf(name)).toBe(compute());
  });

  it('says of every refusal what its status is and what to do about it', () => {
    const rows = [...page.matchAll(/^\| `([a-z.-]+)` \| (\d{3}) \| (.+) \|$/gm)];
    const told = Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)]));
    expect(told).toEqual(REFUSAL_STATUS);
    expect(Object.keys(told).sort()).toEqual([...centralFailureSchema.shape.code.options].sort());
  });

  it('explains every reason for a quarantine', () => {
    const section = page.slice(page.indexOf('## 7 Uploading'), page.indexOf('## 8 '));
    const rows = [...section.matchAll(/^\| (`.+`) \| .+ \|$/gm)];
    const told = rows.flatMap(([, codes = '']) => codes.replaceAll('`', '').split(', '));
    expect(told.sort()).toEqual([...quarantineReasonSchema.options].sort());
  });

  it('names the limits that both sides keep', () => {
    const inWords = (limit: number) => limit.toLocaleString('en-GB');
    expect(page).toContain(
      `at most ${MOST_ENTRIES_PER_UPLOAD} entries and ${inWords(MOST_BYTES_PER_UPLOAD)} bytes`,
    );
    expect(page).toContain(`At most ${inWords(LARGEST_ENTRY_BYTES)} bytes`);
    expect(page).toContain(`looks every ${WORKING_PACE.pollMs / 1_000} seconds by a heartbeat`);
    expect(page).toContain(`\`min(${WORKING_PACE.longestPauseMs / 1_000} s,`);
    expect(page).toContain(`\`aud\` (\`${ASSERTION_AUDIENCE}\`)`);
  });

  it('has no link to a section that is not there', () => {
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => anchorOf(title));
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
    expect(links.filter((anchor) => !headings.includes(anchor))).toEqual([]);
  });
});

/** The anchor that a heading gets. */
function anchorOf(title: string): string {
  const bare = title.toLowerCase().replaceAll(/[^\w\- ]/g, '');
  return bare.replaceAll(' ', '-');
}
