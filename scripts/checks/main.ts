import path from 'node:path';
import { findElectronBinary } from '../electron-binary.ts';
import { listenForWishes } from '../stop-signals.ts';
import { closingLines, isClean, type Outcome } from './outcome.ts';
import { readChoice } from './read-choice.ts';
import { runRound } from './run-round.ts';
import { inRounds, STAGES, type Stage } from './stages.ts';

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
  const started = performance.now();
  for (const round of inRounds(stages)) {
    outcomes.push(...(await runRound(round, { root, extraArguments, stopping })));
    if (stopping.aborted) return EXIT_STOPPED;
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `\n${closingLines(outcomes, [...notesOn(stages), `${seconds} s in all`]).join('\n')}`,
  );
  return isClean(outcomes) ? 0 : 1;
}

/** What did not run, and why. */
function notesOn(stages: readonly Stage[]): readonly string[] {
  const left = STAGES.filter((stage) => !stages.includes(stage)).map(({ name }) => name);
  const drivesHosts = stages.some(({ kind }) => kind === 'playwright');
  const lacksElectron = drivesHosts && findElectronBinary(root) === undefined;
  return [
    ...(left.length === 0 ? [] : [`not run: ${left.join(', ')}; npm test runs them all`]),
    ...(lacksElectron ? ['electron: not run, no binary'] : []),
  ];
}
