import { parseArgs } from 'node:util';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { type CentralStore, readStore } from '../read-store.ts';
import type { AdminWork } from './admin-command.ts';
import { ADMIN_COMMANDS } from './commands.ts';

/** What `central:admin` was told on its command line. */
export interface AdminArguments {
  readonly store: CentralStore;
  /** Facts as one line of JSON instead of lines for people. */
  readonly isJson: boolean;
  readonly commandName: string;
  /** The command's options as they were given; none of them is a secret. */
  readonly options: Readonly<Record<string, string>>;
  readonly work: AdminWork;
}

/** Reads the command line. Refuses, in one line, whatever does not fit together. */
export function readAdminArguments(args: readonly string[]): Result<AdminArguments, string> {
  const parsed = parse(args);
  if (!parsed.ok) return parsed;
  const { words, isJson, data, databaseUrl, options } = parsed.value;
  const command = ADMIN_COMMANDS.find(({ name }) => name === words);
  if (command === undefined) return refuse(`there is no command "${words}"; --help lists them`);
  const store = readStore({ data, 'database-url': databaseUrl });
  if (!store.ok) return store;
  const work = command.prepare(options);
  if (!work.ok) return refuse(`${work.failure}; --help lists what ${command.name} takes`);
  return ok({
    store: store.value,
    isJson,
    commandName: command.name,
    options,
    work: work.value,
  });
}

interface Parsed {
  readonly words: string;
  readonly isJson: boolean;
  readonly data: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly options: Readonly<Record<string, string>>;
}

/** Every command's options are known here; which of them a command takes, it says itself. */
function parse(args: readonly string[]): Result<Parsed, string> {
  const names = ADMIN_COMMANDS.flatMap(({ options }) => options.map(({ name }) => name));
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        ...Object.fromEntries(
          ['data', 'database-url', ...names].map((name) => [name, { type: 'string' }] as const),
        ),
      },
    });
    const { json, data, 'database-url': databaseUrl, ...options } = values as Values;
    return ok({ words: positionals.join(' '), isJson: json === true, data, databaseUrl, options });
  } catch (error) {
    const [line = 'bad arguments'] = error instanceof Error ? error.message.split('\n') : [];
    return refuse(line);
  }
}

type Values = Readonly<Record<string, string>> & { readonly json?: boolean };
