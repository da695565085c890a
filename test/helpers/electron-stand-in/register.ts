import { registerHooks } from 'node:module';

/** The environment variable with further modules to replace, as JSON: import name to file URL. */
const REPLACED_MODULES_VARIABLE = 'ELECTRON_STAND_IN_MODULES';

const replaced = new Map<string, string>(
  Object.entries(JSON.parse(process.env[REPLACED_MODULES_VARIABLE] ?? '{}')),
);
replaced.set('electron', new URL('./electron.ts', import.meta.url).href);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const url = replaced.get(specifier);
    return url === undefined ? nextResolve(specifier, context) : { url, shortCircuit: true };
  },
});
