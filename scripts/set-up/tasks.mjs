/**
 * @typedef {{
 *   readonly entry: string,
 *   readonly args: readonly string[],
 *   readonly needsBrowser: boolean,
 *   readonly needsScreen: boolean,
 *   readonly output: 'for-people' | 'for-programs',
 *   readonly forwardsInput: boolean,
 * }} Task `needsScreen`: the renderer must be built; `output: 'for-programs'` keeps every
 *   line of the set-up off standard output.
 */

/** @type {Omit<Task, 'entry'>} */
const WORK = {
  args: [],
  needsBrowser: false,
  needsScreen: false,
  output: 'for-people',
  forwardsInput: false,
};

/** @type {Omit<Task, 'entry'>} */
const SERVICE = {
  args: ['--exit-with-parent'],
  needsBrowser: false,
  needsScreen: false,
  output: 'for-programs',
  forwardsInput: false,
};

/**
 * What `node scripts/run.mjs NAME` runs, by name. The scripts of package.json call nothing else, so
 * that each works on a computer that has only Node and npm.
 *
 * @type {ReadonlyMap<string, Task>}
 */
export const TASKS = new Map([
  ['start', { ...WORK, entry: 'scripts/launch/main.ts', forwardsInput: true }],
  ['build', { ...WORK, entry: 'scripts/build/main.ts' }],
  ['package', { ...WORK, entry: 'scripts/build/package.ts' }],
  ['check', { ...WORK, entry: 'scripts/checks/main.ts', args: ['--fast'] }],
  ['test', { ...WORK, entry: 'scripts/checks/main.ts', needsBrowser: true }],
  [
    'terminal',
    { ...SERVICE, entry: 'src-main/hosts/browser/main.ts', needsScreen: true, forwardsInput: true },
  ],
  ['central:admin', { ...WORK, entry: 'src-central/admin/main.ts', output: 'for-programs' }],
  ['central', { ...SERVICE, entry: 'src-central/server.ts' }],
]);
