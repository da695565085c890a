import process from 'node:process';
import { styleText } from 'node:util';
import { readAdminArguments } from './read-admin-arguments.ts';
import { runAdmin } from './run-admin.ts';
import { describeCommands } from './usage.ts';

const REFUSED = 1;
const BAD_ARGUMENTS = 2;

process.exitCode = await main(process.argv.slice(2));

/** Runs one command. 0: done; 1: refused, or it failed; 2: the command line does not fit together. */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) return say(describeCommands());
  const given = readAdminArguments(args);
  if (!given.ok) return complain(given.failure, BAD_ARGUMENTS);
  try {
    const result = await runAdmin(given.value);
    if (!result.ok) {
      const { code, detail } = result.failure;
      if (given.value.isJson) say(JSON.stringify({ refused: { code, detail } }));
      return complain(`${detail} (${code})`, REFUSED);
    }
    const { facts, lines } = result.value;
    return say(given.value.isJson ? JSON.stringify(facts) : lines.map(onPaper).join('\n'));
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error), REFUSED);
  }
}

/** QR codes are dark on light, whatever the terminal's colours are. */
function onPaper(line: string): string {
  return /^[ ▀▄█]+$/.test(line) && process.stdout.isTTY
    ? styleText(['black', 'bgWhiteBright'], line)
    : line;
}

function say(text: string): 0 {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(line: string, code: number): number {
  process.stderr.write(`central:admin: ${line}\n`);
  return code;
}
