import { inflateSync } from 'node:zlib';

/** What a PDF of ours says: the text of all its pages, one line for each piece that was drawn. */
export function readPdfText(pdf: Uint8Array): string {
  const source = Buffer.from(pdf).toString('latin1');
  const fonts = fontsOf(source);
  return streamsOf(source)
    .flatMap((stream) => piecesOf(stream, fonts))
    .join('\n');
}

/** How many pages a PDF has. */
export function countPdfPages(pdf: Uint8Array): number {
  return [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/Type \/Page\b/g),
  ].length;
}

type Glyphs = ReadonlyMap<string, string>;

/** For each name of a font, the text of its glyphs, from the map that lets readers copy text. */
function fontsOf(source: string): ReadonlyMap<string, Glyphs> {
  const fonts = new Map<string, Glyphs>();
  for (const [, name = '', id = ''] of source.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const toUnicode = /\/ToUnicode (\d+) 0 R/.exec(objectOf(source, id))?.[1];
    if (toUnicode === undefined) continue;
    fonts.set(name, glyphsOf(streamsOf(objectOf(source, toUnicode))[0] ?? ''));
  }
  return fonts;
}

function glyphsOf(map: string): Glyphs {
  const glyphs = new Map<string, string>();
  for (const [, first = '', list = ''] of map.matchAll(/<(\w{4})> <\w{4}> \[([^\]]*)\]/g)) {
    for (const [index, [, text = '']] of [...list.matchAll(/<([\w ]*)>/g)].entries()) {
      const glyph = (Number.parseInt(first, 16) + index).toString(16).padStart(4, '0');
      glyphs.set(glyph, Buffer.from(text.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
    }
  }
  return glyphs;
}

function piecesOf(stream: string, fonts: ReadonlyMap<string, Glyphs>): string[] {
  const pieces: string[] = [];
  let glyphs: Glyphs = new Map();
  for (const [, font, drawn] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font !== undefined) glyphs = fonts.get(font) ?? new Map();
    if (drawn === undefined) continue;
    const codes = [...drawn.matchAll(/<(\w*)>/g)].map(([, code = '']) => code).join('');
    pieces.push((codes.match(/\w{4}/g) ?? []).map((code) => glyphs.get(code) ?? '?').join(''));
  }
  return pieces;
}

function objectOf(source: string, id: string): string {
  const start = source.indexOf(`\n${id} 0 obj`);
  return source.slice(start, source.indexOf('endobj', start));
}

function streamsOf(source: string): string[] {
  return [...source.matchAll(/stream\n([\s\S]*?)\nendstream/g)].flatMap(([, bytes = '']) => {
    try {
      return [inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1')];
    } catch {
      return [];
    }
  });
}
