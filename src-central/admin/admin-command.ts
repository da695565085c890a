import { z } from 'zod';
import type { JsonValue } from '#shared/kernel/json.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { Central } from '../central.ts';
import type { NewCriticalEvent } from '../modules/critical-events/record-critical-event.ts';

/** What a command works with. */
export interface AdminContext {
  readonly central: Central;
  /** What the audit log calls whoever runs the command. */
  readonly actor: string;
}

/** What a command has to tell: facts for programs, lines for people. Both may hold a secret once. */
export interface AdminAnswer {
  readonly facts: JsonValue;
  readonly lines: readonly string[];
}

/** Why a command is not carried out. */
export interface AdminRefusal {
  readonly code: string;
  readonly detail: string;
  /** Noted although the command itself is undone: an attempt that must not pass unseen. */
  readonly attempt?: NewCriticalEvent;
}

/** A command with its options. */
export type AdminWork = (context: AdminContext) => Promise<Result<AdminAnswer, AdminRefusal>>;

/** One command of `central:admin`. */
export interface AdminCommand {
  /** Subject and verb, such as `raffle-event create`. */
  readonly name: string;
  /** One line for people. */
  readonly summary: string;
  readonly options: readonly { readonly name: string; readonly isRequired: boolean }[];
  /** Checks the options and gives what is to be done. Refuses, in one line, options that do not fit. */
  prepare(options: Readonly<Record<string, string>>): Result<AdminWork, string>;
}

type StrictOptions<Options extends z.ZodRawShape> = z.ZodObject<Options, z.core.$strict>;

/** Declares a command. The keys of `options` are the names of its options without `--`. */
export function adminCommand<Options extends z.ZodRawShape>(command: {
  readonly name: string;
  readonly summary: string;
  readonly options: Options;
  readonly run: (
    context: AdminContext,
    options: z.output<StrictOptions<Options>>,
  ) => Promise<Result<AdminAnswer, AdminRefusal>>;
}): AdminCommand {
  const schema = z.strictObject(command.options);
  return {
    name: command.name,
    summary: command.summary,
    options: Object.entries(command.options).map(([name, option]) => ({
      name,
      isRequired: !z.safeParse(option, undefined).success,
    })),
    prepare(options) {
      const parsed = schema.safeParse(options);
      return parsed.success
        ? ok((context) => command.run(context, parsed.data as z.output<StrictOptions<Options>>))
        : refuse(firstIssue(parsed.error));
    },
  };
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  const name = issue?.path.join('.') ?? '';
  const message = issue?.message ?? 'does not fit';
  return name === '' ? message : `--${name}: ${message}`;
}
