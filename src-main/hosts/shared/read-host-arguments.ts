import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { BUILT_PRELOAD, BUILT_RENDERER } from './program-places.ts';

/** What the command line of a host says. Paths are absolute. */
export interface HostArguments {
  /** Where the till keeps its database, journal and screen profile. */
  readonly dataDirectory: string;
  /** The central's address, if the command line gives one. */
  readonly centralUrl: string | undefined;
  /** In a demo: how the till enrols itself. */
  readonly demo: { readonly code: string; readonly fingerprint: string } | undefined;
  /** The renderer build to show. */
  readonly rendererDirectory: string;
  /** Electron only: the bundled preload. */
  readonly preloadPath: string;
  /** Whether the screen fills the display and cannot be left. */
  readonly isKiosk: boolean;
  /** Whether the end of standard input stops the till, so that it never outlives its launcher. */
  readonly exitsWithParent: boolean;
  /** Browser only: how to open the screen, or `none` to leave that to whoever reads the link. */
  readonly browser: 'none' | { readonly path?: string; readonly isSandboxed: boolean };
}

const OPTIONS = {
  data: { type: 'string' },
  central: { type: 'string' },
  demo: { type: 'boolean', default: false },
  'demo-enrolment': { type: 'string' },
  'demo-fingerprint': { type: 'string' },
  renderer: { type: 'string' },
  preload: { type: 'string' },
  kiosk: { type: 'boolean', default: false },
  'exit-with-parent': { type: 'boolean', default: false },
  'no-launch': { type: 'boolean', default: false },
  browser: { type: 'string' },
  'browser-no-sandbox': { type: 'boolean', default: false },
} as const;

type OptionValues = ReturnType<typeof parseOptions>;

/** Reads the arguments after the program's name. Refuses with one sentence that names what is wrong. */
export function readHostArguments(argv: readonly string[]): Result<HostArguments, string> {
  const parsed = tryParse(argv);
  if (!parsed.ok) return parsed;
  const values = parsed.value;
  if (values.data === undefined || values.data === '') return refuse('--data DIRECTORY is missing');
  const demo = demoOf(values);
  if (!demo.ok) return demo;
  return ok({
    dataDirectory: resolve(values.data),
    centralUrl: values.central,
    demo: demo.value,
    rendererDirectory: resolve(values.renderer ?? BUILT_RENDERER),
    preloadPath: resolve(values.preload ?? BUILT_PRELOAD),
    isKiosk: values.kiosk,
    exitsWithParent: values['exit-with-parent'],
    browser: browserOf(values),
  });
}

function browserOf(values: OptionValues): HostArguments['browser'] {
  if (values['no-launch']) return 'none';
  const isSandboxed = !values['browser-no-sandbox'];
  return values.browser === undefined
    ? { isSandboxed }
    : { path: resolve(values.browser), isSandboxed };
}

function demoOf(values: OptionValues): Result<HostArguments['demo'], string> {
  const code = values['demo-enrolment'];
  const fingerprint = values['demo-fingerprint'];
  if (!values.demo && code === undefined && fingerprint === undefined) return ok(undefined);
  if (values.demo && code !== undefined && fingerprint !== undefined) {
    return ok({ code, fingerprint });
  }
  return refuse('--demo, --demo-enrolment CODE and --demo-fingerprint FINGERPRINT belong together');
}

function parseOptions(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: false })
    .values;
}

function tryParse(argv: readonly string[]): Result<OptionValues, string> {
  try {
    return ok(parseOptions(argv));
  } catch (error) {
    if (error instanceof TypeError) return refuse(firstSentence(error.message));
    throw error;
  }
}

function firstSentence(text: string): string {
  return text.replace(/\.? .*To specify.*$|\n.*$/s, '').trim();
}
