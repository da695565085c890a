/** How Electron was started. */
export interface ElectronStart {
  readonly argv: readonly string[];
  /** Whether this is the program as it is handed out, and not `electron path/to/main.js`. */
  readonly isPackaged: boolean;
}

/**
 * The arguments meant for the till.
 *
 * A packaged program takes every argument as its own, so a Chromium or Node switch such as
 * `--remote-debugging-port` is an unknown argument and ends the start. Otherwise the switches before
 * the path of the program belong to Electron.
 */
export function ownArguments({ argv, isPackaged }: ElectronStart): readonly string[] {
  const given = argv.slice(1);
  if (isPackaged) return given;
  const programPath = given.findIndex((argument) => !argument.startsWith('-'));
  return programPath === -1 ? [] : given.slice(programPath + 1);
}
