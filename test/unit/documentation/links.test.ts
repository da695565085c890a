import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const PAGES = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md').sort()];

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('has no link to a file or section that is not there', () => {
    const missing = linksOf(text).filter((link) => !leadsSomewhere(page, link));
    expect(missing).toEqual([]);
  });

  it('names no path of the repository that is not there', () => {
    expect(pathsOf(text).filter((name) => globSync(name).length === 0)).toEqual([]);
  });

  it('names no command that package.json does not have', () => {
    expect(commandsOf(text).filter((name) => !(name in scripts))).toEqual([]);
  });
});

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** The targets of all links and pictures that stay within the repository. */
function linksOf(text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', section] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(target)) return false;
  return section === undefined || anchorsOf(readFileSync(target, 'utf8')).includes(section);
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/**
 * Paths in backticks: names with a slash between them and no space. Not media types, nor what begins
 * with a slash or a placeholder in capitals. `*` and `NNNN_verb_thing` stand for any name.
 */
function pathsOf(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map(([, name = '']) => name);
  return quoted
    .filter((name) => /^[.a-z][^/]*\/./.test(name) && !/^(text|application)\//.test(name))
    .map((name) => name.replace('NNNN_verb_thing', '*'));
}

/** The scripts that a page tells its reader to run. */
function commandsOf(text: string): string[] {
  const run = [...text.matchAll(/\bnpm run ([a-z0-9:]+)/g)].map(([, name = '']) => name);
  const short = [...text.matchAll(/\bnpm (start|test)\b/g)].map(([, name = '']) => name);
  return [...run, ...short];
}
