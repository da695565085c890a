import path from 'node:path';
import { findElectronBinary } from '../electron-binary.ts';
import { listenForWishes } from '../stop-signals.ts';
import { closingLines, isClean, type Outcome } from './outcome.ts';
import { readChoice } from './read-choice.ts';
import { runStage } from './run-stage.ts';
import { STAGES } from './stages.ts';

const EXIT_UNUSABLE = 2;
const EXIT_STOPPED = 130;

const root = path.join(import.meta.dirname, '../..');
const { stopping } = listenForWishes();

process.exit(await run());

async function run(): Promise<number> {
  const choice = readChoice(process.argv.slice(2), STAGES);
  if (!choice.ok) {
    console.error(choice.failure);
    return EXIT_UNUSABLE;
  }
  const { stages, extraArguments } = choice.value;
  const outcomes: Outcome[] = [];
  for (const stage of stages) {
    console.log(`\n=== ${stage.name}`);
    outcomes.push(await runStage(stage, { root, extraArguments, stopping }));
    if (stopping.aborted) return EXIT_STOPPED;
  }
  const drivesHosts = stages.some(({ kind }) => kind === 'playwright');
  const lacksElectron = drivesHosts && findElectronBinary(root) === undefined;
  const notes = lacksElectron ? ['electron: not run, no binary'] : [];
  console.log(`\n${closingLines(outcomes, notes).join('\n')}`);
  return isClean(outcomes) ? 0 : 1;
}
