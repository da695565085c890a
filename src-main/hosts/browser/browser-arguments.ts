/** How a browser shows the till. */
export interface BrowserWindowWishes {
  readonly link: string;
  /** A profile of its own, so that nothing of a person's browsing touches the till. */
  readonly profileDirectory: string;
  readonly isKiosk: boolean;
  /** False only where a person asked for it: inside some containers Chromium cannot sandbox. */
  readonly isSandboxed: boolean;
}

/** Nothing that asks, tells, updates, translates or fetches anything beside the till. */
const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-extensions',
  '--disable-translate',
  '--disable-features=Translate,MediaRouter,OptimizationHints',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-session-crashed-bubble',
  '--disable-pinch',
  '--overscroll-history-navigation=0',
  '--deny-permission-prompts',
  '--noerrdialogs',
  '--password-store=basic',
];

/** The command line of Chromium, Chrome or Edge that shows the till as an application window. */
export function browserArguments({
  link,
  profileDirectory,
  isKiosk,
  isSandboxed,
}: BrowserWindowWishes): readonly string[] {
  return [
    ...QUIET,
    `--user-data-dir=${profileDirectory}`,
    ...(isKiosk ? ['--kiosk'] : []),
    ...(isSandboxed ? [] : ['--no-sandbox']),
    `--app=${link}`,
  ];
}
