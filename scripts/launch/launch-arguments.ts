import path from 'node:path';
import { parseArgs } from 'node:util';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';

/** What `npm start` was asked for. */
export interface LaunchArguments {
  readonly host: 'electron' | 'browser' | undefined;
  /** Where the demo keeps its database and its till, as an absolute path. */
  readonly dataDirectory: string;
}

/** Reads the arguments after the program's name; refuses in words what it does not know. */
export function readLaunchArguments(
  argv: readonly string[],
  root: string,
): Result<LaunchArguments, string> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { host: { type: 'string' }, data: { type: 'string' } },
    });
    const { host, data } = values;
    if (host !== undefined && host !== 'electron' && host !== 'browser') {
      return refuse(`--host is electron or browser, not ${host}`);
    }
    return ok({ host, dataDirectory: path.resolve(root, data ?? 'data') });
  } catch (error) {
    if (error instanceof TypeError) return refuse(error.message);
    throw error;
  }
}
