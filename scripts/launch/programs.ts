import path from 'node:path';
import type { TerminalSurroundings } from './launch.ts';
import type { Program } from './start-part.ts';

/** Which till to start: Electron's, or the one in a browser, which perhaps nothing here can open. */
export type Till =
  | { readonly kind: 'electron'; readonly binary: string }
  | { readonly kind: 'browser'; readonly browser: string | undefined };

/** The central with its own database and the demo organisation. */
export function centralProgram(root: string, data: string): Program {
  return {
    name: 'central',
    command: process.execPath,
    args: [
      path.join(root, 'src-central/server.ts'),
      '--data',
      data,
      '--demo',
      '--exit-with-parent',
    ],
  };
}

/**
 * The till as a demo.
 *
 * @param isRoot as root, Chromium refuses to start inside its sandbox
 */
export function terminalProgram(
  root: string,
  till: Till,
  { data, central, demo }: TerminalSurroundings,
  isRoot: boolean,
): Program {
  const enrolment =
    demo === undefined
      ? []
      : ['--demo-enrolment', demo.enrolmentCode, '--demo-fingerprint', demo.fingerprint];
  const args = ['--data', data, '--central', central, '--demo', ...enrolment, '--exit-with-parent'];
  if (till.kind === 'electron') {
    return {
      name: 'terminal',
      command: till.binary,
      args: [path.join(root, 'dist/main/main.js'), ...args],
      ...(isRoot ? { environment: { ELECTRON_DISABLE_SANDBOX: '1' } } : {}),
    };
  }
  const opening =
    till.browser === undefined
      ? ['--no-launch']
      : ['--browser', till.browser, ...(isRoot ? ['--browser-no-sandbox'] : [])];
  return {
    name: 'terminal',
    command: process.execPath,
    args: [path.join(root, 'src-main/hosts/browser/main.ts'), ...args, ...opening],
  };
}
