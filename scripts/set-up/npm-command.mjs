import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * How to call npm: the one that called us, run by the given Node, so that npm judges packages by the
 * Node that will load them; else the one beside this Node; else whatever the PATH has.
 *
 * @param {{ node: string, environment: NodeJS.ProcessEnv, ownNode: string, exists?: (file: string) => boolean }} from
 * @returns {{ command: string, leadingArguments: readonly string[] }}
 */
export function npmCommand({ node, environment, ownNode, exists = existsSync }) {
  const script = [
    environment['npm_execpath'],
    path.join(path.dirname(ownNode), '../lib/node_modules/npm/bin/npm-cli.js'),
    path.join(path.dirname(ownNode), 'node_modules/npm/bin/npm-cli.js'),
  ].find((file) => file !== undefined && path.basename(file) === 'npm-cli.js' && exists(file));
  return script === undefined
    ? { command: 'npm', leadingArguments: [] }
    : { command: node, leadingArguments: [script] };
}

/**
 * The environment for an npm inside an npm: the outer one's notes about its own folder and script
 * would otherwise be read as settings.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentForNpm(environment) {
  const notes =
    /^(npm_(package|lifecycle)_|npm_(command|execpath|node_execpath)$|npm_config_local_prefix$|INIT_CWD$)/i;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !notes.test(name)));
}
