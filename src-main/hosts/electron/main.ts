import { app } from 'electron';
import { tellPerson } from '#main/hosts/shared/lifecycle.ts';
import { openTerminal } from '#main/hosts/shared/open-terminal.ts';
import { runElectronHost } from './run-electron-host.ts';

// Not awaited: Electron becomes ready only after this module has been run to its end.
runElectronHost(openTerminal).then(
  (code) => app.exit(code),
  (error: unknown) => {
    tellPerson(error instanceof Error ? (error.stack ?? error.message) : String(error));
    app.exit(1);
  },
);
