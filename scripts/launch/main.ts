import path from 'node:path';
import { build } from '../build/build.ts';
import { exclusively } from '../set-up/exclusive.mjs';
import { provideBrowser } from '../set-up/provide-browser.mjs';
import { SetUpRefusal } from '../set-up/refusal.mjs';
import { listenForWishes } from '../stop-signals.ts';
import { chooseHost } from './choose-host.ts';
import { hasDisplay } from './has-display.ts';
import { launch } from './launch.ts';
import { type LaunchArguments, readLaunchArguments } from './launch-arguments.ts';
import { centralProgram, type Till, terminalProgram } from './programs.ts';
import { provideElectron } from './provide-electron.ts';

const EXIT_UNUSABLE = 2;
const STOPPING_START_MS = 5_000;

const root = path.join(import.meta.dirname, '../..');
const say = console.log;
const wishes = listenForWishes();

process.exit(await run());

async function run(): Promise<number> {
  const wanted = readLaunchArguments(process.argv.slice(2), root);
  if (!wanted.ok) {
    console.error(wanted.failure);
    return EXIT_UNUSABLE;
  }
  try {
    return await startTill(wanted.value);
  } catch (error) {
    if (!(error instanceof SetUpRefusal)) throw error;
    console.error(error.message);
    return 1;
  }
}

async function startTill({ host, dataDirectory }: LaunchArguments): Promise<number> {
  const till = await provideTill(host);
  await build(root, till.kind === 'electron' ? ['renderer', 'main'] : ['renderer'], say);
  const lock = {
    purpose: 'till',
    folder: dataDirectory,
    waitMs: STOPPING_START_MS,
    onWait: () => say('Another start works on the same data; waiting for it to end'),
    refusal: `A till is running on ${dataDirectory} already. Stop it first, or name another folder with "npm start -- --data FOLDER".`,
  };
  const isRoot = process.getuid?.() === 0;
  return await exclusively(lock, () =>
    launch({
      dataDirectory,
      central: (data) => centralProgram(root, data),
      terminal: (surroundings) => terminalProgram(root, till, surroundings, isRoot),
      printsLink: till.kind === 'browser' && till.browser === undefined,
      say,
      stopping: wishes.stopping,
      onLinkPrinter: wishes.onEnter,
    }),
  );
}

async function provideTill(wanted: LaunchArguments['host']): Promise<Till> {
  const display = hasDisplay(process.platform, process.env);
  const electron =
    display && wanted !== 'browser'
      ? await provideElectron({ root, insists: wanted === 'electron', report: say })
      : { missing: 'it was not looked for' };
  const choice = chooseHost({ wanted, hasDisplay: display, electron });
  if (choice.kind === 'refused') throw new SetUpRefusal(choice.because);
  say(`Host: ${choice.kind}, because ${choice.because}`);
  if (choice.kind === 'electron') return choice;
  return { kind: 'browser', browser: display ? await browserOrNone() : undefined };
}

/** A computer without a browser still serves the till: the link says where. */
async function browserOrNone(): Promise<string | undefined> {
  try {
    return await provideBrowser({ root, node: process.execPath, report: say });
  } catch (error) {
    if (!(error instanceof SetUpRefusal)) throw error;
    say(error.message);
    return undefined;
  }
}
