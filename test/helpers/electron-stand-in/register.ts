import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The environment variable with further modules to replace, as JSON: import name to file path. */
const REPLACED_MODULES_VARIABLE = 'ELECTRON_STAND_IN_MODULES';

const replaced = new Map<string, string>(
  Object.entries(JSON.parse(process.env[REPLACED_MODULES_VARIABLE] ?? '{}')),
);
replaced.set('electron', join(import.meta.dirname, 'electron.ts'));

registerHooks({
  resolve(specifier, context, nextResolve) {
    const path = replaced.get(specifier);
    return path === undefined
      ? nextResolve(specifier, context)
      : { url: pathToFileURL(path).href, shortCircuit: true };
  },
});
