import { createDataFiles, type DataFiles } from '#main/terminal/stored-data/data-files.ts';
import { placesBelow, prepareUsable } from './terminal-database-places.ts';

/**
 * A process that starts a till's data and is killed on the way:
 * `node terminal-database-starter.ts FOLDER STEP`.
 *
 * It dies before the `STEP`th step that changes files, counted from 1. If it lives through all of
 * them, it prints what the start found as one line of JSON.
 */

const [folder = '', fatalStep] = process.argv.slice(2);
let step = 0;

function mortal<Given extends readonly unknown[]>(work: (...given: Given) => void) {
  return (...given: Given): void => {
    step += 1;
    if (step === Number(fatalStep)) process.kill(process.pid, 'SIGKILL');
    work(...given);
  };
}

const files = createDataFiles();
const mortalFiles: DataFiles = {
  ...files,
  write: mortal(files.write),
  rename: mortal(files.rename),
  flushFile: mortal(files.flushFile),
  flushFolder: mortal(files.flushFolder),
};
const { kind, rebuilt, mustCompareHeads, storage } = await prepareUsable(
  placesBelow(folder),
  mortalFiles,
);
await storage.close();
process.stdout.write(`${JSON.stringify({ kind, rebuilt, mustCompareHeads })}\n`);
