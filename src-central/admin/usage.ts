import { ADMIN_COMMANDS } from './commands.ts';

/** Every command with its options, for somebody who asks; those in brackets may be left out. */
export function describeCommands(): string {
  const lines = ADMIN_COMMANDS.flatMap(({ name, summary, options }) => [
    `  ${name}`,
    `      ${summary}`,
    ...options.map((each) =>
      each.isRequired ? `      --${each.name} …` : `      [--${each.name} …]`,
    ),
  ]);
  return ['usage: central:admin --data DIR | --database-url URL [--json] COMMAND', ...lines].join(
    '\n',
  );
}
