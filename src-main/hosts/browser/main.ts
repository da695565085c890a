import { openTerminal } from '#main/hosts/shared/open-terminal.ts';
import { runBrowserHost } from './run-browser-host.ts';

process.exit(await runBrowserHost(process.argv.slice(2), openTerminal));
