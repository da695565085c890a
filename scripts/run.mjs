/**
 * The door to every command: makes the computer ready (Node 24, packages, a browser where one is
 * needed), then runs the task. It runs on Node 20 with nothing installed, so neither this file nor
 * anything it imports may use a package or newer syntax.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetUpRefusal } from './set-up/refusal.mjs';
import { runEntry } from './set-up/run-entry.mjs';
import { setUp } from './set-up/set-up.mjs';
import { TASKS } from './set-up/tasks.mjs';

const [name = '', ...args] = process.argv.slice(2);
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

try {
  process.exit(await runTask());
} catch (error) {
  if (!(error instanceof SetUpRefusal)) throw error;
  console.error(error.message);
  process.exit(1);
}

async function runTask() {
  const task = TASKS.get(name);
  if (task === undefined) {
    throw new SetUpRefusal(`Unknown task "${name}". There are: ${[...TASKS.keys()].join(', ')}`);
  }
  const report = task.output === 'for-people' ? console.log : console.error;
  const { node, environment } = await setUp({ ...task, root, report });
  return await runEntry({
    node,
    root,
    entry: task.entry,
    args: [...task.args, ...args],
    environment,
    forwardsInput: task.forwardsInput,
  });
}
