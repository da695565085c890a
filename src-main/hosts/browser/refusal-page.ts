import { createHash } from 'node:crypto';
import type { AssetRefusal } from '#main/hosts/shared/read-asset.ts';
import type { LinkRefusal } from './launch-tokens.ts';

/** Everything that the browser host refuses with a page. */
export type PageRefusal =
  | LinkRefusal
  | 'session.unknown'
  | 'screen.replaced'
  | 'address.wrong'
  | 'method.not-allowed'
  | AssetRefusal;

/** What a refusal says to a person, and as an HTTP status. */
interface Words {
  readonly status: number;
  readonly title: string;
  readonly whatNow: string;
}

const GET_A_LINK =
  'Get a new link where the till was started: press Enter in that window and open the link that it prints.';

const WORDS: Readonly<Record<PageRefusal, Words>> = {
  'link.unknown': {
    status: 403,
    title: 'This link does not belong to this till',
    whatNow: `It may be from an earlier start, or be cut off. ${GET_A_LINK}`,
  },
  'link.used': {
    status: 403,
    title: 'This link has been used',
    whatNow: `Each link opens the till once. ${GET_A_LINK}`,
  },
  'link.expired': {
    status: 403,
    title: 'This link is too old',
    whatNow: `A link opens the till only for a short time. ${GET_A_LINK}`,
  },
  'session.unknown': {
    status: 403,
    title: 'This window has not been let in to the till',
    whatNow: GET_A_LINK,
  },
  'screen.replaced': {
    status: 403,
    title: 'The till is open in another window',
    whatNow: `A newer link was opened, and that window is the till's screen now. Close this one. To sell here instead: ${GET_A_LINK.charAt(0).toLowerCase()}${GET_A_LINK.slice(1)}`,
  },
  'address.wrong': {
    status: 421,
    title: 'The till does not answer at this address',
    whatNow: 'Open the link exactly as it was printed.',
  },
  'method.not-allowed': {
    status: 405,
    title: 'The till does not take this kind of request',
    whatNow: 'Open the link in a browser window.',
  },
  'asset.unknown': {
    status: 404,
    title: 'The till has no such page',
    whatNow: 'Close this window and use the one that shows the till.',
  },
  'asset.unreadable': {
    status: 500,
    title: 'A part of the till’s screen cannot be read',
    whatNow:
      'Reload this window. If that does not help, the program files or the disk are damaged.',
  },
};

const STYLE =
  'html{color-scheme:dark;background:#0f1720;color:#f3f6fa;font:20px/1.5 system-ui,sans-serif}' +
  'main{max-width:34em;margin:18vh auto 0;padding:0 1.5em}h1{font-size:1.7em;line-height:1.2}';

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** A readable page that says what was refused and what to do now. */
export interface RefusalPage {
  readonly status: number;
  readonly html: string;
  /** The content security policy under which the page may be shown: its own style and nothing else. */
  readonly policy: string;
}

/** The page for one refusal. It repeats nothing that came with the request. */
export function refusalPage(refusal: PageRefusal): RefusalPage {
  const { status, title, whatNow } = WORDS[refusal];
  const html = [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${title}</h1><p>${whatNow}</p></main></body>`,
    '</html>',
    '',
  ].join('\n');
  return { status, html, policy: POLICY };
}
